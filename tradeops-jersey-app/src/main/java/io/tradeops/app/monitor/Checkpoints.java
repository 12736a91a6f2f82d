package io.tradeops.app.monitor;

import io.tradeops.core.trade.EpochNanos;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides when a snapshot of the detector is stored with the ticks, so that the next start has few ticks to evaluate again:
 * after every so many ticks, once no tick from before a sequence restart can matter. Not thread-safe.
 */
final class Checkpoints {

    /** To the microsecond, as the database has it. */
    private static final long FAR_FUTURE = EpochNanos.truncateToMicros(EpochNanos.MAX);

    /** A snapshot of more ticks would be some dozen megabytes and cost more than it saves. */
    private static final long MOST_RETAINED_TICKS = 1_000_000;

    private final int interval;
    private long ticks;
    private OptionalLong earliest = OptionalLong.empty();
    private OptionalLong restart;

    /**
     * No snapshot is stored yet; one will be after {@code interval} ticks.
     *
     * @param restartNanos the newest time of the ticks before the feed last restarted its sequence, in nanoseconds since
     *     1970; empty if it never has
     */
    Checkpoints(int interval, OptionalLong restartNanos) {
        this.interval = interval;
        this.restart = restartNanos;
    }

    /**
     * What is stored with a batch.
     *
     * @param earliestNanos the earliest time of the evaluated ticks since the last snapshot, in nanoseconds since 1970;
     *     far in the future if there are none; empty if that snapshot must not be used
     * @param restartNanos the newest time of the ticks before the feed last restarted its sequence; empty if it never has
     * @param snapshot the detector after the batch, if it is to be stored now
     */
    record Checkpoint(OptionalLong earliestNanos, OptionalLong restartNanos, Optional<byte[]> snapshot) {

        /** Nothing. */
        static final Checkpoint NONE = new Checkpoint(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());

        /** This checkpoint without its snapshot. */
        Checkpoint withoutSnapshot() {
            return snapshot.isEmpty() ? this : new Checkpoint(OptionalLong.empty(), restartNanos, Optional.empty());
        }
    }

    /** A stored snapshot was restored, and so many ticks were evaluated after it. */
    void resume(long ticksSince, long earliestNanos) {
        ticks = ticksSince;
        earliest = OptionalLong.of(earliestNanos);
    }

    /** No snapshot was restored, but so many ticks were evaluated: a snapshot is soon worth its cost. */
    void begin(long ticksSeen) {
        ticks = ticksSeen;
    }

    /** The ticks so far are of another sequence, or of an unknown order: no stored snapshot is valid any more. */
    void restartSequence(DetectorState state) {
        earliest = OptionalLong.empty();
        restart = OptionalLong.of(Math.max(restart.orElse(0), Math.min(state.newestNanos(), FAR_FUTURE)));
    }

    /** A batch could not be stored with its snapshot. */
    void discardSnapshot() {
        earliest = OptionalLong.empty();
    }

    /** What is stored with a batch that the state has evaluated. */
    Checkpoint after(DetectorState state, int batchSize) {
        ticks += batchSize;
        if (ticks >= interval && isOfOneSequence(state)) {
            ticks = 0; // also if it is too large now
            if (state.retainedTicks() <= MOST_RETAINED_TICKS) {
                state.takeEarliestNanos();
                earliest = OptionalLong.of(FAR_FUTURE);
                return new Checkpoint(earliest, restart, Optional.of(state.write()));
            }
        }
        long earliestOfBatch = state.takeEarliestNanos();
        if (earliest.isPresent()) {
            earliest = OptionalLong.of(Math.min(earliest.getAsLong(), earliestOfBatch));
        }
        return new Checkpoint(earliest, restart, Optional.empty());
    }

    private boolean isOfOneSequence(DetectorState state) {
        return restart.isEmpty() || state.slowestNanos() - state.span().toNanos() > restart.getAsLong();
    }
}

package io.tradeops.app.monitor;

import io.tradeops.core.trade.EpochNanos;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides when a detector snapshot is stored with the ticks, so that the next start evaluates few ticks again. That is
 * after a fixed number of ticks, but not while ticks from before a sequence restart can matter. Not thread-safe.
 */
final class Checkpoints {

    /** In whole microseconds, as the database stores times. */
    private static final long FAR_FUTURE = EpochNanos.truncateToMicros(EpochNanos.MAX);

    /** A snapshot of more ticks has dozens of megabytes, and costs more than it saves. */
    private static final long MOST_RETAINED_TICKS = 1_000_000;

    private final int interval;
    private long ticks;
    private OptionalLong earliest = OptionalLong.empty();
    private OptionalLong restart;

    /**
     * Starts without a snapshot.
     *
     * @param interval the number of ticks from one snapshot to the next
     * @param restartNanos the newest time of the ticks before the feed last restarted its sequence, in nanoseconds
     *     since 1970; empty if it never has
     */
    Checkpoints(int interval, OptionalLong restartNanos) {
        this.interval = interval;
        this.restart = restartNanos;
    }

    /**
     * The part of a batch from which the next start continues.
     *
     * @param earliestNanos the earliest time of the evaluated ticks since the last snapshot, in nanoseconds since 1970;
     *     far in the future if there are none; empty if that snapshot must not be used
     * @param restartNanos the newest time of the ticks before the feed last restarted its sequence; empty if it never
     *     has
     * @param snapshot the detector after the batch, if it is to be stored now
     */
    record Checkpoint(OptionalLong earliestNanos, OptionalLong restartNanos, Optional<byte[]> snapshot) {

        /** The checkpoint of a journal that stores nothing. */
        static final Checkpoint NONE = new Checkpoint(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());

        /** This checkpoint without its snapshot. */
        Checkpoint withoutSnapshot() {
            return snapshot.isEmpty() ? this : new Checkpoint(OptionalLong.empty(), restartNanos, Optional.empty());
        }
    }

    /** A stored snapshot was restored, and {@code ticksSince} ticks after it were evaluated. */
    void resume(long ticksSince, long earliestNanos) {
        ticks = ticksSince;
        earliest = OptionalLong.of(earliestNanos);
    }

    /** No snapshot was restored, and {@code ticksSeen} stored ticks were evaluated. They count for the interval. */
    void begin(long ticksSeen) {
        ticks = ticksSeen;
    }

    /** The ticks so far belong to another sequence, or their order is unknown. No stored snapshot is valid any more. */
    void restartSequence(DetectorState state) {
        earliest = OptionalLong.empty();
        restart = OptionalLong.of(Math.max(restart.orElse(0), Math.min(state.newestNanos(), FAR_FUTURE)));
    }

    /** Storing a batch with its snapshot failed. */
    void discardSnapshot() {
        earliest = OptionalLong.empty();
    }

    /** Returns the checkpoint of a batch whose ticks the state has evaluated. */
    Checkpoint after(DetectorState state, int batchSize) {
        ticks += batchSize;
        if (ticks >= interval && isOfOneSequence(state)) {
            ticks = 0; // also if the snapshot is too large now
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

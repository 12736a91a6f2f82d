package io.tradeops.app.monitor;

import io.tradeops.core.trade.EpochNanos;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a monitor's memory is kept beside its ticks, so that the next start has few of them to see again: every so many
 * ticks, once no tick of another counting can be among them. Not thread-safe.
 */
final class Checkpoints {

    /** To the microsecond, as the database has it. */
    private static final long FAR_FUTURE = EpochNanos.MAX - EpochNanos.MAX % 1_000;

    /** Beyond that a memory costs more than it saves; it would be some dozen megabytes. */
    private static final long MOST_RETAINED_TICKS = 1_000_000;

    private final int every;
    private long ticks;
    private OptionalLong earliest = OptionalLong.empty();
    private OptionalLong anew;

    /**
     * None is kept yet; one will be after {@code every} ticks.
     *
     * @param anewNanos the newest time of the ticks before the feed counted anew, in nanoseconds since 1970; empty if it
     *     never has
     */
    Checkpoints(int every, OptionalLong anewNanos) {
        this.every = every;
        this.anew = anewNanos;
    }

    /**
     * What is kept with a batch.
     *
     * @param earliestNanos the earliest time of the judged ticks since the memory was kept last, in nanoseconds since
     *     1970; far in the future if there are none; empty if what was kept is not to be used
     * @param anewNanos the newest time of the ticks before the feed counted anew; empty if it never has
     * @param memory what the monitor knows after the batch, if it is to be kept now
     */
    record Checkpoint(OptionalLong earliestNanos, OptionalLong anewNanos, Optional<byte[]> memory) {

        /** Nothing. */
        static final Checkpoint NONE = new Checkpoint(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());

        /** This one if its memory could not be kept. */
        Checkpoint withoutMemory() {
            return memory.isEmpty() ? this : new Checkpoint(OptionalLong.empty(), anewNanos, Optional.empty());
        }
    }

    /** A memory that was kept is used, and so many ticks were seen since. */
    void goOn(long ticksSince, long earliestNanos) {
        ticks = ticksSince;
        earliest = OptionalLong.of(earliestNanos);
    }

    /** No memory is used, but so many ticks were seen: the next is soon worth its cost. */
    void begin(long ticksSeen) {
        ticks = ticksSeen;
    }

    /** What the memory has seen was of another counting, or of an order that is not known: nothing kept holds any more. */
    void countAnew(MonitorMemory memory) {
        earliest = OptionalLong.empty();
        anew = OptionalLong.of(Math.max(anew.orElse(0), Math.min(memory.newestNanos(), FAR_FUTURE)));
    }

    /** A batch could not be stored with its memory. */
    void forgetMemory() {
        earliest = OptionalLong.empty();
    }

    /** What is kept with a batch that the memory has seen. */
    Checkpoint after(MonitorMemory memory, int batchSize) {
        ticks += batchSize;
        if (ticks >= every && isOfOneCounting(memory)) {
            ticks = 0; // also if it is too large now
            if (memory.retainedTicks() <= MOST_RETAINED_TICKS) {
                memory.takeEarliestNanos();
                earliest = OptionalLong.of(FAR_FUTURE);
                return new Checkpoint(earliest, anew, Optional.of(memory.write()));
            }
        }
        long earliestOfBatch = memory.takeEarliestNanos();
        if (earliest.isPresent()) {
            earliest = OptionalLong.of(Math.min(earliest.getAsLong(), earliestOfBatch));
        }
        return new Checkpoint(earliest, anew, Optional.empty());
    }

    private boolean isOfOneCounting(MonitorMemory memory) {
        return anew.isEmpty() || memory.slowestNanos() - memory.span().toNanos() > anew.getAsLong();
    }
}

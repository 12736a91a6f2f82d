package io.tradeops.app.monitor;

import io.tradeops.app.feed.FeedMessage.Tick;
import io.tradeops.core.trade.EpochNanos;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a monitor's memory is kept beside its ticks, so that the next start has few of them to see again: every so many
 * ticks, once no tick of another counting can be among them. Not thread-safe.
 */
final class Checkpoints {

    /** To the microsecond, as the database has it. */
    private static final long FAR_FUTURE = EpochNanos.MAX - EpochNanos.MAX % 1_000;

    private final int every;
    private long ticks;
    private OptionalLong earliest = OptionalLong.empty();
    private long notBefore;

    /** None is kept yet; one will be after {@code every} ticks. */
    Checkpoints(int every) {
        this.every = every;
    }

    /**
     * What is kept with a batch.
     *
     * @param earliestNanos the earliest time of the ticks since the memory was kept last, in nanoseconds since 1970; far
     *     in the future if there are none; empty if what was kept is not to be used
     * @param memory what the monitor knows after the batch, if it is to be kept now
     */
    record Checkpoint(OptionalLong earliestNanos, Optional<byte[]> memory) {}

    /** A memory that was kept is this monitor's, and so many ticks were seen since. */
    void takenUp(long ticksSince, OptionalLong earliestNanos) {
        ticks = ticksSince;
        earliest = earliestNanos;
    }

    /** Ticks before this moment may be of another counting, or of an order that is not known: nothing kept holds any more. */
    void forget(MonitorMemory memory) {
        earliest = OptionalLong.empty();
        notBefore = memory.newestNanos() + memory.span().toNanos();
    }

    /** What is kept with a batch that the memory has seen. */
    Checkpoint after(List<Tick> batch, MonitorMemory memory) {
        ticks += batch.size();
        if (ticks >= every && memory.slowestNanos() >= notBefore) {
            ticks = 0;
            earliest = OptionalLong.of(FAR_FUTURE);
            return new Checkpoint(earliest, Optional.of(memory.write()));
        }
        if (earliest.isPresent()) {
            long min = earliest.getAsLong();
            for (Tick tick : batch) {
                min = Math.min(min, tick.epochNanos());
            }
            earliest = OptionalLong.of(min);
        }
        return new Checkpoint(earliest, Optional.empty());
    }
}

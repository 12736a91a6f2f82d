package io.tradeops.app.monitor;

import io.tradeops.app.feed.wire.FeedMessage.Tick;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Where a monitor keeps what it has seen. Used by one thread at a time. */
interface Journal extends AutoCloseable {

    /**
     * Makes it this monitor's own, if it isn't.
     *
     * @return whether it is; not while another monitor has it
     * @throws io.tradeops.app.db.DatabaseUnavailableException if that can't be told now
     */
    boolean acquire();

    /** Whether it is this monitor's own, as far as is known. */
    boolean isHeld();

    /** The number of the last tick that is kept, {@link MonitorStore#NONE} if none is; empty if none ever will be. */
    OptionalLong lastSeq();

    /** The newest time of the ticks before the feed counted anew, in nanoseconds since 1970; empty if it never has. */
    OptionalLong anewNanos();

    /**
     * When tickers gave their last alerts in the {@code cooldown} before the ticks that {@link #forEachNewest} hands over,
     * in nanoseconds since 1970, by ticker and by the rule's notation.
     */
    Map<String, Map<String, Long>> lastMoves(Duration span, Duration cooldown);

    /**
     * The memory that was kept last, if everything that came after it is to be had, too.
     *
     * @param span from how far back before the slowest ticker's newest time that may be
     */
    Optional<Kept> kept(Duration span);

    /**
     * A monitor's memory.
     *
     * @param memory as it was written
     * @param seq the number of the last tick before it
     * @param earliestNanos the earliest time of the judged ticks after it, in nanoseconds since 1970; far in the future
     *     if there are none
     */
    record Kept(ByteBuffer memory, long seq, long earliestNanos) {}

    /** Hands over the ticks that came after a memory was kept, in the order in which they came. */
    void forEachAfter(Kept kept, Consumer<Tick> consumer);

    /**
     * Hands over the kept ticks of the last {@code span} before the slowest ticker's newest, in the order in which they
     * came.
     *
     * @return whether their numbers are in that order, too
     */
    boolean forEachNewest(Duration span, Consumer<Tick> consumer);

    /**
     * Keeps a batch, all of it or nothing.
     *
     * @throws io.tradeops.app.db.DatabaseUnavailableException if it is not known whether it is kept; then it is no longer
     *     this monitor's own, either
     */
    void save(Batch batch);

    /** Gives it up. */
    @Override
    void close();
}

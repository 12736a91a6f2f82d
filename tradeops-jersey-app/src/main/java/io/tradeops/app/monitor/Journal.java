package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.feed.FeedMessage.Tick;
import java.time.Duration;
import java.util.List;
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

    /**
     * Hands over the kept ticks of the last {@code span} before the slowest ticker's newest, in the order in which they
     * came.
     */
    void forEachNewest(Duration span, Consumer<Tick> consumer);

    /**
     * Keeps a batch, all of it or nothing.
     *
     * @param slowestNanos the newest time of the ticker that is furthest behind, in nanoseconds since 1970
     * @throws io.tradeops.app.db.DatabaseUnavailableException if it is not known whether it is kept; then it is no longer
     *     this monitor's own, either
     */
    void save(List<Tick> batch, List<Alert> found, long slowestNanos);

    /** Gives it up. */
    @Override
    void close();
}

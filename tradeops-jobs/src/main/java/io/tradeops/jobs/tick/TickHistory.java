package io.tradeops.jobs.tick;

import io.tradeops.core.average.TimeWindow;
import io.tradeops.core.trade.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The stored ticks, as the averages need them. Implementations are thread-safe. */
public interface TickHistory {

    /**
     * At most {@code limit} windows of a width, oldest first. They ended at {@code endedBy} or before, and have ticks
     * that no average covers.
     */
    List<OpenWindow> openWindows(Duration width, Instant endedBy, int limit);

    /** Passes every tick of some tickers in a window to the consumer, in any order. */
    void forEachTick(TimeWindow window, Collection<String> tickers, Consumer<Tick> consumer);

    /** Marks windows as averaged. A window whose version has increased since it was read stays open. */
    void settle(Collection<OpenWindow> windows);

    /** Drops ticks before {@code oldest}. An implementation may drop whole days (UTC) only. */
    void dropBefore(Instant oldest);
}

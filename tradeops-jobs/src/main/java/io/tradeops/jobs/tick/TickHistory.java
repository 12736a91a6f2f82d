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

    /** Windows of a width that ended by an instant and have ticks that no average covers, oldest first. */
    List<OpenWindow> openWindows(Duration width, Instant endedBy, int limit);

    /** Hands over every tick of some tickers in a window, in any order. */
    void forEachTick(TimeWindow window, Collection<String> tickers, Consumer<Tick> consumer);

    /** Marks windows as covered, save those whose version has grown since they were read. */
    void settle(Collection<OpenWindow> windows);

    /** Drops what is older than the retention, which may be nothing. */
    void dropBefore(Instant oldest);
}

package io.tradeops.jobs.tick;

import io.tradeops.core.average.TimeWindow;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.Tick;
import io.tradeops.jobs.average.FinalizeAverages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Ticks in memory. Not thread-safe. */
public final class InMemoryTickHistory implements TickHistory {

    private final List<Tick> ticks = new ArrayList<>();
    private final Map<Key, Long> versions = new HashMap<>();

    private record Key(String ticker, TimeWindow window) {}

    public void add(String ticker, Instant time, long priceUnits, long quantityUnits, long seq) {
        ticks.add(new Tick(ticker, EpochNanos.of(time), priceUnits, quantityUnits, seq));
        versions.merge(new Key(ticker, TimeWindow.containing(time, FinalizeAverages.WIDTH)), 1L, Long::sum);
    }

    @Override
    public List<OpenWindow> openWindows(Duration width, Instant endedBy, int limit) {
        return versions.entrySet().stream()
                .map(entry ->
                        new OpenWindow(entry.getKey().ticker(), entry.getKey().window(), entry.getValue()))
                .filter(open -> open.window().width().equals(width))
                .filter(open -> !open.window().end().isAfter(endedBy))
                .sorted(Comparator.comparing((OpenWindow open) -> open.window().start())
                        .thenComparing(OpenWindow::ticker))
                .limit(limit)
                .toList();
    }

    @Override
    public void forEachTick(TimeWindow window, Collection<String> tickers, Consumer<Tick> consumer) {
        long start = EpochNanos.of(window.start());
        long end = EpochNanos.of(window.end());
        for (Tick tick : List.copyOf(ticks)) {
            if (tickers.contains(tick.ticker()) && tick.epochNanos() >= start && tick.epochNanos() < end) {
                consumer.accept(tick);
            }
        }
    }

    @Override
    public void settle(Collection<OpenWindow> windows) {
        windows.forEach(open -> versions.remove(new Key(open.ticker(), open.window()), open.version()));
    }

    @Override
    public void dropBefore(Instant oldest) {
        ticks.removeIf(tick -> tick.epochNanos() < EpochNanos.of(oldest));
    }
}

package io.tradeops.jobs.daily;

import io.tradeops.core.trade.Trade;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Trades in memory. Not thread-safe. */
public final class InMemoryTradeHistory implements TradeHistory {

    private static final Comparator<Entry> ORDER = Comparator.comparing(
                    (Entry entry) -> entry.trade().timestamp())
            .thenComparing(entry -> entry.id().toString());

    private final List<Entry> entries = new ArrayList<>();

    private record Entry(UUID id, Trade trade) {

        LocalDate day() {
            return LocalDate.ofInstant(trade.timestamp(), ZoneOffset.UTC);
        }
    }

    public void add(UUID id, Trade trade) {
        entries.add(new Entry(id, trade));
    }

    @Override
    public List<LocalDate> daysBefore(LocalDate day) {
        return entries.stream()
                .map(Entry::day)
                .filter(other -> other.isBefore(day))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public long count(LocalDate day) {
        return entries.stream().filter(entry -> entry.day().equals(day)).count();
    }

    @Override
    public void forEachTrade(LocalDate day, TradeConsumer consumer) throws IOException {
        List<Entry> ofDay = entries.stream()
                .filter(entry -> entry.day().equals(day))
                .sorted(ORDER)
                .toList();
        for (Entry entry : ofDay) {
            consumer.accept(entry.id(), entry.trade());
        }
    }
}

package io.tradeops.jobs.daily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of every {@link TradeHistory}. The history is empty before each test. */
public abstract class TradeHistoryContract {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final String START = "2026-11-20T00:00:00Z";
    private static final String LAST = "2026-11-20T23:59:59.999999Z";

    /** The history under test. */
    protected abstract TradeHistory history();

    /** Stores a trade. */
    protected abstract void store(UUID id, Trade trade);

    @Test
    void hasNoDaysWithoutTrades() throws Exception {
        assertThat(history().daysBefore(DAY)).isEmpty();
        assertThat(history().count(DAY)).isZero();
        assertThat(history().hasTrades(DAY)).isFalse();
        assertThat(trades(DAY)).isEmpty();
    }

    @Test
    void listsTheDaysWithTradesBeforeADayAcrossGaps() {
        int number = 0;
        for (String day : List.of("2026-11-20", "2024-02-29", "2026-11-19", "2025-12-31", "2026-11-21", "1970-01-01")) {
            store(number++, day + "T00:00:00Z");
            store(number++, day + "T23:59:59.999999Z");
        }

        assertThat(history().daysBefore(DAY).stream().map(LocalDate::toString))
                .containsExactly("1970-01-01", "2024-02-29", "2025-12-31", "2026-11-19");
        assertThat(history().daysBefore(LocalDate.of(1970, 1, 1))).isEmpty();
    }

    @Test
    void dayIsFromMidnightToMidnightUtc() throws Exception {
        store(1, "2026-11-19T23:59:59.999999Z");
        store(4, "2026-11-21T00:00:00Z");
        assertThat(history().hasTrades(DAY)).isFalse();
        store(2, START);
        assertThat(history().hasTrades(DAY)).isTrue();
        store(3, LAST);

        assertThat(history().count(DAY)).isEqualTo(2);
        assertThat(trades(DAY)).containsOnlyKeys(id(2), id(3));
    }

    @Test
    void ordersTradesByTimeAndThenById() throws Exception {
        UUID high = UUID.fromString("f1935f6e-0000-7000-8000-000000000000");
        UUID low = UUID.fromString("01935f6e-0000-7000-8000-000000000000");
        store(2, LAST);
        store(high, trade("2026-11-20T12:00:00Z"));
        store(low, trade("2026-11-20T12:00:00Z"));
        store(3, START);

        assertThat(order(DAY)).containsExactly(id(3), low, high, id(2));
    }

    @Test
    void storesEveryFieldExactly() throws Exception {
        Trade full = new Trade(
                "BRK.B",
                FixedDecimal.parse("0.00000001"),
                FixedDecimal.parse("9999999999.99999999"),
                Side.SELL,
                Instant.parse(LAST),
                "a,1 \"ü\"");
        Trade bare = new Trade(
                "BTC/USD",
                FixedDecimal.parse("9999999999.99999999"),
                FixedDecimal.parse("0.00000001"),
                Side.UNKNOWN,
                Instant.parse(START),
                "");
        store(id(1), full);
        store(id(2), bare);

        assertThat(trades(DAY)).containsOnly(Map.entry(id(1), full), Map.entry(id(2), bare));
    }

    @Test
    void tradeStoredDuringAReadIsNotPassed() throws Exception {
        store(1, START);
        store(2, LAST);
        List<UUID> seen = new ArrayList<>();
        history().forEachTrade(DAY, (id, trade) -> {
            store(10 + seen.size(), LAST);
            seen.add(id);
        });

        assertThat(seen).containsExactly(id(1), id(2));
        assertThat(history().count(DAY)).isEqualTo(4);
    }

    @Test
    void failureOfTheConsumerReachesTheCaller() {
        store(1, START);
        IOException full = new IOException("disk full");

        assertThatThrownBy(() -> history().forEachTrade(DAY, (id, trade) -> {
                    throw full;
                }))
                .isSameAs(full);
        assertThat(history().count(DAY)).isEqualTo(1);
    }

    private void store(int number, String timestamp) {
        store(id(number), trade(timestamp));
    }

    private static Trade trade(String timestamp) {
        return new Trade("AAPL", FixedDecimal.ONE, FixedDecimal.ONE, Side.BUY, Instant.parse(timestamp), "");
    }

    private static UUID id(int number) {
        return new UUID(0x01935f6e_0000_7000L, Long.MIN_VALUE + number);
    }

    private List<UUID> order(LocalDate day) throws IOException {
        List<UUID> ids = new ArrayList<>();
        history().forEachTrade(day, (id, trade) -> ids.add(id));
        return ids;
    }

    private Map<UUID, Trade> trades(LocalDate day) throws IOException {
        Map<UUID, Trade> trades = new HashMap<>();
        history().forEachTrade(day, trades::put);
        return trades;
    }
}

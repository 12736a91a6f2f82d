package io.tradeops.jobs.daily;

import io.tradeops.core.trade.Trade;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** The stored trades, as the daily export needs them. Implementations are thread-safe. */
public interface TradeHistory {

    /** The days, UTC, before one that have trades, oldest first. */
    List<LocalDate> daysBefore(LocalDate day);

    /** Number of trades of a day. */
    long count(LocalDate day);

    /** Whether a day has any trades. */
    default boolean hasTrades(LocalDate day) {
        return count(day) > 0;
    }

    /** Hands over every trade of a day, oldest first, as of one moment, in constant memory. */
    void forEachTrade(LocalDate day, TradeConsumer consumer) throws IOException;

    /** Takes a trade. */
    @FunctionalInterface
    interface TradeConsumer {

        /** Takes one. */
        void accept(UUID id, Trade trade) throws IOException;
    }
}

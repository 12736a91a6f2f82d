package io.tradeops.jobs.daily;

import io.tradeops.core.trade.Trade;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** The stored trades, as the daily export needs them. Implementations are thread-safe. */
public interface TradeHistory {

    /** The days (UTC) before {@code day} that have trades, oldest first. */
    List<LocalDate> daysBefore(LocalDate day);

    /** The number of trades of a day (UTC). */
    long count(LocalDate day);

    /** Whether a day has trades. */
    default boolean hasTrades(LocalDate day) {
        return count(day) > 0;
    }

    /**
     * Passes every trade of a day to the consumer, oldest first and by id at equal times. Reads one snapshot in
     * constant memory.
     *
     * @throws IOException if the consumer throws it
     */
    void forEachTrade(LocalDate day, TradeConsumer consumer) throws IOException;

    /** Consumes the trades of a day. */
    @FunctionalInterface
    interface TradeConsumer {

        /** Consumes one trade. */
        void accept(UUID id, Trade trade) throws IOException;
    }
}

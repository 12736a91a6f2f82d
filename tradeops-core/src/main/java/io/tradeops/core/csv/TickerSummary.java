package io.tradeops.core.csv;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.trade.Ticker;
import java.math.BigDecimal;

/**
 * The analysis of one ticker's trades: a line of {@code analysis_YYYY-MM-DD.csv}. Trailing zeros of decimals are
 * removed, so that summaries with equal numbers are equal. Immutable.
 *
 * @param ticker the ticker, valid as defined by {@link Ticker}
 * @param totalVolume Σ quantity, exact
 * @param averagePrice Σ price / number of trades, rounded to 8 decimals, {@code HALF_EVEN}
 * @param vwap the volume-weighted average price, Σ (price · quantity) / Σ quantity, rounded to 8 decimals,
 *     {@code HALF_EVEN}
 * @param tradeCount the number of trades, at least 1
 * @param minPrice the lowest price
 * @param maxPrice the highest price
 * @param firstPrice the price of the earliest trade; of trades at the same time, of the first in the file
 * @param lastPrice the price of the latest trade; of trades at the same time, of the last in the file
 * @param totalNotional Σ (price · quantity), exact
 */
public record TickerSummary(
        String ticker,
        BigDecimal totalVolume,
        BigDecimal averagePrice,
        BigDecimal vwap,
        long tradeCount,
        BigDecimal minPrice,
        BigDecimal maxPrice,
        BigDecimal firstPrice,
        BigDecimal lastPrice,
        BigDecimal totalNotional) {

    /**
     * Checks ticker and number of trades, and removes trailing zeros.
     *
     * @throws IllegalArgumentException if the ticker is not valid or {@code tradeCount} is less than 1
     */
    public TickerSummary {
        Arguments.require(Ticker.isValid(ticker), "ticker must match " + Ticker.PATTERN, ticker);
        Arguments.require(tradeCount >= 1, "tradeCount must be at least 1", tradeCount);
        totalVolume = withoutTrailingZeros(totalVolume);
        averagePrice = withoutTrailingZeros(averagePrice);
        vwap = withoutTrailingZeros(vwap);
        minPrice = withoutTrailingZeros(minPrice);
        maxPrice = withoutTrailingZeros(maxPrice);
        firstPrice = withoutTrailingZeros(firstPrice);
        lastPrice = withoutTrailingZeros(lastPrice);
        totalNotional = withoutTrailingZeros(totalNotional);
    }

    private static BigDecimal withoutTrailingZeros(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}

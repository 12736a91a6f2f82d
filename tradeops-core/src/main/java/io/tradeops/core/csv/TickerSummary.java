package io.tradeops.core.csv;

import io.tradeops.core.trade.Ticker;
import java.math.BigDecimal;

/**
 * What a file's trades of one ticker come to: one line of {@code analysis_YYYY-MM-DD.csv}. Decimals are kept without
 * trailing zeros, so equal numbers make equal summaries. Immutable.
 *
 * @param ticker what was traded
 * @param totalVolume Σ quantity, exact
 * @param averagePrice Σ price / n; scale 8, {@code HALF_EVEN}
 * @param vwap Σ (price · quantity) / Σ quantity; scale 8, {@code HALF_EVEN}
 * @param tradeCount number of trades, at least 1
 * @param minPrice the lowest price
 * @param maxPrice the highest price
 * @param firstPrice the price of the earliest trade; of equally early ones the first row's
 * @param lastPrice the price of the latest trade; of equally late ones the last row's
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

    /** @throws IllegalArgumentException if the ticker is none or there is no trade */
    public TickerSummary {
        if (!Ticker.isValid(ticker)) {
            throw new IllegalArgumentException("ticker must match " + Ticker.PATTERN + ": " + ticker);
        }
        if (tradeCount < 1) {
            throw new IllegalArgumentException("tradeCount must be at least 1: " + tradeCount);
        }
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

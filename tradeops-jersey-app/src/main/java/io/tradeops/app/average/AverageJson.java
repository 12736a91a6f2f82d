package io.tradeops.app.average;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored average, in the form in which it is returned. Prices and volume have up to 8 decimals. The VWAP is missing if
 * no tick had a quantity. Immutable.
 */
record AverageJson(
        String ticker,
        Instant windowStart,
        Instant windowEnd,
        BigDecimal averagePrice,
        @Nullable BigDecimal vwap,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        long tickCount,
        int revision) {

    static AverageJson from(AverageEntity row) {
        return new AverageJson(
                row.ticker,
                row.windowStart,
                row.windowStart.plusSeconds(row.widthSeconds),
                row.averagePrice,
                row.vwap,
                row.open,
                row.high,
                row.low,
                row.close,
                row.volume,
                row.tickCount,
                row.revision);
    }
}

package io.tradeops.core.window;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Ticker;
import java.math.BigDecimal;

/** Checks the arguments of the detectors. Static functions; thread-safe. */
final class TickArguments {

    private TickArguments() {}

    static long requireTime(long epochNanos) {
        if (epochNanos < 0) {
            throw new IllegalArgumentException("epochNanos must not be negative: " + epochNanos);
        }
        if (epochNanos > EpochNanos.MAX) {
            throw new IllegalArgumentException("epochNanos must be at most " + EpochNanos.MAX + ": " + epochNanos);
        }
        return epochNanos;
    }

    static long requirePrice(long priceUnits) {
        if (priceUnits <= 0 || priceUnits > FixedDecimal.MAX_UNITS) {
            throw new IllegalArgumentException("priceUnits must be 1 to " + FixedDecimal.MAX_UNITS + ": " + priceUnits);
        }
        return priceUnits;
    }

    /** The units of a price. */
    static long units(BigDecimal price) {
        long units = FixedDecimal.tryOf(price);
        if (units <= 0) {
            throw new IllegalArgumentException(
                    "price must be greater than 0, with at most 10 integer digits and 8 decimals: " + price);
        }
        return units;
    }

    static void requireTicker(String ticker) {
        if (!Ticker.isValid(ticker)) {
            throw new IllegalArgumentException("ticker must match " + Ticker.PATTERN + ": " + ticker);
        }
    }

    static long requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
        return value;
    }
}

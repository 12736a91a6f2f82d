package io.tradeops.core.average;

import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Ticker;

/** Checks the values of a tick. Static functions; thread-safe. */
final class TickRange {

    private TickRange() {}

    static void require(long epochNanos, long priceUnits, long quantityUnits) {
        // one branch instead of six: the sign of what is negative if a value is out of its range
        long negative = epochNanos
                | (EpochNanos.MAX - epochNanos)
                | (priceUnits - 1)
                | (FixedDecimal.MAX_UNITS - priceUnits)
                | quantityUnits
                | (FixedDecimal.MAX_UNITS - quantityUnits);
        if (negative < 0) {
            requireEach(epochNanos, priceUnits, quantityUnits);
        }
    }

    private static void requireEach(long epochNanos, long priceUnits, long quantityUnits) {
        requireTime(epochNanos);
        requirePrice("priceUnits", priceUnits);
        require("quantityUnits", quantityUnits, 0, FixedDecimal.MAX_UNITS);
    }

    static void requireTime(long epochNanos) {
        require("epochNanos", epochNanos, 0, EpochNanos.MAX);
    }

    static void requirePrice(String name, long units) {
        require(name, units, 1, FixedDecimal.MAX_UNITS);
    }

    static void requireTicker(String ticker) {
        if (!Ticker.isValid(ticker)) {
            throw new IllegalArgumentException("ticker must match " + Ticker.PATTERN + ": " + ticker);
        }
    }

    /** Checks a ticker that was read from bytes. */
    static String requireReadTicker(String ticker) {
        if (!Ticker.isValid(ticker)) {
            throw BytesReader.damaged("a ticker does not match " + Ticker.PATTERN);
        }
        return ticker;
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
        }
    }
}

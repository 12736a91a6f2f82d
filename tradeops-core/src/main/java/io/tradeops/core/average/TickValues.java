package io.tradeops.core.average;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Ticker;

/**
 * The values of a tick that is held back, and the ranges of the values of all ticks. The ticker is empty in an averager
 * of one ticker. Immutable.
 */
final class TickValues {

    final String ticker;
    final long epochNanos;
    final long priceUnits;
    final long quantityUnits;
    final long seq;

    TickValues(String ticker, long epochNanos, long priceUnits, long quantityUnits, long seq) {
        this.ticker = ticker;
        this.epochNanos = epochNanos;
        this.priceUnits = priceUnits;
        this.quantityUnits = quantityUnits;
        this.seq = seq;
    }

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
        Arguments.requireRange("quantityUnits", quantityUnits, 0, FixedDecimal.MAX_UNITS);
    }

    static void requireTime(long epochNanos) {
        Arguments.requireRange("epochNanos", epochNanos, 0, EpochNanos.MAX);
    }

    static void requirePrice(String name, long units) {
        Arguments.requireRange(name, units, 1, FixedDecimal.MAX_UNITS);
    }

    static void requireTicker(String ticker) {
        Arguments.require(Ticker.isValid(ticker), "ticker must match " + Ticker.PATTERN, ticker);
    }

    /** Checks a ticker that was read from bytes. */
    static String requireReadTicker(String ticker) {
        if (!Ticker.isValid(ticker)) {
            throw BytesReader.damaged("a ticker does not match " + Ticker.PATTERN);
        }
        return ticker;
    }
}

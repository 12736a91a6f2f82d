package io.tradeops.core.average;

/**
 * A tick that is held back, because its time is far ahead. The ticker is empty in an averager of one ticker. Immutable.
 */
final class HeldTick {

    final String ticker;
    final long epochNanos;
    final long priceUnits;
    final long quantityUnits;
    final long seq;

    HeldTick(String ticker, long epochNanos, long priceUnits, long quantityUnits, long seq) {
        this.ticker = ticker;
        this.epochNanos = epochNanos;
        this.priceUnits = priceUnits;
        this.quantityUnits = quantityUnits;
        this.seq = seq;
    }
}

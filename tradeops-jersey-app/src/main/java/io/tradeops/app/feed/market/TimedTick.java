package io.tradeops.app.feed.market;

/**
 * A tick of a recording, or a number of lost ticks. Immutable.
 *
 * @param ticker the ticker; empty for lost ticks
 * @param epochNanos timestamp in nanoseconds since 1970, whole microseconds
 * @param priceUnits price in 10⁻⁸ units; 0 for lost ticks
 * @param quantityUnits quantity in 10⁻⁸ units; 0 for lost ticks
 * @param lost the number of lost ticks; 0 for a tick
 */
record TimedTick(String ticker, long epochNanos, long priceUnits, long quantityUnits, long lost) {

    static TimedTick of(String ticker, long epochNanos, long priceUnits, long quantityUnits) {
        return new TimedTick(ticker, epochNanos, priceUnits, quantityUnits, 0);
    }

    static TimedTick lost(long count, long epochNanos) {
        return new TimedTick("", epochNanos, 0, 0, count);
    }

    void publish(TickPublisher feed) {
        if (lost > 0) {
            feed.skip(lost);
        } else {
            feed.publish(ticker, epochNanos, priceUnits, quantityUnits);
        }
    }
}

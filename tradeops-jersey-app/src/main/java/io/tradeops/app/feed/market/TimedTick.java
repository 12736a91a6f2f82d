package io.tradeops.app.feed.market;

/**
 * A tick of a recording, or ticks that it has lost. Immutable.
 *
 * @param ticker the ticker
 * @param priceUnits price in 10⁻⁸ units
 * @param quantityUnits quantity in 10⁻⁸ units
 * @param epochNanos when, in nanoseconds since 1970, whole microseconds
 * @param lost how many ticks are lost here; then there is no tick
 */
record TimedTick(String ticker, long priceUnits, long quantityUnits, long epochNanos, long lost) {

    static TimedTick of(String ticker, long priceUnits, long quantityUnits, long epochNanos) {
        return new TimedTick(ticker, priceUnits, quantityUnits, epochNanos, 0);
    }

    static TimedTick lost(long count, long epochNanos) {
        return new TimedTick("", 0, 0, epochNanos, count);
    }

    void publish(TickPublisher feed) {
        if (lost > 0) {
            feed.skip(lost);
        } else {
            feed.publish(ticker, epochNanos, priceUnits, quantityUnits);
        }
    }
}

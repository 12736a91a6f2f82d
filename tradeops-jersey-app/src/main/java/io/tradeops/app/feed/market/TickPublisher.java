package io.tradeops.app.feed.market;

/** Receives the ticks of a source and numbers them. Implementations are thread-safe. */
public interface TickPublisher {

    /**
     * Publishes a tick.
     *
     * @param epochNanos timestamp in nanoseconds since 1970, whole microseconds
     * @param priceUnits price in 10⁻⁸ units
     * @param quantityUnits quantity in 10⁻⁸ units
     * @return its sequence number
     */
    long publish(String ticker, long epochNanos, long priceUnits, long quantityUnits);

    /** Skips {@code count} sequence numbers, at least one, for ticks that the source has lost. */
    void skip(long count);
}

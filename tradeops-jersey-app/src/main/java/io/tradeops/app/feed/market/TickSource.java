package io.tradeops.app.feed.market;

/** Where the ticks of a feed come from. Implementations needn't be thread-safe. */
public interface TickSource {

    /** Hands over the ticks between where it was left and a time, in order.
     *
     * @param epochNanos up to when, exclusive, in nanoseconds since 1970
     * @param feed who takes them */
    void advanceTo(long epochNanos, TickPublisher feed);

    /** Where the source is, in nanoseconds since 1970. */
    long position();
}

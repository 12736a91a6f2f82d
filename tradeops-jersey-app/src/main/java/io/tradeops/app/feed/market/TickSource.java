package io.tradeops.app.feed.market;

/** A source of ticks that advances in time. Implementations need not be thread-safe. */
public interface TickSource {

    /**
     * Publishes the ticks from {@link #position} up to a time, in order. It may stop earlier; then {@link #position} tells
     * the time that it has reached.
     *
     * @param epochNanos the time in nanoseconds since 1970, exclusive
     * @param feed receives the ticks
     */
    void advanceTo(long epochNanos, TickPublisher feed);

    /** The time up to which the source has published its ticks, in nanoseconds since 1970. */
    long position();
}

package io.tradeops.core.average;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.trade.EpochNanos;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A window of time, {@code [start, end)}. {@link TimeWindows} divides time into windows. Immutable.
 *
 * @param start the first instant of the window, in whole microseconds
 * @param width the width: more than 0, whole microseconds, at most 366 days
 */
public record TimeWindow(Instant start, Duration width) {

    private static final Duration MAX_WIDTH = Duration.ofDays(366);
    private static final Instant MAX_START = EpochNanos.toInstant(EpochNanos.MAX);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NANOS_PER_MICRO = 1_000;

    /**
     * Checks start and width.
     *
     * @throws IllegalArgumentException if the width is out of its range, the start is not whole microseconds, or the
     *     window contains no instant from 1970-01-01T00:00:00Z to {@link EpochNanos#MAX}
     */
    public TimeWindow {
        requireWidth(width);
        Arguments.require(
                start.truncatedTo(ChronoUnit.MICROS).equals(start), "start must be whole microseconds", start);
        Arguments.require(
                !start.isAfter(MAX_START) && start.isAfter(Instant.EPOCH.minus(width)),
                "a window must lie between 1970-01-01 and 2262-04-11",
                start);
    }

    /**
     * Returns the window of a width, aligned to the Unix epoch, that contains an instant.
     *
     * @param instant an instant from 1970-01-01T00:00:00Z to {@link EpochNanos#MAX}
     * @throws IllegalArgumentException if the width or the instant is out of its range
     */
    public static TimeWindow containing(Instant instant, Duration width) {
        return TimeWindows.of(width).containing(instant);
    }

    /** Returns the first instant after the window. */
    public Instant end() {
        return start.plus(width);
    }

    /** Tells whether an instant lies in the window. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end());
    }

    /**
     * Returns the window of the same width that starts where this one ends. The days of a time zone differ in width;
     * {@code windows.containing(window.end())} is then the next window.
     *
     * @throws IllegalArgumentException if that window starts after {@link EpochNanos#MAX}
     */
    public TimeWindow next() {
        return new TimeWindow(end(), width);
    }

    boolean covers(TimeWindow other) {
        return !other.start.isBefore(start) && !other.end().isAfter(end());
    }

    /** The start, in nanoseconds since 1970-01-01T00:00:00Z; it is negative for a window that contains that instant. */
    long startNanos() {
        return start.getEpochSecond() * NANOS_PER_SECOND + start.getNano();
    }

    /** The end, in nanoseconds since 1970-01-01T00:00:00Z; at most {@link EpochNanos#MAX} + 1. */
    long endNanos() {
        return startNanos() > EpochNanos.MAX + 1 - width.toNanos()
                ? EpochNanos.MAX + 1
                : startNanos() + width.toNanos();
    }

    static Duration requireWidth(Duration width) {
        boolean positive = !width.isZero() && !width.isNegative();
        Arguments.require(
                positive && width.compareTo(MAX_WIDTH) <= 0 && width.toNanosPart() % NANOS_PER_MICRO == 0,
                "width must be whole microseconds, more than 0 and at most 366 days",
                width);
        return width;
    }
}

package io.tradeops.core.average;

import io.tradeops.core.trade.EpochNanos;
import java.time.Duration;
import java.time.Instant;

/**
 * A tumbling window {@code [start, end)}, aligned to the Unix epoch. Immutable.
 *
 * @param start the first instant of the window, a multiple of the width since 1970-01-01T00:00:00Z
 * @param width the width: more than 0, whole microseconds, at most 366 days
 */
public record TimeWindow(Instant start, Duration width) {

    private static final Duration MAX_WIDTH = Duration.ofDays(366);

    /**
     * Checks start and width.
     *
     * @throws IllegalArgumentException if the width is out of its range or the start is not aligned
     */
    public TimeWindow {
        long nanos = widthNanos(width);
        if (EpochNanos.of(start) % nanos != 0) {
            throw new IllegalArgumentException("start must be a multiple of " + width + " since the epoch: " + start);
        }
    }

    /**
     * Returns the window of a width that contains an instant.
     *
     * @param instant an instant from 1970-01-01T00:00:00Z to {@link EpochNanos#MAX}
     * @throws IllegalArgumentException if the width or the instant is out of its range
     */
    public static TimeWindow containing(Instant instant, Duration width) {
        long widthNanos = widthNanos(width);
        long nanos = EpochNanos.of(instant);
        return new TimeWindow(EpochNanos.toInstant(nanos - nanos % widthNanos), width);
    }

    /** Returns the first instant after the window. */
    public Instant end() {
        return start.plus(width);
    }

    /** Returns the window that starts where this one ends. */
    public TimeWindow next() {
        return new TimeWindow(end(), width);
    }

    static long widthNanos(Duration width) {
        if (width.isZero() || width.isNegative() || width.compareTo(MAX_WIDTH) > 0 || width.toNanosPart() % 1000 != 0) {
            throw new IllegalArgumentException(
                    "width must be whole microseconds, more than 0 and at most 366 days: " + width);
        }
        return width.toNanos();
    }
}

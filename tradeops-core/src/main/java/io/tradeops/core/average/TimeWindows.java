package io.tradeops.core.average;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.trade.EpochNanos;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Divides time into windows that follow each other without gaps. Each window is {@code [start, end)}. Immutable.
 *
 * <pre>{@code
 * TimeWindows.of(Duration.ofMinutes(5));                       // 14:30, 14:35, … UTC
 * TimeWindows.of(Duration.ofDays(1), Duration.ofHours(5));     // from 05:00 UTC to 05:00 UTC
 * TimeWindows.days(ZoneId.of("America/New_York"));             // from midnight to midnight in New York
 * TimeWindows.days(ZoneId.of("America/New_York"), LocalTime.of(18, 0)); // from 18:00 to 18:00 in New York
 * }</pre>
 */
public final class TimeWindows {

    private final Duration width;
    private final Duration offset;
    private final LocalTime start;

    /** The time zone of windows that are days; {@code null} if all windows have one width. */
    private final @Nullable ZoneId zone;

    private TimeWindows(Duration width, Duration offset, LocalTime start, @Nullable ZoneId zone) {
        this.width = width;
        this.offset = offset;
        this.start = start;
        this.zone = zone;
    }

    /**
     * Returns windows of one width, aligned to the Unix epoch.
     *
     * @param width the width: more than 0, whole microseconds, at most 366 days
     * @throws IllegalArgumentException if the width is out of its range
     */
    public static TimeWindows of(Duration width) {
        return of(width, Duration.ZERO);
    }

    /**
     * Returns windows of one width. One of them starts at the Unix epoch plus the offset.
     *
     * @param width the width: more than 0, whole microseconds, at most 366 days
     * @param offset the offset: 0 or more, whole microseconds, less than the width
     * @throws IllegalArgumentException if width or offset is out of its range
     */
    public static TimeWindows of(Duration width, Duration offset) {
        TimeWindow.requireWidth(width);
        Arguments.require(
                !offset.isNegative() && offset.compareTo(width) < 0 && offset.toNanosPart() % 1000 == 0,
                "offset must be whole microseconds, 0 or more and less than the width",
                offset);
        return new TimeWindows(width, offset, LocalTime.MIDNIGHT, null);
    }

    /** Returns the days of a time zone, from midnight to midnight. Where clocks change, a day has 23 or 25 hours. */
    public static TimeWindows days(ZoneId zone) {
        return days(zone, LocalTime.MIDNIGHT);
    }

    /**
     * Returns the days of a time zone, from a time of day to the same time of the next day. Where clocks skip this
     * time, the day starts when they have changed. Where they show it twice, the day starts at the first.
     *
     * @param zone the time zone
     * @param start the time of day at which each day starts, whole microseconds
     * @throws IllegalArgumentException if the time of day is not whole microseconds
     */
    public static TimeWindows days(ZoneId zone, LocalTime start) {
        requireNonNull(zone, "zone");
        Arguments.require(
                start.truncatedTo(ChronoUnit.MICROS).equals(start), "start must be whole microseconds", start);
        return new TimeWindows(Duration.ofDays(1), Duration.ZERO, start, zone);
    }

    /**
     * Returns the window that contains an instant.
     *
     * @param instant an instant from 1970-01-01T00:00:00Z to {@link EpochNanos#MAX}
     * @throws IllegalArgumentException if the instant is out of its range
     */
    public TimeWindow containing(Instant instant) {
        long nanos = EpochNanos.of(instant);
        if (zone != null) {
            return dayContaining(instant, zone);
        }
        long startNanos = nanos - Math.floorMod(nanos - offset.toNanos(), width.toNanos());
        return new TimeWindow(EpochNanos.toInstant(startNanos), width);
    }

    private TimeWindow dayContaining(Instant instant, ZoneId zone) {
        LocalDate date = LocalDate.ofInstant(instant, zone);
        while (startOf(date, zone).isAfter(instant)) {
            date = date.minusDays(1);
        }
        while (!startOf(date.plusDays(1), zone).isAfter(instant)) {
            date = date.plusDays(1);
        }
        Instant first = startOf(date, zone);
        return new TimeWindow(first, Duration.between(first, startOf(date.plusDays(1), zone)));
    }

    private Instant startOf(LocalDate date, ZoneId zone) {
        return date.atTime(start).atZone(zone).toInstant();
    }

    /** Returns the windows in short: {@code PT5M}, {@code PT24H+PT5H}, {@code America/New_York 00:00}. */
    public String notation() {
        if (zone != null) {
            return zone + " " + start;
        }
        return offset.isZero() ? width.toString() : width + "+" + offset;
    }

    /** The bounds of the window that contains a time. */
    WindowBounds boundsAt(long epochNanos) {
        return new WindowBounds(containing(EpochNanos.toInstant(epochNanos)));
    }

    /** @throws IllegalArgumentException if a snapshot's windows are not these */
    void requireNotation(String ofSnapshot) {
        if (!ofSnapshot.equals(notation())) {
            throw new IllegalArgumentException("the snapshot is of windows " + ofSnapshot + ", not of " + notation());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimeWindows windows && notation().equals(windows.notation());
    }

    @Override
    public int hashCode() {
        return notation().hashCode();
    }

    @Override
    public String toString() {
        return notation();
    }
}

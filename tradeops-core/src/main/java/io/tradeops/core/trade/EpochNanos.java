package io.tradeops.core.trade;

import io.tradeops.core.codec.Arguments;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads, writes and converts times that are a {@code long} of nanoseconds since 1970-01-01T00:00:00Z. Their range is 0
 * to {@link #MAX}. All methods are static and thread-safe.
 */
public final class EpochNanos {

    /**
     * The result of {@link #tryParse} for a text that is not an RFC 3339 timestamp, or is finer than a nanosecond.
     */
    public static final long NOT_A_TIMESTAMP = -1;

    /** The result of {@link #tryParse} for a timestamp before 1970-01-01T00:00:00Z or after {@link #MAX}. */
    public static final long OUT_OF_RANGE = -2;

    /** The latest time in range: 2262-04-11T23:47:15.999999999Z. */
    public static final long MAX = 9_223_372_035_999_999_999L;

    static final Instant MAX_INSTANT = Instant.ofEpochSecond(9_223_372_035L, 999_999_999);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;
    private static final long MAX_SECONDS = MAX / NANOS_PER_SECOND;
    private static final int DATE_TIME_LENGTH = 19;

    private EpochNanos() {}

    /**
     * Converts an instant.
     *
     * @return nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link #MAX}
     * @throws IllegalArgumentException if the instant is out of that range
     */
    public static long of(Instant instant) {
        if (instant.getEpochSecond() < 0 || instant.getEpochSecond() > MAX_SECONDS) {
            throw Arguments.refused("instant must lie between 1970-01-01 and 2262-04-11", instant);
        }
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }

    /** Converts nanoseconds since 1970-01-01T00:00:00Z, of any sign, to an instant. */
    public static Instant toInstant(long epochNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
    }

    /** Rounds a time down to a whole microsecond. A time before 1970 is rounded towards the past, too. */
    public static long truncateToMicros(long epochNanos) {
        return epochNanos - Math.floorMod(epochNanos, NANOS_PER_MICRO);
    }

    /**
     * Writes an instant in RFC 3339, in UTC, with as few decimals as it needs: {@code 2026-11-20T14:30:00.1Z}. The
     * instant may be out of this class's range.
     */
    public static String format(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (seconds < 0 || seconds > MAX_SECONDS) {
            String text = instant.toString();
            return text.contains(".") ? text.replaceFirst("0*Z$", "Z") : text;
        }
        // DateTimeFormatter takes four times as long, and most of the work of listing trades is formatting times
        int second = (int) (seconds % 86_400);
        LocalDate date = LocalDate.ofEpochDay(seconds / 86_400);
        byte[] text = {
            0, 0, 0, 0, '-', 0, 0, '-', 0, 0, 'T', 0, 0, ':', 0, 0, ':', 0, 0, '.', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        };
        putDigits(text, 0, 4, date.getYear());
        putDigits(text, 5, 2, date.getMonthValue());
        putDigits(text, 8, 2, date.getDayOfMonth());
        putDigits(text, 11, 2, second / 3_600);
        putDigits(text, 14, 2, second / 60 % 60);
        putDigits(text, 17, 2, second % 60);
        putDigits(text, 20, 9, instant.getNano());
        int end = 29;
        while (text[end - 1] == '0' && end > 20) {
            end--;
        }
        end = end == 20 ? 19 : end;
        text[end] = 'Z';
        return new String(text, 0, end + 1, StandardCharsets.ISO_8859_1);
    }

    private static void putDigits(byte[] text, int from, int count, int value) {
        int rest = value;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /**
     * Reads an RFC 3339 timestamp with any offset. Throws no exception for any text and allocates nothing.
     *
     * <p>As RFC 3339 allows, {@code t} and {@code z} may be lower case, and a space may replace the {@code T}. A leap
     * second is not accepted; see {@link #isLeapSecond}.
     *
     * @return nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link #MAX}; or {@link #NOT_A_TIMESTAMP} or
     *     {@link #OUT_OF_RANGE}
     */
    public static long tryParse(CharSequence text) {
        int length = text.length();
        if (length <= DATE_TIME_LENGTH || !hasShape(text)) {
            return NOT_A_TIMESTAMP;
        }
        int at = DATE_TIME_LENGTH;
        long nanos = 0;
        if (text.charAt(at) == '.') {
            at++;
            int start = at;
            for (long unit = NANOS_PER_SECOND / 10; at < length && isDigit(text.charAt(at)); at++, unit /= 10) {
                int digit = text.charAt(at) - '0';
                if (unit == 0 && digit != 0) {
                    return NOT_A_TIMESTAMP;
                }
                nanos += digit * unit;
            }
            if (at == start) {
                return NOT_A_TIMESTAMP;
            }
        }
        int offset = offsetSeconds(text, at);
        if (offset == Integer.MIN_VALUE) {
            return NOT_A_TIMESTAMP;
        }
        return combine(text, offset, nanos);
    }

    /**
     * Tells whether a text is a timestamp in a leap second, which is second 60. RFC 3339 allows that second.
     * {@link #tryParse} does not accept it, because time counted from the epoch has no value for it.
     */
    public static boolean isLeapSecond(CharSequence text) {
        int length = text.length();
        return length > DATE_TIME_LENGTH
                && text.charAt(17) == '6'
                && text.charAt(18) == '0'
                && tryParse(text.subSequence(0, 17) + "59" + text.subSequence(DATE_TIME_LENGTH, length))
                        != NOT_A_TIMESTAMP;
    }

    private static long combine(CharSequence text, int offset, long nanos) {
        int hour = twoDigits(text, 11);
        int minute = twoDigits(text, 14);
        int second = twoDigits(text, 17);
        if (hour > 23 || minute > 59 || second > 59) {
            return NOT_A_TIMESTAMP;
        }
        int year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
        int month = twoDigits(text, 5);
        int dayOfMonth = twoDigits(text, 8);
        if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > lengthOfMonth(year, month)) {
            return NOT_A_TIMESTAMP;
        }
        long day = epochDay(year, month, dayOfMonth);
        long seconds = day * 86_400 + hour * 3600L + minute * 60L + second - offset;
        return seconds < 0 || seconds > MAX_SECONDS ? OUT_OF_RANGE : seconds * NANOS_PER_SECOND + nanos;
    }

    private static int lengthOfMonth(int year, int month) {
        if (month == 2) {
            return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
        }
        return 30 + ((month ^ month >> 3) & 1);
    }

    /**
     * Days from 1970-01-01 to a date in the proleptic Gregorian calendar. Years begin in March here, so that the leap
     * day is a year's last day (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013).
     */
    private static long epochDay(int year, int month, int dayOfMonth) {
        int marchYear = month > 2 ? year : year - 1;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dayOfMonth - 1;
        int leapDays = Math.floorDiv(marchYear, 4) - Math.floorDiv(marchYear, 100) + Math.floorDiv(marchYear, 400);
        return 365L * marchYear + leapDays + dayOfYear - 719_468;
    }

    private static boolean hasShape(CharSequence text) {
        char separator = text.charAt(10);
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (separator == 'T' || separator == 't' || separator == ' ')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && areDigits(text, 0, 4)
                && areDigits(text, 5, 7)
                && areDigits(text, 8, 10)
                && areDigits(text, 11, 13)
                && areDigits(text, 14, 16)
                && areDigits(text, 17, 19);
    }

    private static boolean areDigits(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Seconds east of UTC; {@link Integer#MIN_VALUE} if the text from {@code at} to its end is not an offset. */
    private static int offsetSeconds(CharSequence text, int at) {
        int left = text.length() - at;
        if (left == 1 && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
            return 0;
        }
        boolean shaped = left == 6
                && (text.charAt(at) == '+' || text.charAt(at) == '-')
                && isDigit(text.charAt(at + 1))
                && isDigit(text.charAt(at + 2))
                && text.charAt(at + 3) == ':'
                && isDigit(text.charAt(at + 4))
                && isDigit(text.charAt(at + 5));
        if (!shaped || twoDigits(text, at + 1) > 23 || twoDigits(text, at + 4) > 59) {
            return Integer.MIN_VALUE;
        }
        int seconds = twoDigits(text, at + 1) * 3600 + twoDigits(text, at + 4) * 60;
        return text.charAt(at) == '-' ? -seconds : seconds;
    }

    private static int twoDigits(CharSequence text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

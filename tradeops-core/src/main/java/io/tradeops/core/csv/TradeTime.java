package io.tradeops.core.csv;

import io.tradeops.core.trade.EpochNanos;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Reads the timestamps of trades files. A timestamp is RFC 3339 or a decimal number since the epoch, whose size shows
 * its unit. Below 10¹⁰ it is in seconds, below 10¹³ in milliseconds, below 10¹⁶ in microseconds, otherwise in
 * nanoseconds. A number that falls before 1990 is not accepted, because it is a date written as digits, or a
 * spreadsheet's day. The offset of a time may also be {@code +0000}, {@code +00}, {@code UTC}, with a space before it;
 * it may be missing if there is a zone. Immutable.
 */
final class TradeTime {

    /** The result for a time without an offset if there is no zone. */
    static final long WITHOUT_ZONE = -3;

    /** The result for a local time that occurs twice or never in the zone. */
    static final long NOT_IN_ZONE = -4;

    /** The result for a number that falls before 1990. */
    static final long BEFORE_1990 = -5;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int SECONDS_LENGTH = 19;

    /** 1990-01-01T00:00:00Z. */
    private static final long YEAR_1990 = 631_152_000L * NANOS_PER_SECOND;

    /** The first nanosecond that is out of range. */
    static final long END = Long.MAX_VALUE / NANOS_PER_SECOND * NANOS_PER_SECOND;

    private final Optional<ZoneId> zone;

    /** @param zone the zone of times without an offset; empty if such times are not accepted */
    TradeTime(Optional<ZoneId> zone) {
        this.zone = zone;
    }

    /**
     * Nanoseconds since the epoch; or {@link EpochNanos#NOT_A_TIMESTAMP}, {@link EpochNanos#OUT_OF_RANGE} or one of the
     * results above.
     */
    long tryParse(String text) {
        if (text.length() > 4 && text.charAt(4) == '-') {
            long nanos = EpochNanos.tryParse(text);
            return nanos == EpochNanos.NOT_A_TIMESTAMP ? tryParseOtherOffset(text) : nanos;
        }
        if (text.length() > 1 && text.charAt(0) == '-') {
            long opposite = tryParseNumber(text.substring(1));
            return opposite == EpochNanos.NOT_A_TIMESTAMP ? opposite : EpochNanos.OUT_OF_RANGE;
        }
        return tryParseNumber(text);
    }

    /** Reads a date and a time of day. The date may be written as eight digits. */
    long tryParse(String day, String timeOfDay) {
        boolean digits = day.length() == 8 && digitsEnd(day, 0) == 8;
        String dashed = digits ? day.substring(0, 4) + '-' + day.substring(4, 6) + '-' + day.substring(6) : day;
        return dashed.length() == 10 ? tryParse(dashed + ' ' + timeOfDay) : EpochNanos.NOT_A_TIMESTAMP;
    }

    /** The unit, in nanoseconds, of a timestamp whose integer part is {@code value}. */
    static long unit(long value) {
        if (value < 10_000_000_000L) {
            return NANOS_PER_SECOND;
        }
        if (value < 10_000_000_000_000L) {
            return 1_000_000;
        }
        return value < 10_000_000_000_000_000L ? 1000 : 1;
    }

    /** A whole number of {@link #unit}s, in nanoseconds; or {@link EpochNanos#OUT_OF_RANGE} or {@link #BEFORE_1990}. */
    static long ofNumber(long value) {
        long unit = unit(value);
        if (value > (END - 1) / unit) {
            return EpochNanos.OUT_OF_RANGE;
        }
        return value * unit < YEAR_1990 ? BEFORE_1990 : value * unit;
    }

    private long tryParseOtherOffset(String text) {
        int end = Math.min(SECONDS_LENGTH, text.length());
        if (end < text.length() && text.charAt(end) == '.') {
            end = digitsEnd(text, end + 1);
        }
        String local = text.substring(0, end);
        String offset = text.substring(end);
        if (offset.isEmpty()) {
            return ofLocal(EpochNanos.tryParse(local + 'Z'));
        }
        String given = offset.charAt(0) == ' ' ? offset.substring(1) : offset;
        return isOffset(given) ? EpochNanos.tryParse(local + usualOffset(given)) : EpochNanos.NOT_A_TIMESTAMP;
    }

    /** Tells whether a text may be an offset. Digits would only continue the time before it. */
    private static boolean isOffset(String text) {
        return !text.isEmpty() && "+-ZzU".indexOf(text.charAt(0)) >= 0;
    }

    /** An offset as RFC 3339 writes it; other texts are returned as they are. */
    private static String usualOffset(String offset) {
        if (offset.equals("UTC")) {
            return "Z";
        }
        if (offset.length() == 3) {
            return offset + ":00";
        }
        return offset.length() == 5 ? offset.substring(0, 3) + ':' + offset.substring(3) : offset;
    }

    /** @param nanos the time as if it were in UTC, or an error */
    private long ofLocal(long nanos) {
        if (nanos < 0) {
            return nanos;
        }
        if (zone.isEmpty()) {
            return WITHOUT_ZONE;
        }
        long seconds = nanos / NANOS_PER_SECOND;
        LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
        List<ZoneOffset> offsets = zone.get().getRules().getValidOffsets(local);
        if (offsets.size() != 1) {
            return NOT_IN_ZONE;
        }
        long utc = nanos - offsets.get(0).getTotalSeconds() * NANOS_PER_SECOND;
        return utc < 0 || utc >= END ? EpochNanos.OUT_OF_RANGE : utc;
    }

    private static long tryParseNumber(String text) {
        int length = text.length();
        int point = 0;
        long value = 0;
        boolean large = false;
        for (; point < length && isDigit(text.charAt(point)); point++) {
            large |= value > (Long.MAX_VALUE - 9) / 10;
            value = large ? value : value * 10 + (text.charAt(point) - '0');
        }
        if (point == 0 || (point < length && (text.charAt(point) != '.' || point + 1 == length))) {
            return EpochNanos.NOT_A_TIMESTAMP;
        }
        long unit = large ? 1 : unit(value);
        long fraction = 0;
        for (int at = point + 1; at < length; at++) {
            int digit = text.charAt(at) - '0';
            unit /= 10;
            if (!isDigit(text.charAt(at)) || (unit == 0 && digit != 0)) {
                return EpochNanos.NOT_A_TIMESTAMP;
            }
            fraction += digit * unit;
        }
        long whole = large ? EpochNanos.OUT_OF_RANGE : ofNumber(value);
        return whole < 0 ? whole : whole + fraction;
    }

    /** Where the digits that start at {@code from} end. */
    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

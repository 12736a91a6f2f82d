package io.tradeops.core.csv;

import io.tradeops.core.trade.EpochNanos;

/**
 * Reads the timestamps of trades files. A timestamp is RFC 3339 or a decimal number since the epoch, whose size shows
 * its unit. Below 10¹⁰ it is in seconds, below 10¹³ in milliseconds, below 10¹⁶ in microseconds, otherwise in
 * nanoseconds. So seconds reach from 1970 to 2262, and the finer units from 1970-04-26 to 2262. Static functions;
 * thread-safe.
 */
final class TradeTime {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The first nanosecond that is out of range. */
    static final long END = Long.MAX_VALUE / NANOS_PER_SECOND * NANOS_PER_SECOND;

    private TradeTime() {}

    /** Nanoseconds since the epoch, or {@link EpochNanos#NOT_A_TIMESTAMP} or {@link EpochNanos#OUT_OF_RANGE}. */
    static long tryParse(CharSequence text) {
        if (text.length() > 4 && text.charAt(4) == '-') {
            return EpochNanos.tryParse(text);
        }
        if (text.length() > 1 && text.charAt(0) == '-') {
            long opposite = tryParseNumber(text.subSequence(1, text.length()));
            return opposite == EpochNanos.NOT_A_TIMESTAMP ? opposite : EpochNanos.OUT_OF_RANGE;
        }
        return tryParseNumber(text);
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

    /** A whole number of {@link #unit}s, in nanoseconds; or {@link EpochNanos#OUT_OF_RANGE}. */
    static long ofNumber(long value) {
        long unit = unit(value);
        return value > (END - 1) / unit ? EpochNanos.OUT_OF_RANGE : value * unit;
    }

    private static long tryParseNumber(CharSequence text) {
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
        return whole == EpochNanos.OUT_OF_RANGE ? whole : whole + fraction;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

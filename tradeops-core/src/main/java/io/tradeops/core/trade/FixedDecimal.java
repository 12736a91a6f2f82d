package io.tradeops.core.trade;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * Reads, writes and converts the fixed-point decimals of prices and quantities: a {@code long} in units of 10⁻⁸. A
 * value has at most 10 integer digits and 8 decimals, which is the range of SQL's {@code numeric(18,8)}. Reading never
 * rounds. All methods are static and thread-safe.
 *
 * <p>A decimal in text has the form that {@link BigDecimal#BigDecimal(String)} reads, in ASCII digits: an optional
 * sign, digits with an optional decimal point, and an optional exponent. An exponent of any size is read in the time
 * that its digits take.
 */
public final class FixedDecimal {

    /** The number of decimals of a value. */
    public static final int SCALE = 8;

    /** The number 1, in units. */
    public static final long ONE = 100_000_000L;

    /** The largest value, 9999999999.99999999, in units. */
    public static final long MAX_UNITS = 999_999_999_999_999_999L;

    /** The error of a text that is not a decimal. */
    public static final long NOT_A_NUMBER = Long.MIN_VALUE;

    /** The error of a number with a non-zero digit after the eighth decimal. */
    public static final long TOO_MANY_DECIMALS = Long.MIN_VALUE + 1;

    /** The error of a number with more than 10 integer digits. */
    public static final long TOO_LARGE = Long.MIN_VALUE + 2;

    /** The number of significant digits of the largest value. */
    static final int MAX_DIGITS = 18;

    static final int MAX_INTEGER_DIGITS = 10;

    /** A larger exponent is read as this one, because the value is out of range either way. */
    private static final int EXPONENT_BOUND = 1_000_000_000;

    private static final long[] POWERS_OF_TEN = new long[MAX_DIGITS + 1];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i <= MAX_DIGITS; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
        }
    }

    private FixedDecimal() {}

    /** Tells whether {@code units} is an error of {@link #tryParse} or {@link #tryOf} and not a value. */
    public static boolean isError(long units) {
        return units <= TOO_LARGE;
    }

    /**
     * Reads a decimal.
     *
     * @return the value in units
     * @throws NumberFormatException if the text is not a decimal in range; the message names the text and the reason
     */
    public static long parse(CharSequence text) {
        long units = tryParse(text);
        if (isError(units)) {
            throw new NumberFormatException(describeError(units) + ": " + abbreviate(text, 64));
        }
        return units;
    }

    /**
     * Converts a {@link BigDecimal} exactly.
     *
     * @return the value in units
     * @throws NumberFormatException if the value has more than 10 integer digits or 8 decimals
     */
    public static long of(BigDecimal value) {
        long units = tryOf(value);
        if (isError(units)) {
            throw new NumberFormatException(describeError(units));
        }
        return units;
    }

    /**
     * Converts a {@link BigDecimal} exactly. Throws no exception for any value.
     *
     * @return the value in units; or {@link #TOO_LARGE} or {@link #TOO_MANY_DECIMALS}
     */
    public static long tryOf(BigDecimal value) {
        if (value.signum() == 0) {
            return 0;
        }
        if ((long) value.precision() - value.scale() > MAX_INTEGER_DIGITS) {
            return TOO_LARGE;
        }
        BigDecimal exact = value.scale() > SCALE ? value.stripTrailingZeros() : value;
        if (exact.scale() > SCALE) {
            return TOO_MANY_DECIMALS;
        }
        return exact.setScale(SCALE, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
    }

    /**
     * Reads a decimal. Throws no exception for any text and allocates nothing.
     *
     * @return the value in units; or {@link #NOT_A_NUMBER}, {@link #TOO_LARGE} or {@link #TOO_MANY_DECIMALS}, for which
     *     {@link #isError} is true
     */
    public static long tryParse(CharSequence text) {
        if (text instanceof String string) {
            long units = PlainDecimal.tryParse(string);
            return units == PlainDecimal.NOT_PLAIN ? scan(string) : units;
        }
        return text instanceof ByteText bytes ? bytes.tryParseDecimal() : scan(text);
    }

    /**
     * Reads a decimal from ASCII bytes, as {@link #tryParse(CharSequence)} reads it from text. A byte that is not ASCII
     * is not part of a number. Allocates nothing for a number without sign and exponent.
     *
     * @param from the index of the first byte
     * @param to the index after the last byte
     * @return the value in units, or an error
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public static long tryParse(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        long units = PlainDecimal.tryParse(bytes, from, to);
        return units == PlainDecimal.NOT_PLAIN ? scan(new ByteText(bytes, from, to)) : units;
    }

    /** Writes a value as a plain decimal without trailing zeros: {@code 187.12}, {@code 100}, {@code 0.00000001}. */
    public static String toString(long units) {
        return toPlainString(toBigDecimal(units));
    }

    /** Converts a value to a {@link BigDecimal} of scale 8. */
    public static BigDecimal toBigDecimal(long units) {
        return BigDecimal.valueOf(units, SCALE);
    }

    /** Writes any decimal in plain notation without trailing zeros, as every TradeOps output writes numbers. */
    public static String toPlainString(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /**
     * Divides {@code numerator} · 10^-{@code scale} by {@code denominator}, as every TradeOps output divides.
     *
     * @param numerator the numerator, an integer in units of 10^-{@code scale}
     * @param denominator the denominator, an integer greater than 0
     * @param scale the number of decimals of the numerator
     * @return the quotient at scale 8, rounded once, {@code HALF_EVEN}
     */
    public static BigDecimal divide(BigInteger numerator, BigInteger denominator, int scale) {
        return new BigDecimal(numerator, scale).divide(new BigDecimal(denominator), SCALE, RoundingMode.HALF_EVEN);
    }

    private static String describeError(long error) {
        if (error == TOO_LARGE) {
            return "more than 10 integer digits";
        }
        return error == TOO_MANY_DECIMALS ? "more than 8 decimals" : "not a decimal number";
    }

    /** The first {@code length} characters of a text, for a message. A surrogate pair at the end is not cut in two. */
    static String abbreviate(CharSequence text, int length) {
        if (text.length() <= length) {
            return text.toString();
        }
        return text.subSequence(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length) + "…";
    }

    /** 10^exponent, for an exponent of 0 to 18. */
    static long powerOfTen(int exponent) {
        return POWERS_OF_TEN[exponent];
    }

    /** Reads a decimal in any form, character by character: with a sign, an exponent, any number of digits. */
    static long scan(CharSequence text) {
        int length = text.length();
        boolean signed = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+');
        int start = signed ? 1 : 0;
        int point = -1;
        int end = start;
        for (; end < length; end++) {
            char c = text.charAt(end);
            if (c == '.' && point < 0) {
                point = end;
            } else if (c < '0' || c > '9') {
                break;
            }
        }
        int digits = point < 0 ? end - start : end - start - 1;
        if (digits == 0) {
            return NOT_A_NUMBER;
        }
        long exponent = end == length ? 0 : scanExponent(text, end);
        if (exponent == NOT_A_NUMBER) {
            return NOT_A_NUMBER;
        }
        int decimals = point < 0 ? 0 : end - point - 1;
        long units = units(text, start, end, exponent - decimals);
        return signed && text.charAt(0) == '-' && units > 0 ? -units : units;
    }

    /**
     * The units of an integer times 10^exponent. The integer's digits are those from {@code start} to {@code end}; the
     * decimal point among them is skipped.
     */
    private static long units(CharSequence text, int start, int end, long exponent) {
        long mantissa = 0;
        int significant = 0;
        boolean excess = false;
        for (int at = start; at < end; at++) {
            char c = text.charAt(at);
            if (c == '.' || (c == '0' && significant == 0)) {
                continue;
            }
            significant++;
            if (significant <= MAX_DIGITS) {
                mantissa = mantissa * 10 + (c - '0');
            } else {
                excess |= c != '0';
            }
        }
        if (mantissa == 0) {
            return 0;
        }
        if (significant + exponent > MAX_INTEGER_DIGITS) {
            return TOO_LARGE;
        }
        if (excess) {
            return TOO_MANY_DECIMALS;
        }
        int leftOut = Math.max(0, significant - MAX_DIGITS);
        return shift(mantissa, exponent + leftOut + SCALE);
    }

    private static long scanExponent(CharSequence text, int start) {
        int at = start + 1;
        int length = text.length();
        if (text.charAt(start) != 'e' && text.charAt(start) != 'E') {
            return NOT_A_NUMBER;
        }
        boolean negative = false;
        if (at < length && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            negative = text.charAt(at) == '-';
            at++;
        }
        if (at == length) {
            return NOT_A_NUMBER;
        }
        long exponent = 0;
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (c < '0' || c > '9') {
                return NOT_A_NUMBER;
            }
            exponent = Math.min(exponent * 10 + (c - '0'), EXPONENT_BOUND);
        }
        return negative ? -exponent : exponent;
    }

    /** mantissa · 10^shift, which the caller knows not to be too large. */
    private static long shift(long mantissa, long shift) {
        if (shift >= 0) {
            return mantissa * powerOfTen((int) shift);
        }
        if (shift < -MAX_DIGITS || mantissa % powerOfTen((int) -shift) != 0) {
            return TOO_MANY_DECIMALS;
        }
        return mantissa / powerOfTen((int) -shift);
    }
}

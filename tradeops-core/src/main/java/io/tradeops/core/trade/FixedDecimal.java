package io.tradeops.core.trade;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * The fixed-point decimal of prices and quantities: a {@code long} of 10⁻⁸ units, at most 10 integer digits and 8
 * decimals, the range of {@code numeric(18,8)}. Nothing is ever rounded on the way in. Static functions; thread-safe.
 *
 * <p>Text is what {@link BigDecimal#BigDecimal(String)} reads, in ASCII digits: an optional sign, digits with an
 * optional point, an optional exponent. Exponents are bounded before any arithmetic.
 */
public final class FixedDecimal {

    /** Decimals of a unit. */
    public static final int SCALE = 8;

    /** The units of 1. */
    public static final long ONE = 100_000_000L;

    /** The largest value: 9999999999.99999999. */
    public static final long MAX_UNITS = 999_999_999_999_999_999L;

    /** {@link #tryParse} found no number. */
    public static final long NOT_A_NUMBER = Long.MIN_VALUE;

    /** {@link #tryParse} found a non-zero digit after the eighth decimal. */
    public static final long TOO_MANY_DECIMALS = Long.MIN_VALUE + 1;

    /** {@link #tryParse} found more than 10 integer digits. */
    public static final long TOO_LARGE = Long.MIN_VALUE + 2;

    /** The most significant digits that 10 integer digits and 8 decimals can have. */
    static final int MAX_DIGITS = 18;

    static final int MAX_INTEGER_DIGITS = 10;

    private static final long[] POWERS_OF_TEN = new long[MAX_DIGITS + 1];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i <= MAX_DIGITS; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
        }
    }

    private FixedDecimal() {}

    /** Whether {@code units} is one of {@link #tryParse}'s errors and not a value. */
    public static boolean isError(long units) {
        return units <= TOO_LARGE;
    }

    /**
     * Reads a decimal into units.
     *
     * @throws NumberFormatException naming the text and what is wrong with it
     */
    public static long parse(CharSequence text) {
        long units = tryParse(text);
        if (isError(units)) {
            throw new NumberFormatException(describeError(units) + ": " + abbreviate(text, 64));
        }
        return units;
    }

    /** Converts exactly.
     *
     * @throws NumberFormatException if the value has more than 10 integer digits or 8 decimals */
    public static long of(BigDecimal value) {
        long units = tryOf(value);
        if (isError(units)) {
            throw new NumberFormatException(describeError(units));
        }
        return units;
    }

    /** Converts exactly and without exceptions: the units, or {@link #TOO_LARGE} or {@link #TOO_MANY_DECIMALS}. */
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
     * Reads a decimal into units without exceptions: the units, or an error that {@link #isError} tells. Allocates
     * nothing.
     */
    public static long tryParse(CharSequence text) {
        if (text instanceof String string) {
            long units = PlainDecimal.tryParse(string);
            return units == PlainDecimal.NOT_PLAIN ? DecimalScan.tryParse(string) : units;
        }
        return text instanceof ByteText bytes ? bytes.tryParseDecimal() : DecimalScan.tryParse(text);
    }

    /**
     * Reads a decimal from bytes {@code from} (inclusive) to {@code to} (exclusive), as {@link #tryParse(CharSequence)}
     * reads it from text. A byte that isn't ASCII is no part of a number. Allocates nothing for a number without sign
     * and exponent.
     *
     * @throws IndexOutOfBoundsException if the range is not within the bytes
     */
    public static long tryParse(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        long units = PlainDecimal.tryParse(bytes, from, to);
        return units == PlainDecimal.NOT_PLAIN ? DecimalScan.tryParse(new ByteText(bytes, from, to)) : units;
    }

    /** The value as a plain decimal without trailing zeros: {@code 187.12}, {@code 100}, {@code 0.00000001}. */
    public static String toString(long units) {
        return toPlainString(toBigDecimal(units));
    }

    /** The value, scale 8. */
    public static BigDecimal toBigDecimal(long units) {
        return BigDecimal.valueOf(units, SCALE);
    }

    /** Any decimal in plain notation without trailing zeros: how every TradeOps output writes numbers. */
    public static String toPlainString(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** The quotient at scale 8, rounded once, {@code HALF_EVEN}: how every TradeOps output divides.
     *
     * @param numerator in units of 10^-{@code scale}
     * @param denominator greater than 0, a plain integer
     * @param scale decimals of the numerator over those of the denominator */
    public static BigDecimal divide(BigInteger numerator, BigInteger denominator, int scale) {
        return new BigDecimal(numerator, scale).divide(new BigDecimal(denominator), SCALE, RoundingMode.HALF_EVEN);
    }

    private static String describeError(long error) {
        if (error == TOO_LARGE) {
            return "more than 10 integer digits";
        }
        return error == TOO_MANY_DECIMALS ? "more than 8 decimals" : "not a decimal number";
    }

    /** A text short enough for a message: the first characters of what a sender gave, none of them cut in two. */
    static String abbreviate(CharSequence text, int length) {
        if (text.length() <= length) {
            return text.toString();
        }
        return text.subSequence(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length) + "…";
    }

    /** 10^exponent, for 0 to 18. */
    static long powerOfTen(int exponent) {
        return POWERS_OF_TEN[exponent];
    }
}

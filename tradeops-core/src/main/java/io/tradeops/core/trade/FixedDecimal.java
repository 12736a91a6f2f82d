package io.tradeops.core.trade;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

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
    private static final int MAX_DIGITS = 18;

    private static final int MAX_INTEGER_DIGITS = 10;

    /** Exponents are read up to here; whatever lies beyond is as far out of range. */
    private static final int EXPONENT_BOUND = 1_000_000_000;

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
            throw new NumberFormatException(describeError(units) + ": " + abbreviate(text));
        }
        return units;
    }

    /** Converts exactly.
     *
     * @throws NumberFormatException if the value has more than 10 integer digits or 8 decimals */
    public static long of(BigDecimal value) {
        BigDecimal exact = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        if ((long) exact.precision() - exact.scale() > MAX_INTEGER_DIGITS) {
            throw new NumberFormatException(describeError(TOO_LARGE));
        }
        if (exact.scale() > SCALE) {
            throw new NumberFormatException(describeError(TOO_MANY_DECIMALS));
        }
        return exact.setScale(SCALE, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
    }

    /** Reads a decimal into units without exceptions: the units, or an error that {@link #isError} tells. */
    public static long tryParse(CharSequence text) {
        int length = text.length();
        int at = 0;
        boolean negative = false;
        if (length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
            negative = text.charAt(0) == '-';
            at = 1;
        }
        long mantissa = 0;
        int digits = 0;
        int significant = 0;
        int decimals = 0;
        int pastCapacity = 0;
        boolean excess = false;
        boolean point = false;
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (c == '.' && !point) {
                point = true;
                continue;
            }
            if (c < '0' || c > '9') {
                break;
            }
            digits++;
            decimals += point ? 1 : 0;
            if (c == '0' && significant == 0) {
                continue;
            }
            significant++;
            if (significant <= MAX_DIGITS) {
                mantissa = mantissa * 10 + (c - '0');
            } else {
                pastCapacity++;
                excess |= c != '0';
            }
        }
        if (digits == 0) {
            return NOT_A_NUMBER;
        }
        long exponent = 0;
        if (at < length) {
            exponent = tryParseExponent(text, at);
            if (exponent == NOT_A_NUMBER) {
                return NOT_A_NUMBER;
            }
        }
        if (mantissa == 0) {
            return 0;
        }
        if (significant + exponent - decimals > MAX_INTEGER_DIGITS) {
            return TOO_LARGE;
        }
        if (excess) {
            return TOO_MANY_DECIMALS;
        }
        long units = shift(mantissa, exponent - decimals + pastCapacity + SCALE);
        return negative && units > 0 ? -units : units;
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

    static String describeError(long error) {
        if (error == TOO_LARGE) {
            return "more than 10 integer digits";
        }
        return error == TOO_MANY_DECIMALS ? "more than 8 decimals" : "not a decimal number";
    }

    /** A text short enough for a message: the first 64 characters of what a sender gave. */
    static String abbreviate(CharSequence text) {
        return text.length() <= 64 ? text.toString() : text.subSequence(0, 64) + "…";
    }

    private static long tryParseExponent(CharSequence text, int start) {
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

    /** mantissa · 10^shift, known not to be too large. */
    private static long shift(long mantissa, long shift) {
        if (shift >= 0) {
            return mantissa * POWERS_OF_TEN[(int) shift];
        }
        if (shift < -MAX_DIGITS || mantissa % POWERS_OF_TEN[(int) -shift] != 0) {
            return TOO_MANY_DECIMALS;
        }
        return mantissa / POWERS_OF_TEN[(int) -shift];
    }
}

package io.tradeops.core.trade;

/**
 * Reads every form of a decimal, character by character: signs, exponents, any number of digits. Static functions;
 * thread-safe; allocates nothing.
 */
final class DecimalScan {

    /** Exponents are read up to here; whatever lies beyond is as far out of range. */
    private static final int EXPONENT_BOUND = 1_000_000_000;

    private DecimalScan() {}

    static long tryParse(CharSequence text) {
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
            if (significant <= FixedDecimal.MAX_DIGITS) {
                mantissa = mantissa * 10 + (c - '0');
            } else {
                pastCapacity++;
                excess |= c != '0';
            }
        }
        if (digits == 0) {
            return FixedDecimal.NOT_A_NUMBER;
        }
        long exponent = 0;
        if (at < length) {
            exponent = tryParseExponent(text, at);
            if (exponent == FixedDecimal.NOT_A_NUMBER) {
                return FixedDecimal.NOT_A_NUMBER;
            }
        }
        if (mantissa == 0) {
            return 0;
        }
        if (significant + exponent - decimals > FixedDecimal.MAX_INTEGER_DIGITS) {
            return FixedDecimal.TOO_LARGE;
        }
        if (excess) {
            return FixedDecimal.TOO_MANY_DECIMALS;
        }
        long units = shift(mantissa, exponent - decimals + pastCapacity + FixedDecimal.SCALE);
        return negative && units > 0 ? -units : units;
    }

    private static long tryParseExponent(CharSequence text, int start) {
        int at = start + 1;
        int length = text.length();
        if (text.charAt(start) != 'e' && text.charAt(start) != 'E') {
            return FixedDecimal.NOT_A_NUMBER;
        }
        boolean negative = false;
        if (at < length && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            negative = text.charAt(at) == '-';
            at++;
        }
        if (at == length) {
            return FixedDecimal.NOT_A_NUMBER;
        }
        long exponent = 0;
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (c < '0' || c > '9') {
                return FixedDecimal.NOT_A_NUMBER;
            }
            exponent = Math.min(exponent * 10 + (c - '0'), EXPONENT_BOUND);
        }
        return negative ? -exponent : exponent;
    }

    /** mantissa · 10^shift, known not to be too large. */
    private static long shift(long mantissa, long shift) {
        if (shift >= 0) {
            return mantissa * FixedDecimal.powerOfTen((int) shift);
        }
        if (shift < -FixedDecimal.MAX_DIGITS || mantissa % FixedDecimal.powerOfTen((int) -shift) != 0) {
            return FixedDecimal.TOO_MANY_DECIMALS;
        }
        return mantissa / FixedDecimal.powerOfTen((int) -shift);
    }
}

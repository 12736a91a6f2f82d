package io.tradeops.core.trade;

/**
 * Reads a decimal in any form, character by character: with a sign, an exponent, any number of digits. Static
 * functions; thread-safe; allocates nothing.
 */
final class DecimalScan {

    /** A larger exponent is read as this one, because the value is out of range either way. */
    private static final int EXPONENT_BOUND = 1_000_000_000;

    private DecimalScan() {}

    static long tryParse(CharSequence text) {
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
            return FixedDecimal.NOT_A_NUMBER;
        }
        long exponent = end == length ? 0 : tryParseExponent(text, end);
        if (exponent == FixedDecimal.NOT_A_NUMBER) {
            return FixedDecimal.NOT_A_NUMBER;
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
            if (significant <= FixedDecimal.MAX_DIGITS) {
                mantissa = mantissa * 10 + (c - '0');
            } else {
                excess |= c != '0';
            }
        }
        if (mantissa == 0) {
            return 0;
        }
        if (significant + exponent > FixedDecimal.MAX_INTEGER_DIGITS) {
            return FixedDecimal.TOO_LARGE;
        }
        if (excess) {
            return FixedDecimal.TOO_MANY_DECIMALS;
        }
        int leftOut = Math.max(0, significant - FixedDecimal.MAX_DIGITS);
        return shift(mantissa, exponent + leftOut + FixedDecimal.SCALE);
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

    /** mantissa · 10^shift, which the caller knows not to be too large. */
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

package blackbox.trade;

import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A slow, obvious reference for reading decimals: a regular expression and {@link BigDecimal}. */
final class DecimalReference {

    private static final Pattern DECIMAL =
            Pattern.compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))(?:[eE]([+-]?[0-9]+))?", Pattern.DOTALL);
    private static final BigInteger EXPONENT_BOUND = BigInteger.valueOf(10_000);
    private static final BigDecimal TEN_DIGITS = BigDecimal.TEN.pow(10);

    private DecimalReference() {}

    /** The units of a text, or the error. The text must be shorter than the bound of the exponents. */
    static long units(String text) {
        Matcher matcher = DECIMAL.matcher(text);
        if (!matcher.matches()) {
            return FixedDecimal.NOT_A_NUMBER;
        }
        BigDecimal value = new BigDecimal(matcher.group(1));
        if (value.signum() == 0) {
            return 0;
        }
        if (matcher.group(2) != null) {
            BigInteger exponent = new BigInteger(matcher.group(2));
            value = value.scaleByPowerOfTen(
                    exponent.min(EXPONENT_BOUND).max(EXPONENT_BOUND.negate()).intValue());
        }
        if (value.abs().compareTo(TEN_DIGITS) >= 0) {
            return FixedDecimal.TOO_LARGE;
        }
        BigDecimal units = value.movePointRight(FixedDecimal.SCALE).stripTrailingZeros();
        return units.scale() > 0 ? FixedDecimal.TOO_MANY_DECIMALS : units.longValueExact();
    }
}

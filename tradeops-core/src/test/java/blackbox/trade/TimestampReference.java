package blackbox.trade;

import io.tradeops.core.trade.EpochNanos;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A slow, obvious reference for reading timestamps: a regular expression and {@link LocalDateTime}. */
final class TimestampReference {

    private static final Pattern RFC_3339 = Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(\\.[0-9]+)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))",
            Pattern.DOTALL);
    private static final BigDecimal LAST = new BigDecimal("9223372036");

    private TimestampReference() {}

    /** The nanoseconds of a text, or the error. */
    static long nanos(String text) {
        Matcher matcher = RFC_3339.matcher(text);
        if (!matcher.matches() || matcher.group(2).startsWith("24")) {
            return EpochNanos.NOT_A_TIMESTAMP;
        }
        try {
            BigDecimal fraction = new BigDecimal(matcher.group(3) == null ? "0" : "0" + matcher.group(3));
            long nanos = fraction.movePointRight(9).longValueExact();
            BigDecimal seconds = BigDecimal.valueOf(LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2))
                            .toEpochSecond(ZoneOffset.UTC)
                    - offsetSeconds(matcher));
            return seconds.signum() < 0 || seconds.compareTo(LAST) >= 0
                    ? EpochNanos.OUT_OF_RANGE
                    : seconds.movePointRight(9).longValueExact() + nanos;
        } catch (DateTimeException | ArithmeticException e) {
            return EpochNanos.NOT_A_TIMESTAMP;
        }
    }

    private static long offsetSeconds(Matcher matcher) {
        if (matcher.group(4) == null) {
            return 0;
        }
        int hours = Integer.parseInt(matcher.group(5));
        int minutes = Integer.parseInt(matcher.group(6));
        if (hours > 23 || minutes > 59) {
            throw new DateTimeException("offset");
        }
        return (matcher.group(4).equals("-") ? -60L : 60L) * (hours * 60 + minutes);
    }
}

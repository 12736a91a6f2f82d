package io.tradeops.app.cli;

import io.tradeops.app.access.Scope;
import io.tradeops.app.config.SettingText;
import io.tradeops.app.key.ApiKeyRepository;
import io.tradeops.core.trade.Ticker;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converters for the values of options and parameters. Their error messages have the value and what it should be;
 * picocli adds the option's name. Static functions and converters without state; thread-safe.
 */
final class Values {

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final double MAX_SPEED = 1_000_000;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Values() {}

    /** Whether a text has the form YYYY-MM-DD; the date may not exist. */
    static boolean looksLikeDate(String text) {
        return DATE.matcher(text).matches();
    }

    private static TypeConversionException refusal(String text, String problem) {
        return new TypeConversionException("'" + text + "' " + problem);
    }

    /** Reads a day. */
    static final class DateConverter implements ITypeConverter<LocalDate> {

        DateConverter() {}

        @Override
        public LocalDate convert(String text) {
            try {
                if (looksLikeDate(text)) {
                    return LocalDate.parse(text);
                }
            } catch (DateTimeException e) {
                // the month or day does not exist
            }
            throw refusal(text, "is not a date (YYYY-MM-DD)");
        }
    }

    /** Reads a positive whole number. */
    static final class PositiveConverter implements ITypeConverter<Long> {

        PositiveConverter() {}

        @Override
        public Long convert(String text) {
            return positive(text, Long.MAX_VALUE);
        }
    }

    /** Reads a number of threads. */
    static final class ThreadsConverter implements ITypeConverter<Integer> {

        private static final int MOST = 1_024;

        ThreadsConverter() {}

        @Override
        public Integer convert(String text) {
            return (int) positive(text, MOST);
        }
    }

    private static long positive(String text, long most) {
        try {
            long value = Long.parseLong(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw refusal(text, "is not a whole number from 1 to " + most);
    }

    /** Reads a speed: how many times faster than in real time. */
    static final class SpeedConverter implements ITypeConverter<Double> {

        SpeedConverter() {}

        @Override
        public Double convert(String text) {
            try {
                double speed = new BigDecimal(text).doubleValue();
                if (speed > 0 && speed <= MAX_SPEED) {
                    return speed;
                }
            } catch (NumberFormatException e) {
                // reported below
            }
            throw refusal(text, "is not a number above 0 and at most 1000000");
        }
    }

    /** Reads a ratio. */
    static final class RatioConverter implements ITypeConverter<BigDecimal> {

        RatioConverter() {}

        @Override
        public BigDecimal convert(String text) {
            try {
                return SettingText.ratio(text);
            } catch (IllegalArgumentException e) {
                throw refusal(text, "is not a number from 0 to 1 with at most 18 decimals");
            }
        }
    }

    /** Reads a ticker. */
    static final class TickerConverter implements ITypeConverter<String> {

        TickerConverter() {}

        @Override
        public String convert(String text) {
            if (!Ticker.isValid(text)) {
                throw refusal(text, "is not a ticker (" + Ticker.PATTERN + ")");
            }
            return text;
        }
    }

    /** Reads a zone. */
    static final class ZoneConverter implements ITypeConverter<ZoneId> {

        ZoneConverter() {}

        @Override
        public ZoneId convert(String text) {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw refusal(text, "is not a zone (UTC, +01:00, America/New_York)");
            }
        }
    }

    /** Reads what separates the columns of a file. */
    static final class DelimiterConverter implements ITypeConverter<Character> {

        DelimiterConverter() {}

        @Override
        public Character convert(String text) {
            String character = text.equals("tab") || text.equals("\\t") ? "\t" : text;
            if (character.length() != 1 || ",;\t|".indexOf(character) < 0) {
                throw refusal(text, "is not a comma, ';', tab or '|'");
            }
            return character.charAt(0);
        }
    }

    /** Reads a file's name. */
    static final class FileConverter implements ITypeConverter<Path> {

        FileConverter() {}

        @Override
        public Path convert(String text) {
            if (text.isEmpty()) {
                throw refusal(text, "is not a file's name");
            }
            return Path.of(text);
        }
    }

    /** Reads a feed's address. */
    static final class FeedUrlConverter implements ITypeConverter<URI> {

        FeedUrlConverter() {}

        @Override
        public URI convert(String text) {
            return SettingText.feedAddress(text)
                    .orElseThrow(() -> refusal(text, "is not a feed's address (ws://HOST… or wss://HOST…)"));
        }
    }

    /** Reads a key's name. */
    static final class KeyNameConverter implements ITypeConverter<String> {

        KeyNameConverter() {}

        @Override
        public String convert(String text) {
            if (!ApiKeyRepository.isName(text)) {
                throw refusal(text, "is not a name (1 to 64 characters, no control characters)");
            }
            return text;
        }
    }

    /** Reads a scope. */
    static final class ScopeConverter implements ITypeConverter<Scope> {

        ScopeConverter() {}

        @Override
        public Scope convert(String text) {
            try {
                return Scope.of(text);
            } catch (IllegalArgumentException e) {
                throw refusal(text, "is not a scope (read, write or admin)");
            }
        }
    }

    /** When a key expires: at a time, or so long after its creation. */
    @FunctionalInterface
    interface Expiry {

        /** The time at which a key expires that is created now. */
        Instant of(Instant now);
    }

    /** Reads when a key expires. */
    static final class ExpiryConverter implements ITypeConverter<Expiry> {

        ExpiryConverter() {}

        @Override
        public Expiry convert(String text) {
            Instant now = Instant.now();
            try {
                Expiry expiry = read(text);
                Instant time = expiry.of(now);
                if (!time.isAfter(now)) {
                    throw refusal(text, "is not in the future");
                }
                if (time.isAfter(LATEST)) {
                    throw refusal(text, "is after the year 9999");
                }
                return expiry;
            } catch (DateTimeException | ArithmeticException e) {
                throw refusal(
                        text,
                        "is neither a date (2027-01-31), a timestamp (2027-01-31T12:00:00Z) nor a duration (P90D)");
            }
        }

        private static Expiry read(String text) {
            if (text.startsWith("P")) {
                Duration duration = Duration.parse(text);
                return now -> now.plus(duration);
            }
            Instant time = looksLikeDate(text)
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            return now -> time;
        }
    }
}

package io.tradeops.app.rest;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.Ticker;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a request's query parameters, and reports all their errors at once. Not thread-safe. */
public final class QueryParameters {

    private static final int DEFAULT_LIMIT = 1_000;
    static final int MAX_LIMIT = 10_000;
    private static final int MAX_TICKERS = 100;
    private static final Instant MIN_TIME = Instant.EPOCH;
    private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** The last year that fits whole in 64-bit nanoseconds since 1970. */
    private static final String LAST_YEAR = "2261";

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

    /** An offset whose plus sign a URL turned into a space. */
    private static final Pattern UNESCAPED_PLUS = Pattern.compile(" (?=\\d{2}:\\d{2}$)");

    private final UriInfo uri;
    private final List<InputError> errors = new ArrayList<>();

    private QueryParameters(UriInfo uri) {
        this.uri = uri;
    }

    /** Reads {@code ticker}, {@code from}, {@code to}, {@code order}, {@code limit} and {@code cursor}.
     *
     * @throws ProblemException 422 with every error; 400 for a cursor that is not from this server */
    public static ListQuery list(UriInfo uri) {
        QueryParameters parameters = new QueryParameters(uri);
        List<String> tickers = parameters.tickers();
        Instant from = parameters.time("from", false);
        Instant to = parameters.time("to", true);
        if (from.isAfter(to) && parameters.errors.isEmpty()) {
            parameters.fail(
                    "from",
                    "reversed_range",
                    "from must not be after to: " + parameters.text("from").orElse("") + ", "
                            + parameters.text("to").orElse(""));
        }
        boolean descending = parameters.descending();
        int limit = parameters.limit();
        Optional<String> cursor = parameters.text("cursor");
        parameters.throwErrors();
        return new ListQuery(tickers, from, to, descending, limit, cursor.map(Cursor::decode));
    }

    /** Whether the request has {@code limit}. */
    public static boolean isLimited(UriInfo uri) {
        return uri.getQueryParameters().containsKey("limit");
    }

    /** Reads {@code ticker}.
     *
     * @throws ProblemException 422 if one is invalid */
    public static List<String> tickers(UriInfo uri) {
        QueryParameters parameters = new QueryParameters(uri);
        List<String> tickers = parameters.tickers();
        parameters.throwErrors();
        return tickers;
    }

    /** Reads {@code date}, which is required.
     *
     * @throws ProblemException 422 if it is missing or not a date */
    public static LocalDate date(UriInfo uri) {
        QueryParameters parameters = new QueryParameters(uri);
        Optional<String> text = parameters.text("date");
        if (text.isEmpty()) {
            parameters.fail("date", "required", "date is required, such as date=2026-11-20");
        }
        Optional<LocalDate> date = text.flatMap(parameters::dateOf);
        if (text.isPresent() && date.isEmpty()) {
            parameters.fail(
                    "date",
                    "invalid_date",
                    "date must be a date of 1970 to 9999, such as 2026-11-20: '" + InputError.shown(text.get()) + "'");
        }
        parameters.throwErrors();
        return date.orElseThrow();
    }

    private List<String> tickers() {
        List<String> tickers = uri.getQueryParameters().getOrDefault("ticker", List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .distinct()
                .toList();
        if (tickers.size() > MAX_TICKERS) {
            fail("ticker", "too_many_tickers", "at most " + MAX_TICKERS + " tickers can be asked for at once");
            return List.of();
        }
        for (String ticker : tickers) {
            if (!Ticker.isValid(ticker)) {
                fail(
                        "ticker",
                        "invalid_ticker",
                        "ticker must match " + Ticker.PATTERN + ": '" + InputError.shown(ticker) + "'");
            }
        }
        return tickers;
    }

    /** An instant, or a date that stands for its first or last microsecond. */
    private Instant time(String name, boolean endOfDay) {
        Optional<String> given = text(name);
        if (given.isEmpty()) {
            return endOfDay ? MAX_TIME : MIN_TIME;
        }
        String text = UNESCAPED_PLUS.matcher(given.get()).replaceFirst("+");
        Optional<LocalDate> date = dateOf(text);
        if (date.isPresent()) {
            Instant start = date.get().atStartOfDay(ZoneOffset.UTC).toInstant();
            return endOfDay ? start.plus(Duration.ofDays(1)).minusNanos(1_000) : start;
        }
        long nanos = EpochNanos.tryParse(text);
        if (nanos == EpochNanos.OUT_OF_RANGE && text.compareTo(LAST_YEAR) > 0) {
            return MAX_TIME; // such as the end of the year 9999: later than any trade
        }
        if (nanos < 0) {
            fail(
                    name,
                    nanos == EpochNanos.OUT_OF_RANGE ? "out_of_range" : "invalid_timestamp",
                    name
                            + (EpochNanos.isLeapSecond(text)
                                    ? " must not be in a leap second"
                                    : " must be a date (2026-11-20) or an RFC 3339 timestamp (2026-11-20T14:30:00Z) from 1970 on")
                            + ": '" + InputError.shown(text) + "'");
            return MIN_TIME;
        }
        if (nanos % 1_000 != 0) {
            fail(
                    name,
                    "timestamp_too_precise",
                    name + " must not be finer than a microsecond: '" + InputError.shown(text) + "'");
        }
        return EpochNanos.toInstant(nanos);
    }

    private Optional<LocalDate> dateOf(String text) {
        if (!DATE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(text);
            return date.getYear() < 1970 ? Optional.empty() : Optional.of(date);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private boolean descending() {
        String order = text("order").orElse("asc");
        if (!order.equals("asc") && !order.equals("desc")) {
            fail("order", "invalid_order", "order must be asc or desc: '" + InputError.shown(order) + "'");
        }
        return order.equals("desc");
    }

    private int limit() {
        String text = text("limit").orElse(String.valueOf(DEFAULT_LIMIT));
        int limit = DIGITS.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            fail("limit", "out_of_range", "limit must be 1 to " + MAX_LIMIT + ": '" + InputError.shown(text) + "'");
        }
        return limit;
    }

    private Optional<String> text(String name) {
        List<String> values = uri.getQueryParameters().getOrDefault(name, List.of());
        if (values.size() > 1) {
            fail(
                    name,
                    "repeated",
                    name + " must be given once: '" + InputError.shown(String.join("', '", values)) + "'");
        }
        return values.stream().findFirst();
    }

    private void fail(String parameter, String code, String detail) {
        InputError error = InputError.inParameter(parameter, code, detail);
        if (!errors.contains(error)) {
            errors.add(error);
        }
    }

    private void throwErrors() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }
}

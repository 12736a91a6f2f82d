package io.tradeops.app.alert;

import io.tradeops.app.rest.ProblemException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts a client of the stream receives. Immutable.
 *
 * @param tickers the tickers of these alerts; empty for all tickers
 * @param after the number of the last alert that the client received; empty for a new client
 */
record AlertSubscription(List<String> tickers, OptionalLong after) {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    AlertSubscription {
        tickers = List.copyOf(tickers);
    }

    /** Reads a client's request.
     *
     * @param lastEventId the value of {@code Last-Event-ID}; null or blank for a new client
     * @throws ProblemException 400 if the id is not a number of up to 18 digits */
    static AlertSubscription of(List<String> tickers, @Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return new AlertSubscription(tickers, OptionalLong.empty());
        }
        if (!NUMBER.matcher(lastEventId).matches()) {
            throw ProblemException.unreadable("Last-Event-ID is not from this server; start again without it");
        }
        return new AlertSubscription(tickers, OptionalLong.of(Long.parseLong(lastEventId)));
    }

    /** Whether the client receives an alert. */
    boolean includes(Alert alert) {
        return tickers.isEmpty() || tickers.contains(alert.ticker());
    }
}

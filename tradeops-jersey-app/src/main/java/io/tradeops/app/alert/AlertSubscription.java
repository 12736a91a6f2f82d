package io.tradeops.app.alert;

import io.tradeops.app.rest.ProblemException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts a client of the stream wants. Immutable.
 *
 * @param tickers of which tickers; empty for all
 * @param after the number of the last alert that it has, if it had one
 */
record AlertSubscription(List<String> tickers, OptionalLong after) {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    AlertSubscription {
        tickers = List.copyOf(tickers);
    }

    /** Reads what a client sends.
     *
     * @throws ProblemException 400 if the id is none that the stream sends */
    static AlertSubscription of(List<String> tickers, @Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return new AlertSubscription(tickers, OptionalLong.empty());
        }
        if (!NUMBER.matcher(lastEventId).matches()) {
            throw ProblemException.unreadable("Last-Event-ID is not one of this server's; start again without it");
        }
        return new AlertSubscription(tickers, OptionalLong.of(Long.parseLong(lastEventId)));
    }

    boolean wants(Alert alert) {
        return tickers.isEmpty() || tickers.contains(alert.ticker());
    }
}

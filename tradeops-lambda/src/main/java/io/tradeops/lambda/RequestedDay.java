package io.tradeops.lambda;

import io.tradeops.core.csv.DailyTradeFile;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Parses the day that a caller requests. Immutable.
 *
 * @param prefix the prefix of the keys: empty, or ends in a slash
 */
record RequestedDay(String prefix) {

    private static final int MAX_ECHO = 64;

    /** @throws IllegalArgumentException if the text is not a day, naming the text */
    DailyTradeFile parse(String text) {
        try {
            return new DailyTradeFile(prefix, LocalDate.parse(text));
        } catch (DateTimeException | IllegalArgumentException e) {
            String echo = text.length() <= MAX_ECHO ? text : text.substring(0, MAX_ECHO) + "…";
            throw new IllegalArgumentException("date must be YYYY-MM-DD, of the years 1970 to 9999: '" + echo + "'", e);
        }
    }
}

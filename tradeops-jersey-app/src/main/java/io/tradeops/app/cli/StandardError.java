package io.tradeops.app.cli;

import io.tradeops.core.trade.ForeignText;

/**
 * Standard error, for progress and messages. A message may hold the text of files, feeds and databases, so whatever a
 * terminal would obey is escaped. Static functions; thread-safe.
 */
final class StandardError {

    private static final int MAX_CHARACTERS = 4_000;

    private StandardError() {}

    /** Prints a message in one line. */
    static void println(String message) {
        System.err.println(escaped(message));
    }

    /** A message as it is printed. */
    static String escaped(String message) {
        return ForeignText.escaped(message, MAX_CHARACTERS);
    }
}

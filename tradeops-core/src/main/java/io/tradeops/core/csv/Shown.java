package io.tradeops.core.csv;

import io.tradeops.core.trade.ForeignText;

/** Text from a file, for messages: short, and without anything that a terminal or a log would obey. Static functions. */
final class Shown {

    private Shown() {}

    /** A text as {@link ForeignText#escaped(String)}. */
    static String text(String text) {
        return ForeignText.escaped(text);
    }

    /** A text in single quotes. */
    static String quoted(String text) {
        return "'" + text(text) + "'";
    }
}

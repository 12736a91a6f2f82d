package io.tradeops.core.csv;

import io.tradeops.core.trade.ForeignText;
import java.io.IOException;

/** Thrown if a file as a whole is not a valid CSV file of trades. The message names the line. */
public final class TradeCsvException extends IOException {

    private static final long serialVersionUID = 1;

    private final long line;

    TradeCsvException(long line, String problem) {
        super("line " + line + ": " + problem);
        this.line = line;
    }

    /** A problem of packed data, whose line is not known where it is found. */
    TradeCsvException(String problem) {
        super(problem);
        line = 0;
    }

    /** This problem, at a line if its line is not known. */
    TradeCsvException atLine(long place) {
        return line > 0 ? this : new TradeCsvException(place, String.valueOf(getMessage()));
    }

    /** Returns the line of the problem, counted from 1. In a row of several lines it is the first line of the row. */
    public long line() {
        return line;
    }

    /** A text from a file in single quotes, for messages: short, and without what a terminal or a log would obey. */
    static String quoted(String text) {
        return "'" + ForeignText.escaped(text) + "'";
    }
}

package io.tradeops.core.csv;

import java.io.IOException;

/** Thrown if a file as a whole is not a valid CSV file of trades. The message names the line. */
public final class TradeCsvException extends IOException {

    private static final long serialVersionUID = 1;

    private final long line;

    TradeCsvException(long line, String problem) {
        super("line " + line + ": " + problem);
        this.line = line;
    }

    /** Returns the line of the problem, counted from 1. In a row of several lines it is the first line of the row. */
    public long line() {
        return line;
    }
}

package io.tradeops.core.csv;

import java.io.IOException;

/** A file is not a trades CSV file as a whole, so there is no analysis. The message names the line. */
public final class TradeCsvException extends IOException {

    private static final long serialVersionUID = 1;

    private final long line;

    TradeCsvException(long line, String problem) {
        super("line " + line + ": " + problem);
        this.line = line;
    }

    /** The line at which the problem was found, counted from 1; in a row of several lines, the row's first. */
    public long line() {
        return line;
    }
}

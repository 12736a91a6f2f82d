package io.tradeops.core.csv;

/**
 * A row that is not a trade. Immutable.
 *
 * @param line the line on which the row starts, counted from 1, the header included
 * @param reason why it is not a trade
 * @param row the row's first {@value #MAX_CHARACTERS} characters (code points) as they stand in the file; bytes that
 *     are not UTF-8 became U+FFFD
 */
public record RejectedRow(long line, RejectReason reason, String row) {

    /** How many characters of a row are kept. */
    public static final int MAX_CHARACTERS = 200;
}

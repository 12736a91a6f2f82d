package io.tradeops.core.csv;

import java.util.List;

/**
 * A row that is not a trade. Immutable.
 *
 * <p>{@link TradeCsvReader} gives every reason, the timestamp and the trade id. {@link TradeCsvAnalyzer} stops at the
 * first reason, and gives neither timestamp nor trade id.
 *
 * @param line the line on which the row starts; the first line of the file, which may be a header, is 1
 * @param reasons the reasons why the row is not a trade, at least one: the shape of the row, or one reason for each
 *     invalid field
 * @param row the first {@value #MAX_CHARACTERS} characters (code points) of the row, unchanged; bytes that are not
 *     UTF-8 become U+FFFD
 * @param epochNanos the timestamp, in nanoseconds since 1970-01-01T00:00:00Z, or {@link TradeRow#NO_TIMESTAMP} if the
 *     row has no valid timestamp
 * @param tradeId the column {@code trade_id}; empty if there is none
 */
public record RejectedRow(long line, List<RejectReason> reasons, String row, long epochNanos, String tradeId) {

    /** The largest number of characters in {@link #row}. */
    public static final int MAX_CHARACTERS = 200;

    /**
     * Copies the reasons.
     *
     * @throws IllegalArgumentException if there is no reason
     */
    public RejectedRow {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("reasons must not be empty");
        }
    }

    /** Creates a row with one reason, without timestamp and trade id. */
    public RejectedRow(long line, RejectReason reason, String row) {
        this(line, List.of(reason), row, TradeRow.NO_TIMESTAMP, "");
    }

    /** Tells whether the row has a valid timestamp. */
    public boolean hasTimestamp() {
        return epochNanos != TradeRow.NO_TIMESTAMP;
    }

    /** Returns the first reason, by which rows are counted. */
    public RejectReason reason() {
        return reasons.get(0);
    }
}

package io.tradeops.core.csv;

import java.util.List;

/**
 * A row that is not a trade. Immutable.
 *
 * @param line the line on which the row starts, counted from 1, the header included
 * @param reasons why it is not a trade, at least one: the row's shape, or what is wrong with each field; from
 *     {@link TradeCsvAnalyzer}, which looks no further, the first of them only
 * @param row the row's first {@value #MAX_CHARACTERS} characters (code points) as they stand in the file; bytes that
 *     are not UTF-8 became U+FFFD
 * @param epochNanos its timestamp, for who has bounds of their own to check, or {@link TradeRow#NO_TIMESTAMP} if it has
 *     none that can be read; {@link TradeCsvAnalyzer} looks for none
 * @param tradeId its column {@code trade_id} likewise, empty if there is none
 */
public record RejectedRow(long line, List<RejectReason> reasons, String row, long epochNanos, String tradeId) {

    /** How many characters of a row are kept. */
    public static final int MAX_CHARACTERS = 200;

    /** Copies the reasons.
     *
     * @throws IllegalArgumentException if there are none */
    public RejectedRow {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("a rejected row has a reason");
        }
    }

    /** A row that is rejected for one reason, and was looked at no further. */
    public RejectedRow(long line, RejectReason reason, String row) {
        this(line, List.of(reason), row, TradeRow.NO_TIMESTAMP, "");
    }

    /** Whether the row says, in a way that can be read, when the trade was executed. */
    public boolean hasTimestamp() {
        return epochNanos != TradeRow.NO_TIMESTAMP;
    }

    /** The first reason, by which rows are counted. */
    public RejectReason reason() {
        return reasons.get(0);
    }
}

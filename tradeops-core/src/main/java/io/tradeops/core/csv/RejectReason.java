package io.tradeops.core.csv;

import java.util.Locale;

/** Why a row of a trades file is not a trade. A row has one reason: the first of these that applies. */
public enum RejectReason {
    /** The row, in any of its columns, is not UTF-8. */
    INVALID_UTF8,
    /** Something stands between a field's closing quote and the next comma or line break. */
    MISPLACED_QUOTE,
    /** Fewer fields than the header has. */
    TOO_FEW_FIELDS,
    /** More fields than the header has. */
    TOO_MANY_FIELDS,
    /** The ticker is empty. */
    TICKER_MISSING,
    /** The ticker is none, see {@link io.tradeops.core.trade.Ticker}. */
    TICKER_INVALID,
    /** The price is empty. */
    PRICE_MISSING,
    /** The price is not a decimal number. */
    PRICE_NOT_A_NUMBER,
    /** The price is 0 or less. */
    PRICE_NOT_POSITIVE,
    /** The price has a digit other than 0 after its eighth decimal. */
    PRICE_TOO_MANY_DECIMALS,
    /** The price has more than 10 integer digits. */
    PRICE_TOO_LARGE,
    /** The quantity is empty. */
    QUANTITY_MISSING,
    /** The quantity is not a decimal number. */
    QUANTITY_NOT_A_NUMBER,
    /** The quantity is 0 or less. */
    QUANTITY_NOT_POSITIVE,
    /** The quantity has a digit other than 0 after its eighth decimal. */
    QUANTITY_TOO_MANY_DECIMALS,
    /** The quantity has more than 10 integer digits. */
    QUANTITY_TOO_LARGE,
    /** There is a timestamp column, and it is empty here. */
    TIMESTAMP_MISSING,
    /** The timestamp is neither RFC 3339 nor a number, is finer than a nanosecond, or in a leap second (second 60). */
    TIMESTAMP_INVALID,
    /** The timestamp is before 1970 or after 2262-04-11. */
    TIMESTAMP_OUT_OF_RANGE,
    /** The side is none of buy, sell and empty, or is_buyer_maker none of true, false and empty. */
    SIDE_INVALID;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The reason's name in rejects files, which never changes: {@code price_not_positive}. */
    public String code() {
        return code;
    }
}

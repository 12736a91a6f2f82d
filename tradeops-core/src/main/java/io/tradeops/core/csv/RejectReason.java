package io.tradeops.core.csv;

import java.util.Locale;
import java.util.Optional;

/** The reasons why a row of a trades file is not a trade. A row is counted by the first of these that applies. */
public enum RejectReason {
    /** The row is not UTF-8, in whatever column. */
    INVALID_UTF8,
    /** There are characters between a field's closing quote and the next comma or line break. */
    MISPLACED_QUOTE,
    /** The row has fewer fields than the header. */
    TOO_FEW_FIELDS,
    /** The row has more fields than the header. */
    TOO_MANY_FIELDS,
    /** The ticker is empty. */
    TICKER_MISSING,
    /** The ticker is not valid as defined by {@link io.tradeops.core.trade.Ticker}. */
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
    /** The file has a timestamp column, but the row's timestamp is empty. */
    TIMESTAMP_MISSING,
    /** The timestamp is neither RFC 3339 nor a number, or is finer than a nanosecond, or is in a leap second. */
    TIMESTAMP_INVALID,
    /** The timestamp has no offset from UTC, and no zone is set. */
    TIMESTAMP_WITHOUT_ZONE,
    /** The local time does not occur in the zone, or occurs twice, because the clocks change then. */
    TIMESTAMP_NOT_IN_ZONE,
    /** The timestamp is a number before 1990: a date written as digits, or the day of a spreadsheet. */
    TIMESTAMP_BEFORE_1990,
    /** The timestamp is before 1970 or after 2262-04-11. */
    TIMESTAMP_OUT_OF_RANGE,
    /** The side is neither empty nor known, and the reader requires it to be. */
    SIDE_INVALID,
    /** The correction is no code that Massive or TAQ define. */
    CORRECTION_UNKNOWN;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** Returns the reason's name in rejects files, such as {@code price_not_positive}. It never changes. */
    public String code() {
        return code;
    }

    /** Returns the reason with a {@link #code}; empty if there is none. */
    public static Optional<RejectReason> ofCode(String code) {
        for (RejectReason reason : values()) {
            if (reason.code.equals(code)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}

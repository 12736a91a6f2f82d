package io.tradeops.core.trade;

import java.util.Locale;

/** The side of the order that a trade filled. */
public enum Side {
    BUY,
    SELL,
    /** The sender did not say. */
    UNKNOWN;

    /** The name on the wire: {@code buy}, {@code sell}, or empty for {@link #UNKNOWN}. */
    public String wireName() {
        return this == UNKNOWN ? "" : name().toLowerCase(Locale.ROOT);
    }

    /** The side that the wire calls {@code text}; empty is {@link #UNKNOWN}.
     *
     * @throws IllegalArgumentException if it is none of {@code buy}, {@code sell} and the empty string */
    public static Side ofWireName(CharSequence text) {
        if (text.length() == 0) {
            return UNKNOWN;
        }
        if (CharSequence.compare(text, "buy") == 0) {
            return BUY;
        }
        if (CharSequence.compare(text, "sell") == 0) {
            return SELL;
        }
        throw new IllegalArgumentException("side must be buy or sell: " + text);
    }
}

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

    /** Whether a text is {@code buy} or {@code sell}. */
    static boolean isWireName(CharSequence text) {
        return equal(text, "buy") || equal(text, "sell");
    }

    /** The side that the wire calls {@code text}; empty is {@link #UNKNOWN}.
     *
     * @throws IllegalArgumentException if it is none of {@code buy}, {@code sell} and the empty string */
    public static Side ofWireName(CharSequence text) {
        if (text.length() == 0) {
            return UNKNOWN;
        }
        if (equal(text, "buy")) {
            return BUY;
        }
        if (equal(text, "sell")) {
            return SELL;
        }
        throw new IllegalArgumentException("side must be buy or sell: " + text);
    }

    private static boolean equal(CharSequence text, String name) {
        int length = name.length();
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}

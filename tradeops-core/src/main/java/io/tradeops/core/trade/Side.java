package io.tradeops.core.trade;

import io.tradeops.core.codec.Arguments;
import java.util.Locale;

/** The side of the order that a trade filled. */
public enum Side {
    BUY,
    SELL,
    /** The sender did not give the side. */
    UNKNOWN;

    /** Returns the name on the wire: {@code buy}, {@code sell}, or the empty string for {@link #UNKNOWN}. */
    public String wireName() {
        return this == UNKNOWN ? "" : name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether a text is {@code buy} or {@code sell}. */
    static boolean isWireName(CharSequence text) {
        return equal(text, "buy") || equal(text, "sell");
    }

    /**
     * Returns the side with a name on the wire; see {@link #wireName}.
     *
     * @throws IllegalArgumentException if the text is none of {@code buy}, {@code sell} and the empty string
     */
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
        throw Arguments.refused("side must be buy or sell", text);
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

package io.tradeops.core.trade;

/**
 * Defines which texts are tickers. A ticker has 1 to 32 characters: ASCII letters, digits and {@code . - / ^ = _ : &}.
 * The first is a letter, a digit or {@code ^}. A ticker is case-sensitive, and is kept as its vendor writes it:
 * {@code AAPL}, {@code BRK.B}, {@code BTC/USD}, {@code M&M}, {@code ^GSPC}, {@code O:SPY251219C00650000}. All methods
 * are static and thread-safe.
 */
public final class Ticker {

    /** A regular expression that matches exactly the tickers. */
    public static final String PATTERN = "[A-Za-z0-9^][A-Za-z0-9.\\-/^=_:&]{0,31}";

    /** The length of the longest ticker, in characters. */
    public static final int MAX_LENGTH = 32;

    private Ticker() {}

    /** Tells whether the whole text is a ticker. Allocates nothing. */
    public static boolean isValid(CharSequence text) {
        int length = text.length();
        if (length == 0 || length > MAX_LENGTH || !isFirst(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && ".-/^=_:&".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFirst(char c) {
        return isAlphanumeric(c) || c == '^';
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}

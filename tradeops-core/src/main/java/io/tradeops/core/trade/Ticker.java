package io.tradeops.core.trade;

/** Which texts are tickers: 1 to 32 ASCII characters, case-sensitive, kept as given ({@code BRK.B}, {@code BTC/USD}). */
public final class Ticker {

    /** The rule as a regular expression. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9.\\-/^=_]{0,31}";

    /** The longest ticker, in characters. */
    public static final int MAX_LENGTH = 32;

    private Ticker() {}

    /** Whether the whole text is a ticker. Allocates nothing. */
    public static boolean isValid(CharSequence text) {
        int length = text.length();
        if (length == 0 || length > MAX_LENGTH || !isAlphanumeric(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && ".-/^=_".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}

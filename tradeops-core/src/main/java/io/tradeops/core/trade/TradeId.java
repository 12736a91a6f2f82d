package io.tradeops.core.trade;

/** Defines which texts are a sender's own trade ids. Static functions; thread-safe. */
final class TradeId {

    private TradeId() {}

    /**
     * Tells whether a text has 1 to 128 characters (code points) without control characters and unpaired surrogates.
     * Bytes must be UTF-8.
     */
    static boolean isValid(CharSequence tradeId) {
        if (tradeId instanceof ByteText bytes && !bytes.isAscii()) {
            return bytes.isUtf8() && areCharacters(bytes.toString());
        }
        return areCharacters(tradeId);
    }

    private static boolean areCharacters(CharSequence tradeId) {
        int length = tradeId.length();
        if (length == 0 || isTooLong(tradeId, length)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = tradeId.charAt(i);
            if (Character.isISOControl(c) || (Character.isSurrogate(c) && !isPaired(tradeId, i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTooLong(CharSequence tradeId, int length) {
        int max = TradeValidator.MAX_TRADE_ID_LENGTH;
        return length > max && (length > 2 * max || Character.codePointCount(tradeId, 0, length) > max);
    }

    /** Tells whether the surrogate at {@code i} has the other half of its pair beside it. */
    private static boolean isPaired(CharSequence text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}

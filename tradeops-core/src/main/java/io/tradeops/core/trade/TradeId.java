package io.tradeops.core.trade;

/** Which texts are a sender's own trade ids. Static functions; thread-safe. */
final class TradeId {

    private TradeId() {}

    /** Whether it is 1 to 128 whole characters (code points), none of them a control character; bytes must be UTF-8. */
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
            if (Character.isISOControl(c) || (Character.isSurrogate(c) && !isHalfOfOne(tradeId, i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTooLong(CharSequence tradeId, int length) {
        int most = TradeValidator.MAX_TRADE_ID_LENGTH;
        return length > most && (length > 2 * most || Character.codePointCount(tradeId, 0, length) > most);
    }

    /** Whether a surrogate has its other half beside it. */
    private static boolean isHalfOfOne(CharSequence text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}

package io.tradeops.core.trade;

/** Which texts are a sender's own trade ids. Static functions; thread-safe. */
final class TradeId {

    private TradeId() {}

    /** Whether it is 1 to 128 characters of the basic plane without control characters; bytes must be UTF-8. */
    static boolean isValid(CharSequence tradeId) {
        if (tradeId instanceof ByteText bytes && !bytes.isAscii()) {
            return bytes.isUtf8() && areCharacters(bytes.toString());
        }
        return areCharacters(tradeId);
    }

    private static boolean areCharacters(CharSequence tradeId) {
        int length = tradeId.length();
        if (length == 0 || length > TradeValidator.MAX_TRADE_ID_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = tradeId.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}

package io.tradeops.core.trade;

import org.jspecify.annotations.Nullable;

/** Which texts are a sender's own trade ids. Static functions; thread-safe. */
final class TradeId {

    private TradeId() {}

    /** Whether it is 1 to 128 characters of the basic plane without control characters; bytes must be UTF-8. */
    static boolean isValidOrNotGiven(@Nullable CharSequence tradeId) {
        if (tradeId == null) {
            return true;
        }
        if (tradeId instanceof ByteText bytes && !bytes.isAscii()) {
            return bytes.isUtf8() && isValid(bytes.toString());
        }
        return isValid(tradeId);
    }

    private static boolean isValid(CharSequence tradeId) {
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

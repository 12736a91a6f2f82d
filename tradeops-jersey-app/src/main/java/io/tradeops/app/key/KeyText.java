package io.tradeops.app.key;

import io.tradeops.app.db.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a key: {@code tradeops_<id>_<secret>}; the secret is 256 random bits. Static functions; thread-safe. */
final class KeyText {

    private static final Pattern PATTERN = Pattern.compile("tradeops_([0-9a-f]{12})_[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;

    private KeyText() {}

    /** A new key. */
    static String random() {
        return "tradeops_" + HexFormat.of().formatHex(randomBytes(ID_BYTES)) + "_"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(SECRET_BYTES));
    }

    /** A key's id; empty if the text is not a key. */
    static String id(String key) {
        Matcher matcher = PATTERN.matcher(key);
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** The hash that is stored. A key has 256 random bits, so a slow hash would not make guessing harder. */
    static byte[] hash(String key) {
        return Sha256.of(key);
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}

package io.tradeops.app.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key as it is written: {@code tradeops_<id>_<secret>}, the secret being 256 random bits. */
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

    /** A key's id; empty if the text is no key. */
    static String id(String key) {
        Matcher matcher = PATTERN.matcher(key);
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** What is kept of a key. It has as many random bits as the hash, so nothing slower is needed against guessing. */
    static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}

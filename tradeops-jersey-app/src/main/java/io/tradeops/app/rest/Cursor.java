package io.tradeops.app.rest;

import io.tradeops.app.db.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;

/**
 * The position of a page's last row in a list; the next page begins after it. Opaque on the wire. Immutable.
 *
 * @param time the row's time, in whole microseconds
 * @param key orders rows of the same time
 */
public record Cursor(Instant time, String key) {

    private static final int MAX_LENGTH = 256;

    /**
     * The digest reveals cursors that were cut, altered or made up. It is a checksum, not a signature: it has no
     * secret.
     */
    private static final int CHECK_BYTES = 8;

    private static final byte[] CHECKED = "tradeops cursor ".getBytes(StandardCharsets.US_ASCII);

    /** In the year 2262, the end of the 64-bit nanoseconds since 1970 that the core counts in. */
    private static final long MAX_MICROS = Long.MAX_VALUE / 1_000;

    /** The cursor as text that needs no escaping in a URL. */
    public String encode() {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        byte[] plain = (micros + "|" + key).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(plain, plain.length + CHECK_BYTES);
        System.arraycopy(digest(plain), 0, bytes, plain.length, CHECK_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The reverse of {@link #encode}.
     *
     * @throws ProblemException 400 if {@code encode} did not make the text
     */
    public static Cursor decode(String text) {
        if (text.length() > MAX_LENGTH) {
            throw forged();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            String plain = new String(bytes, 0, bytes.length - CHECK_BYTES, StandardCharsets.UTF_8);
            int bar = plain.indexOf('|');
            long micros = Long.parseLong(plain, 0, Math.max(bar, 0), 10);
            Cursor cursor = new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), plain.substring(bar + 1));
            if (micros < 0
                    || micros > MAX_MICROS
                    || plain.indexOf('\0') >= 0
                    || !cursor.encode().equals(text)) {
                throw forged();
            }
            return cursor;
        } catch (RuntimeException e) {
            throw forged();
        }
    }

    private static byte[] digest(byte[] plain) {
        MessageDigest digest = Sha256.begin();
        digest.update(CHECKED);
        return digest.digest(plain);
    }

    /** The exception for a cursor that this server did not make: 400. */
    public static ProblemException forged() {
        return ProblemException.unreadable("cursor is not from this server; start again without it");
    }
}

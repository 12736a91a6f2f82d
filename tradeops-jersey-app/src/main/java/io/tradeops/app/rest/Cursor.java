package io.tradeops.app.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;

/**
 * The place of the last row of a page, after which the next one begins. Opaque on the wire. Immutable.
 *
 * @param time the row's time, whole microseconds
 * @param key what orders rows of the same time
 */
public record Cursor(Instant time, String key) {

    private static final int MAX_LENGTH = 256;

    /** So much of a digest goes with it that one which was cut, altered or made up is told from ours; it keeps no secret. */
    private static final int CHECK_BYTES = 8;

    private static final byte[] CHECKED = "tradeops cursor ".getBytes(StandardCharsets.US_ASCII);

    /** The year 2262: where nanoseconds since 1970, in which all our times are, end. */
    private static final long MAX_MICROS = Long.MAX_VALUE / 1_000;

    /** The cursor in a URL. */
    public String encode() {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        byte[] plain = (micros + "|" + key).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(plain, plain.length + CHECK_BYTES);
        System.arraycopy(digest(plain), 0, bytes, plain.length, CHECK_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The cursor that {@link #encode} made.
     *
     * @throws ProblemException 400 if it made none like this */
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
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(CHECKED);
            return digest.digest(plain);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** What to throw for a cursor that no answer carried. */
    public static ProblemException forged() {
        return ProblemException.unreadable("cursor is not one of this server's; start again without it");
    }
}

package io.tradeops.app.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * The place of the last row of a page, after which the next one begins. Opaque on the wire. Immutable.
 *
 * @param time the row's time, whole microseconds
 * @param key what orders rows of the same time
 */
public record Cursor(Instant time, String key) {

    private static final int MAX_LENGTH = 256;

    /** The year 2262: where nanoseconds since 1970, in which all our times are, end. */
    private static final long MAX_MICROS = Long.MAX_VALUE / 1_000;

    /** The cursor in a URL. */
    public String encode() {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        byte[] bytes = (micros + "|" + key).getBytes(StandardCharsets.UTF_8);
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
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
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

    /** What to throw for a cursor that no answer carried. */
    public static ProblemException forged() {
        return ProblemException.unreadable("cursor is not one of this server's; start again without it");
    }
}

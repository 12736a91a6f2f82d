package io.tradeops.app.trade;

import io.tradeops.app.rest.ProblemException;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes bodies. JSON between systems must be UTF-8 (RFC 8259), so no other encoding is detected. A byte order mark,
 * which a client should not send, is skipped. Static functions; thread-safe.
 */
final class Utf8 {

    private static final Set<Charset> CHARSETS = Set.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private Utf8() {}

    /**
     * Checks the charset of a body's type. It may have any name of UTF-8, or of ASCII, which is a part of it.
     *
     * @param what the body, for the message: "a trade"
     * @throws ProblemException 415 if it is another one
     */
    static void require(@Nullable MediaType type, String what) {
        if (type != null && !isUtf8(type.getParameters().getOrDefault("charset", "utf-8"))) {
            throw ProblemException.unsupportedType(what + " must be UTF-8: " + type);
        }
    }

    private static boolean isUtf8(String charset) {
        try {
            return CHARSETS.contains(Charset.forName(charset));
        } catch (IllegalArgumentException e) { // no charset has this name
            return false;
        }
    }

    /** The index at which a body's text starts: behind the byte order mark, if there is one. */
    static int start(byte[] body) {
        boolean marked = body.length >= BYTE_ORDER_MARK.length
                && body[0] == BYTE_ORDER_MARK[0]
                && body[1] == BYTE_ORDER_MARK[1]
                && body[2] == BYTE_ORDER_MARK[2];
        return marked ? BYTE_ORDER_MARK.length : 0;
    }

    /** A part of a body as text.
     *
     * @param to the index behind the last byte
     * @throws ProblemException 400 if it is not UTF-8 */
    static String decode(byte[] body, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid();
        }
    }

    /** The problem with a body that is not UTF-8. */
    static ProblemException invalid() {
        return ProblemException.unreadable("the body is not valid UTF-8");
    }
}

package io.tradeops.app.trade;

import io.tradeops.app.rest.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Bodies as text. JSON between systems is UTF-8 (RFC 8259), and nothing else is guessed; a byte order mark, which nobody
 * should send, is passed over. Static functions; thread-safe.
 */
final class Utf8 {

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private Utf8() {}

    /** Where a body's text begins: after a byte order mark. */
    static int start(byte[] body) {
        boolean marked = body.length >= MARK.length && body[0] == MARK[0] && body[1] == MARK[1] && body[2] == MARK[2];
        return marked ? MARK.length : 0;
    }

    /** A part of a body.
     *
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

    /** The answer to a body that is not UTF-8. */
    static ProblemException invalid() {
        return ProblemException.unreadable("the body is not valid UTF-8");
    }
}

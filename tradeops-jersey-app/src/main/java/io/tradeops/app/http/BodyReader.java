package io.tradeops.app.http;

import java.io.IOException;
import java.io.InputStream;

/** Reads request bodies within a bound. */
public final class RequestBody {

    private RequestBody() {}

    /** The whole body.
     *
     * @throws ProblemException 413 if it is longer than {@code maxBytes}, 400 if it ends early */
    public static byte[] read(InputStream body, int maxBytes) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                skipRest(body);
            }
        } catch (IOException e) {
            throw ProblemException.unreadable("the body did not arrive whole");
        }
        if (bytes.length > maxBytes) {
            throw ProblemException.tooLarge("the body must have at most " + maxBytes + " bytes");
        }
        return bytes;
    }

    /** Passes over what a refused request still sends, within a bound: a client that is still sending when its connection
     * is closed would not see the answer. */
    public static void skipRest(InputStream body) throws IOException {
        body.skip(RequestShapeHandler.MAX_BODY_BYTES);
    }
}

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
        } catch (IOException e) {
            throw ProblemException.unreadable("the body did not arrive whole");
        }
        if (bytes.length > maxBytes) {
            throw ProblemException.tooLarge("the body must have at most " + maxBytes + " bytes");
        }
        return bytes;
    }
}

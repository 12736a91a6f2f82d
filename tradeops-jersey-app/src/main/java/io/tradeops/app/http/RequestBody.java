package io.tradeops.app.http;

import java.io.IOException;
import java.io.InputStream;

/** Reads request bodies within a bound. */
public final class RequestBody {

    private static final int DRAIN_BUFFER = 8 * 1024;

    private RequestBody() {}

    /** The whole body.
     *
     * @throws ProblemException 413 if it is longer than {@code maxBytes}, 400 if it ends early */
    public static byte[] read(InputStream body, int maxBytes) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                drain(body);
            }
        } catch (IOException e) {
            throw ProblemException.unreadable("the body did not arrive whole");
        }
        if (bytes.length > maxBytes) {
            throw ProblemException.tooLarge("the body must have at most " + maxBytes + " bytes");
        }
        return bytes;
    }

    /** Reads on for a while: a client that is still sending when the connection closes would not see the answer. */
    private static void drain(InputStream body) throws IOException {
        byte[] unwanted = new byte[DRAIN_BUFFER];
        int read = 0;
        for (long left = RequestShapeHandler.MAX_BODY_BYTES; read >= 0 && left > 0; left -= read) {
            read = body.read(unwanted);
        }
    }
}

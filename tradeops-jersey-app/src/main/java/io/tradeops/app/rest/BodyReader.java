package io.tradeops.app.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/** Reads request bodies up to a length, and only some at a time. Thread-safe. */
public final class BodyReader {

    /**
     * The longest body in bytes that the server reads at all. Resources have lower limits, and check them as they read.
     */
    public static final long LARGEST_BODY = 16 << 20;

    private static final String EXPECT = "Expect";
    /** A body of at most this many bytes has arrived before its request gets a thread. */
    private static final int ARRIVED = 4 * 1024;

    private final int maxBytes;
    private final int atATime;
    private final Semaphore free;

    /**
     * A reader of bodies.
     *
     * @param maxBytes the longest body, in bytes
     * @param atATime the most bodies that are read at the same time; each holds a thread
     */
    public BodyReader(int maxBytes, int atATime) {
        this.maxBytes = maxBytes;
        this.atATime = atATime;
        this.free = new Semaphore(atATime);
    }

    /**
     * Reads the whole body of a request. One that is short has arrived, and is read beside any number of others. A client
     * that waits for 100 Continue has sent nothing yet; if it announces a body that is too long, it gets its 413 without
     * sending it.
     *
     * @throws ProblemException 413 if it is too long, 400 if it does not arrive whole, 503 if too many are being read
     */
    public byte[] read(InputStream body, ContainerRequestContext request) {
        int length = request.getLength();
        boolean waits = request.getHeaders().containsKey(EXPECT);
        if (length > maxBytes && waits) {
            throw tooLong();
        }
        boolean counts = length < 0 || length > ARRIVED || waits;
        if (counts && !free.tryAcquire()) {
            throw ProblemException.busy("the server reads at most " + atATime + " such bodies at a time; try again");
        }
        try {
            return readWhole(body);
        } catch (IOException e) {
            throw ProblemException.unreadable("the body is incomplete");
        } finally {
            if (counts) {
                free.release();
            }
        }
    }

    private byte[] readWhole(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            skipRest(body);
            throw tooLong();
        }
        return bytes;
    }

    private ProblemException tooLong() {
        return ProblemException.tooLarge("the body must have at most " + maxBytes + " bytes");
    }

    /**
     * Skips the rest of a refused request's body, up to {@link #LARGEST_BODY}. A client that is still sending when its
     * connection closes does not see the answer.
     */
    public static void skipRest(InputStream body) throws IOException {
        body.skip(LARGEST_BODY);
    }
}

package io.tradeops.app.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/** Reads request bodies, within a bound of their length and so many at a time. Thread-safe. */
public final class BodyReader {

    /** More bytes than any resource takes; those that take less check it themselves, as chunked bodies tell no length. */
    public static final long LARGEST_BODY = 16 << 20;

    private final int maxBytes;
    private final int atATime;
    private final Semaphore places;

    /** A reader of bodies.
     *
     * @param maxBytes what each may have
     * @param atATime how many threads may wait for bodies that come slowly */
    public BodyReader(int maxBytes, int atATime) {
        this.maxBytes = maxBytes;
        this.atATime = atATime;
        this.places = new Semaphore(atATime);
    }

    /** The whole body.
     *
     * @throws ProblemException 413 if it is longer than may be, 400 if it does not arrive, 503 if too many are being read */
    public byte[] read(InputStream body) {
        if (!places.tryAcquire()) {
            throw ProblemException.busy("the server reads " + atATime + " such bodies at a time; try again");
        }
        try {
            return readWhole(body);
        } catch (IOException e) {
            throw ProblemException.unreadable("the body did not arrive whole");
        } finally {
            places.release();
        }
    }

    private byte[] readWhole(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            skipRest(body);
            throw ProblemException.tooLarge("the body must have at most " + maxBytes + " bytes");
        }
        return bytes;
    }

    /** Passes over what a refused request still sends, within a bound: a client that is still sending when its connection
     * is closed would not see the answer. */
    public static void skipRest(InputStream body) throws IOException {
        body.skip(LARGEST_BODY);
    }
}

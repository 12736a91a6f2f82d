package io.tradeops.lambda.bucket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;

/**
 * The bytes of one version of an object. After a connection breaks, the stream resumes at the next byte of the same
 * version. A reader gets the whole version or an error, never a part or a mix of versions. Closing it early aborts the
 * connection instead of reading the rest. Not thread-safe.
 */
public final class TradeObjectStream extends InputStream {

    /** How many connections in a row may break without a byte. */
    static final int MAX_BREAKS = 5;

    private final StoredObject object;
    private final Source source;
    private Body body;
    private long position;
    private int breaks;
    private boolean drained;
    private boolean closed;

    TradeObjectStream(StoredObject object, Body body, Source source) {
        this.object = object;
        this.body = body;
        this.source = source;
    }

    /** The version of the object. */
    public StoredObject object() {
        return object;
    }

    /** @throws IOException if the object has changed, or is no longer readable */
    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    /** @throws IOException if the object has changed, or is no longer readable */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("stream is closed: " + object.key());
        }
        while (length > 0) {
            try {
                return advance(body.read(target, offset, length));
            } catch (IOException e) {
                resumeAfter(e);
            }
        }
        return 0;
    }

    /** Aborts the connection unless everything was read. Closing twice has no effect. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (drained) {
            body.close();
        } else {
            body.abort();
        }
    }

    private int advance(int count) throws IOException {
        if (count > 0) {
            position += count;
            breaks = 0;
        } else if (count < 0) {
            if (position < object.size()) {
                throw new EOFException("ended at byte " + position + " of " + object.size() + ": " + object.key());
            }
            drained = true;
        }
        return count;
    }

    /** At the end nothing is left to resume: a failure there is the store's checksum of the whole object. */
    private void resumeAfter(IOException failure) throws IOException {
        body.abort();
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(failure);
        }
        breaks++;
        if (position >= object.size() || breaks > MAX_BREAKS) {
            throw failure;
        }
        body = source.from(position);
    }

    private IOException interrupted(IOException failure) {
        IOException interrupted = new InterruptedIOException("interrupted at byte " + position + ": " + object.key());
        interrupted.initCause(failure);
        return interrupted;
    }

    /** The bytes of one connection. */
    interface Body {
        int read(byte[] target, int offset, int length) throws IOException;

        void close() throws IOException;

        void abort();
    }

    /** Opens another connection to the same version, from a byte position. */
    @FunctionalInterface
    interface Source {
        Body from(long position) throws IOException;
    }
}

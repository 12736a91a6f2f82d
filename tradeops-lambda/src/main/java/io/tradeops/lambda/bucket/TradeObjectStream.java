package io.tradeops.lambda.bucket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;

/**
 * The bytes of one version of an object. A connection that breaks is replaced by one that goes on at the next byte of
 * the same version, so that a reader either gets all of it or an error, never a shorter or a mixed one. Closing it early
 * gives up the connection instead of reading the rest. Not thread-safe.
 */
public final class TradeObjectStream extends InputStream {

    /** How often in a row a connection may break without giving a byte. */
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

    /** The version that is read. */
    public StoredObject object() {
        return object;
    }

    /** @throws IOException if the object changed meanwhile, or can no longer be read */
    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    /** @throws IOException if the object changed meanwhile, or can no longer be read */
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

    /** Gives up the connection unless everything was read. Does nothing the second time. */
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

    /** Nothing is left to resume at the end: what fails there is the store's checksum of the whole. */
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

    /** One connection's bytes. */
    interface Body {
        int read(byte[] target, int offset, int length) throws IOException;

        void close() throws IOException;

        void abort();
    }

    /** Opens another connection to the same version. */
    @FunctionalInterface
    interface Source {
        Body from(long position) throws IOException;
    }
}

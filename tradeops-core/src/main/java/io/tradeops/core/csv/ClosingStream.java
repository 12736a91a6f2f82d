package io.tradeops.core.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that closes another one with it. Not thread-safe. */
final class ClosingStream extends FilterInputStream {

    private final InputStream other;

    ClosingStream(InputStream in, InputStream other) {
        super(in);
        this.other = other;
    }

    @Override
    public void close() throws IOException {
        try (other) {
            super.close();
        }
    }
}

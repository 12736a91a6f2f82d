package io.tradeops.core.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** Inflates a file if it is gzip, which its first two bytes show. Static functions; thread-safe. */
final class InflatedStream {

    private InflatedStream() {}

    /** The plain bytes of a stream. Closing the result leaves the stream open. */
    static InputStream inflated(InputStream in) throws IOException {
        byte[] magic = in.readNBytes(2);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), new Unclosed(in));
        boolean gzip = magic.length == 2 && GzipStream.isMagic(magic[0] & 0xff, magic[1] & 0xff);
        return gzip ? new GzipStream(whole) : whole;
    }

    /** A stream whose {@code close} does not close the underlying stream. */
    private static final class Unclosed extends InputStream {

        private final InputStream in;

        Unclosed(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, length);
        }
    }
}

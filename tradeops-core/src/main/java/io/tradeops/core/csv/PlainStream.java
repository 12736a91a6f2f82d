package io.tradeops.core.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;

/**
 * Gives a file's text in UTF-8, whatever the file is packed in: gzip, a zip archive of one file, UTF-16. Its first
 * bytes tell. Static functions; thread-safe.
 */
final class PlainStream {

    private static final String HINT = "; unpack or convert it to CSV first";

    private PlainStream() {}

    /**
     * The plain text of a stream. Closing the result leaves the stream open.
     *
     * @throws TradeCsvException if the file is of a format that is not read; the message names it
     */
    static InputStream of(InputStream in, InflationLimits limits) throws IOException {
        try {
            return unpacked(new Unclosed(in), limits, "");
        } catch (DamagedFileException e) {
            throw new TradeCsvException(1, e.problem());
        }
    }

    /** Tells whether a file that begins with these bytes is text in UTF-8, so that it can be read from any position. */
    static boolean isPlain(byte[] beginning, int length) {
        return FileFormat.of(beginning, length).isEmpty();
    }

    /** @param outer the format that this stream was packed in; empty if it was not */
    private static InputStream unpacked(InputStream in, InflationLimits limits, String outer) throws IOException {
        byte[] beginning = in.readNBytes(FileFormat.LONGEST);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(beginning), in);
        Optional<FileFormat> format = FileFormat.of(beginning, beginning.length);
        if (format.isEmpty()) {
            return whole;
        }
        return switch (format.get()) {
            case GZIP -> inflated(new GzipStream(whole, limits), format.get(), limits, outer);
            case ZIP -> inflated(new ZipStream(whole, limits), format.get(), limits, outer);
            case UTF_16_LE -> new Utf16Stream(whole, false);
            case UTF_16_BE -> new Utf16Stream(whole, true);
            default ->
                throw new TradeCsvException(
                        1, "the file is " + format.get().title() + within(outer) + ", not CSV" + HINT);
        };
    }

    private static InputStream inflated(InputStream stream, FileFormat format, InflationLimits limits, String outer)
            throws IOException {
        if (!outer.isEmpty()) {
            stream.close();
            throw new TradeCsvException(1, "the file is packed twice: " + format.title() + within(outer) + HINT);
        }
        return unpacked(stream, limits, format.title());
    }

    private static String within(String outer) {
        return outer.isEmpty() ? "" : " within " + outer;
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

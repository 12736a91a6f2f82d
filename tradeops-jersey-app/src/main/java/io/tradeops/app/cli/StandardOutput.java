package io.tradeops.app.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output whose failures are told, as {@code System.out}'s are not. Not thread-safe. */
final class StandardOutput extends FilterOutputStream {

    private StandardOutput(OutputStream out) {
        super(out);
    }

    /** Standard output, buffered; to be flushed at the end, not closed. */
    static OutputStream open() {
        return new BufferedOutputStream(new StandardOutput(new FileOutputStream(FileDescriptor.out)));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new IOException("standard output can't be written: " + e.getMessage(), e);
        }
    }
}

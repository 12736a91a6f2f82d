package io.tradeops.app.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output that throws an exception if writing fails, unlike {@code System.out}. Not thread-safe. */
final class StandardOutput extends FilterOutputStream {

    private StandardOutput(OutputStream out) {
        super(out);
    }

    /** Returns standard output with a buffer. The caller flushes it at the end and does not close it. */
    static OutputStream open() {
        return new BufferedOutputStream(new StandardOutput(new FileOutputStream(FileDescriptor.out)));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new IOException("writing to standard output failed: " + e.getMessage(), e);
        }
    }
}

package io.tradeops.core.csv;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates all members of gzip data (RFC 1952), also from a slow stream. The JDK's stream loses the members after one
 * that ends where {@code available()} is 0. Zero bytes may pad the end of the data. The size of the output is limited,
 * as a protection from decompression bombs. Closing this stream frees the inflater and closes the underlying stream. Not
 * thread-safe.
 */
final class GzipStream extends BlockInputStream {

    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final CsvSettings settings;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] input = new byte[64 * 1024];
    private int from;
    private int to;
    private long bytesIn;
    private long bytesOut;
    private boolean started;
    private boolean inMember;
    private boolean ended;

    GzipStream(InputStream in, CsvSettings settings) {
        this.in = in;
        this.settings = settings;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (!ended) {
                if (!inMember && !beginMember()) {
                    ended = true;
                    break;
                }
                int count = inflate(target, offset, length);
                if (count > 0) {
                    return count;
                }
            }
            return -1;
        } catch (EOFException e) {
            throw new TradeCsvException("the gzip data ends early, after " + bytesOut + " bytes of text");
        } catch (DataFormatException e) {
            throw new TradeCsvException("the gzip data is damaged, after " + bytesOut + " bytes of text");
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] target, int offset, int length) throws IOException, DataFormatException {
        int count = inflater.inflate(target, offset, length);
        if (count > 0) {
            crc.update(target, offset, count);
            bytesOut += count;
            settings.requireWithinLimits("gzip", bytesIn, bytesOut);
        } else if (inflater.finished()) {
            from = to - inflater.getRemaining();
            endMember();
        } else if (inflater.needsDictionary()) {
            throw new DataFormatException();
        } else {
            fill();
            inflater.setInput(input, 0, to);
        }
        return count;
    }

    /** Reads the header of a member; false if there is no further member. */
    private boolean beginMember() throws IOException {
        int first = started ? firstAfterPadding() : next();
        started = true;
        if (first < 0) {
            return false;
        }
        boolean magic = first == MAGIC_1 && next() == MAGIC_2 && next() == DEFLATE;
        int flags = magic ? next() : RESERVED;
        if ((flags & RESERVED) != 0) {
            throw new TradeCsvException("unexpected bytes after the gzip data, after " + bytesOut + " bytes of text");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(nextTwo());
        }
        for (int text = Integer.bitCount(flags & (NAME | COMMENT)); text > 0; text--) {
            while (next() != 0) {}
        }
        skip((flags & HEADER_CRC) != 0 ? 2 : 0);
        inflater.reset();
        inflater.setInput(input, from, to - from);
        crc.reset();
        inMember = true;
        return true;
    }

    private int firstAfterPadding() throws IOException {
        int value = 0;
        while (value == 0) {
            if (from == to && !tryFill()) {
                return -1;
            }
            value = next();
        }
        return value;
    }

    private void endMember() throws IOException, DataFormatException {
        long sum = nextTwo() + 65536L * nextTwo();
        long size = nextTwo() + 65536L * nextTwo();
        if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw new DataFormatException();
        }
        inMember = false;
    }

    private int nextTwo() throws IOException {
        int low = next();
        return low + 256 * next();
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private int next() throws IOException {
        if (from == to) {
            fill();
        }
        return input[from++] & 0xff;
    }

    private void fill() throws IOException {
        if (!tryFill()) {
            throw new EOFException();
        }
    }

    private boolean tryFill() throws IOException {
        int count = 0;
        while (count == 0) {
            count = in.read(input, 0, input.length);
        }
        from = 0;
        to = Math.max(count, 0);
        bytesIn += to;
        return count > 0;
    }
}

package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;

/**
 * Turns UTF-16 into UTF-8. A surrogate without its partner, and half a character at the end, become the byte 0xff,
 * which is not UTF-8, so that its row is rejected. Closing this stream closes the underlying stream. Not thread-safe.
 */
final class Utf16Stream extends BlockInputStream {

    private static final byte NOT_UTF_8 = (byte) 0xff;

    private final InputStream in;
    private final int highByte;
    private final byte[] input = new byte[16 * 1024];
    private final byte[] output = new byte[3 * input.length / 2 + 3];
    private int from;
    private int to;
    private int kept;
    private char highSurrogate;
    private boolean ended;

    /** @param bigEndian whether the first byte of a pair is the higher one */
    Utf16Stream(InputStream in, boolean bigEndian) {
        this.in = in;
        highByte = bigEndian ? 0 : 1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (from == to && !ended && length > 0) {
            fill();
        }
        int count = Math.min(length, to - from);
        System.arraycopy(output, from, target, offset, count);
        from += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void fill() throws IOException {
        from = 0;
        to = 0;
        int count = in.read(input, kept, input.length - kept);
        ended = count < 0;
        int available = kept + Math.max(count, 0);
        for (int i = 0; i + 1 < available; i += 2) {
            put((char) ((input[i + highByte] & 0xff) << 8 | (input[i + 1 - highByte] & 0xff)));
        }
        kept = available & 1;
        input[0] = input[Math.max(available - 1, 0)];
        if (ended && (kept > 0 || highSurrogate != 0)) {
            output[to++] = NOT_UTF_8;
        }
    }

    private void put(char c) {
        if (highSurrogate != 0 && Character.isLowSurrogate(c)) {
            putFourBytes(Character.toCodePoint(highSurrogate, c));
            highSurrogate = 0;
            return;
        }
        if (highSurrogate != 0) {
            output[to++] = NOT_UTF_8;
            highSurrogate = 0;
        }
        if (Character.isHighSurrogate(c)) {
            highSurrogate = c;
        } else if (Character.isLowSurrogate(c)) {
            output[to++] = NOT_UTF_8;
        } else {
            putUpToThreeBytes(c);
        }
    }

    private void putUpToThreeBytes(char c) {
        if (c < 0x80) {
            output[to++] = (byte) c;
        } else if (c < 0x800) {
            output[to++] = (byte) (0xc0 | c >> 6);
            output[to++] = continuation(c);
        } else {
            output[to++] = (byte) (0xe0 | c >> 12);
            output[to++] = continuation(c >> 6);
            output[to++] = continuation(c);
        }
    }

    private void putFourBytes(int codePoint) {
        output[to++] = (byte) (0xf0 | codePoint >> 18);
        output[to++] = continuation(codePoint >> 12);
        output[to++] = continuation(codePoint >> 6);
        output[to++] = continuation(codePoint);
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }
}

package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A range of bytes seen as ASCII text, without a copy. A byte above 127 becomes a character above 127, which no number
 * contains. Not thread-safe.
 */
final class AsciiText implements CharSequence {

    private byte[] bytes = {};
    private int start;
    private int end;

    AsciiText of(byte[] source, int from, int to) {
        bytes = source;
        start = from;
        end = to;
        return this;
    }

    @Override
    public int length() {
        return end - start;
    }

    @Override
    public char charAt(int index) {
        return (char) (bytes[start + index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return new AsciiText().of(bytes, start + from, start + to);
    }

    @Override
    public String toString() {
        return new String(bytes, start, end - start, ISO_8859_1);
    }
}

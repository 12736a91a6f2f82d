package io.tradeops.core.trade;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A range of UTF-8 bytes seen as characters, one character for each byte. ASCII reads correctly; any other byte becomes
 * a character above 127. {@link #toString} decodes UTF-8. Mutable, so that one instance can be moved over many ranges;
 * not thread-safe.
 */
final class ByteText implements CharSequence {

    private byte[] bytes;
    private int from;
    private int to;

    ByteText(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /** @throws IndexOutOfBoundsException if the range is not inside the array */
    void moveTo(byte[] newBytes, int newFrom, int newTo) {
        Objects.checkFromToIndex(newFrom, newTo, newBytes.length);
        bytes = newBytes;
        from = newFrom;
        to = newTo;
    }

    /** Tells whether this is a range of the very array. */
    boolean isOf(byte[] array) {
        return bytes == array;
    }

    boolean isAscii() {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    boolean isUtf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    long tryParseDecimal() {
        long units = PlainDecimal.tryParse(bytes, from, to);
        return units == PlainDecimal.NOT_PLAIN ? FixedDecimal.scan(this) : units;
    }

    @Override
    public int length() {
        return to - from;
    }

    @Override
    public char charAt(int index) {
        return (char) (bytes[from + index] & 0xFF);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new ByteText(bytes, from + start, from + end);
    }

    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}

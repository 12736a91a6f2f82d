package io.tradeops.core.codec;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link BytesWriter} wrote. Each method throws an {@link IllegalArgumentException} that begins with
 * {@code the bytes are} for bytes that it cannot read. It never allocates more than the bytes can hold, whatever
 * lengths they claim. Not thread-safe.
 */
public final class BytesReader {

    static final int CHECKSUM_BYTES = Integer.BYTES;

    private static final int BITS_OF_LONG = 64;

    private final ByteBuffer bytes;
    private final int version;

    /**
     * Checks checksum, magic text and version, which precede the values.
     *
     * @param magic what the bytes must be, in ASCII characters
     * @param newestVersion the newest version of the layout that the caller can read
     */
    public BytesReader(byte[] bytes, String magic, int newestVersion) {
        byte[] start = magic.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length < start.length || !Arrays.equals(bytes, 0, start.length, start, 0, start.length)) {
            throw new IllegalArgumentException("the bytes are not of the kind " + magic);
        }
        int length = bytes.length - CHECKSUM_BYTES;
        if (length <= start.length || ByteBuffer.wrap(bytes).getInt(length) != BytesWriter.checksum(bytes, length)) {
            throw damaged("their checksum is wrong");
        }
        this.bytes = ByteBuffer.wrap(bytes, start.length, length - start.length);
        this.version = readVersion(newestVersion);
    }

    /** Returns the version of the layout. */
    public int version() {
        return version;
    }

    /** Returns the exception for bytes that are damaged; the caller throws it. */
    public static IllegalArgumentException damaged(String detail) {
        return new IllegalArgumentException("the bytes are damaged: " + detail);
    }

    /** Returns the exception for values that were read and that a constructor refused; the caller throws it. */
    public static IllegalArgumentException damaged(IllegalArgumentException refusal) {
        return new IllegalArgumentException("the bytes are damaged: " + refusal.getMessage(), refusal);
    }

    /** Reads a number of {@link BytesWriter#writeUnsigned}. */
    public long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift < BITS_OF_LONG; shift += 7) {
            long next = readByte();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged("a number has more than 64 bits");
    }

    /**
     * Reads a number of {@link BytesWriter#writeUnsigned} that must lie in a range, both ends included.
     *
     * @param name the name of the value, for the message
     */
    public long readUnsigned(String name, long min, long max) {
        return requireRange(name, readUnsigned(), min, max);
    }

    /** Reads a number of {@link BytesWriter#writeSigned}. */
    public long readSigned() {
        long value = readUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Reads a truth value. */
    public boolean readBoolean() {
        return readUnsigned("truth value", 0, 1) == 1;
    }

    /**
     * Reads the number of items that follow.
     *
     * @param name what the items are, for the message
     * @param bytesOfEach the smallest number of bytes that an item takes, at least 1
     */
    public int readCount(String name, int bytesOfEach) {
        long count = readUnsigned();
        return (int) requireRange("number of " + name, count, 0, bytes.remaining() / bytesOfEach);
    }

    /** Reads an integer of any size. */
    public BigInteger readInteger() {
        byte[] value = readBytes("an integer");
        if (value.length == 0) {
            throw damaged("an integer has no bytes");
        }
        return new BigInteger(value);
    }

    /** Reads a text. */
    public String readText() {
        byte[] value = readBytes("a text");
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw damaged("a text is not UTF-8");
        }
    }

    /** Checks that all values have been read. */
    public void requireEnd() {
        if (bytes.hasRemaining()) {
            throw damaged(bytes.remaining() + " bytes follow the last value");
        }
    }

    /**
     * Returns a value that must lie in a range, both ends included.
     *
     * @param name the name of the value, for the message
     */
    public static long requireRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw damaged(name + " must be " + min + " to " + max + ": " + value);
        }
        return value;
    }

    private int readVersion(int newest) {
        long found = readUnsigned();
        if (found < 1 || found > newest) {
            throw new IllegalArgumentException(
                    "the bytes are of version " + found + "; this program reads versions 1 to " + newest);
        }
        return (int) found;
    }

    private byte[] readBytes(String what) {
        long length = readUnsigned();
        if (length < 0 || length > bytes.remaining()) {
            throw damaged(what + " is longer than the bytes");
        }
        byte[] value = new byte[(int) length];
        bytes.get(value);
        return value;
    }

    private byte readByte() {
        if (!bytes.hasRemaining()) {
            throw damaged("a value is missing at their end");
        }
        return bytes.get();
    }
}

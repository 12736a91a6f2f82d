package io.tradeops.core.codec;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Writes values as bytes: a magic text, a version, the values, and a CRC-32 of everything before it. {@link BytesReader}
 * reads them. Not thread-safe.
 *
 * <p>Whole numbers have the variable length of LEB128: seven bits a byte, the lowest first. The bytes of a value do not
 * tell its type, so a reader must read the same values in the same order.
 */
public final class BytesWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    /**
     * Starts with the magic text and the version.
     *
     * @param magic what the bytes are, in ASCII characters
     * @param version the version of the layout, 1 or more
     */
    public BytesWriter(String magic, int version) {
        bytes.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
        writeUnsigned(version);
    }

    /** Writes a number that is usually 0 or more, in 1 to 9 bytes. A negative one takes 10 bytes. */
    public BytesWriter writeUnsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }

    /** Writes a number of either sign. The closer it is to 0, the fewer bytes it takes: 1 to 10. */
    public BytesWriter writeSigned(long value) {
        return writeUnsigned((value << 1) ^ (value >> 63));
    }

    /** Writes a truth value, in one byte. */
    public BytesWriter writeBoolean(boolean value) {
        return writeUnsigned(value ? 1 : 0);
    }

    /** Writes an integer of any size. */
    public BytesWriter writeInteger(BigInteger value) {
        return writeBytes(value.toByteArray());
    }

    /** Writes a text. */
    public BytesWriter writeText(String value) {
        return writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the bytes with their checksum. */
    public byte[] toByteArray() {
        byte[] content = bytes.toByteArray();
        return ByteBuffer.allocate(content.length + BytesReader.CHECKSUM_BYTES)
                .put(content)
                .putInt(checksum(content, content.length))
                .array();
    }

    private BytesWriter writeBytes(byte[] value) {
        writeUnsigned(value.length);
        bytes.writeBytes(value);
        return this;
    }

    static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}

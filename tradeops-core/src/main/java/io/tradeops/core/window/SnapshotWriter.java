package io.tradeops.core.window;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Writes numbers and texts as few bytes. Not thread-safe. */
final class SnapshotWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void raw(byte[] values) {
        bytes.writeBytes(values);
    }

    void oneByte(int value) {
        bytes.write(value);
    }

    /** Writes a number in groups of 7 bits, the lowest first (LEB128). A negative number takes 10 bytes. */
    void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /** Writes a number that is near 0 and may be negative: 0, −1, 1, −2, … (zigzag). */
    void difference(long value) {
        number((value << 1) ^ (value >> 63));
    }

    void text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        raw(encoded);
    }

    /** Returns all bytes, and a checksum of them at the end. */
    byte[] withChecksum() {
        CRC32 checksum = new CRC32();
        checksum.update(bytes.toByteArray());
        raw(ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array());
        return bytes.toByteArray();
    }
}

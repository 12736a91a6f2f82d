package io.tradeops.core.window;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Reads what a {@link SnapshotWriter} wrote. Each method throws an {@link IllegalArgumentException} if the bytes do not
 * hold what it reads. Not thread-safe.
 */
final class SnapshotReader {

    private static final int NUMBER_BITS = 64;

    private final ByteBuffer bytes;

    /**
     * Checks the checksum at the end of the bytes.
     *
     * @throws IllegalArgumentException if the checksum is not that of the bytes before it
     */
    SnapshotReader(byte[] all, int shortest) {
        if (all.length < shortest + Integer.BYTES) {
            throw damaged("it has only " + all.length + " bytes");
        }
        int end = all.length - Integer.BYTES;
        CRC32 checksum = new CRC32();
        checksum.update(all, 0, end);
        if (ByteBuffer.wrap(all).getInt(end) != (int) checksum.getValue()) {
            throw damaged("its checksum is wrong");
        }
        bytes = ByteBuffer.wrap(all, 0, end);
    }

    static IllegalArgumentException damaged(String reason) {
        return new IllegalArgumentException("the snapshot is damaged: " + reason);
    }

    byte[] raw(int length) {
        requireLeft(length);
        byte[] values = new byte[length];
        bytes.get(values);
        return values;
    }

    int oneByte() {
        requireLeft(1);
        return bytes.get() & 0xFF;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < NUMBER_BITS; shift += 7) {
            int group = oneByte();
            value |= (long) (group & 0x7F) << shift;
            if (group < 0x80) {
                return value;
            }
        }
        throw damaged("a number is too long");
    }

    long difference() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    /**
     * Reads the number of things that follow. It cannot be more than the bytes that are left can hold, so a wrong number
     * allocates no memory.
     *
     * @param bytesEach the least number of bytes of each thing
     */
    int count(int bytesEach) {
        long count = number();
        if (count < 0 || count > bytes.remaining() / bytesEach) {
            throw damaged("a number of items is too large: " + count);
        }
        return (int) count;
    }

    String text() {
        return new String(raw(count(1)), StandardCharsets.UTF_8);
    }

    void requireEnd() {
        if (bytes.hasRemaining()) {
            throw damaged(bytes.remaining() + " bytes follow its end");
        }
    }

    private void requireLeft(int length) {
        if (length > bytes.remaining()) {
            throw damaged("it ends too early");
        }
    }
}

package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file or an array, which several threads can read from any position. One thread can read those between
 * two positions as a {@link #stream}.
 */
final class ByteSource extends BlockInputStream {

    private final @Nullable FileChannel channel;
    private final byte[] array;
    private long position;
    private final long end;

    private ByteSource(@Nullable FileChannel channel, byte[] array, long position, long end) {
        this.channel = channel;
        this.array = array;
        this.position = position;
        this.end = end;
    }

    ByteSource(FileChannel channel) {
        this(channel, new byte[0], 0, 0);
    }

    ByteSource(byte[] array) {
        this(null, array, 0, 0);
    }

    long size() throws IOException {
        return channel == null ? array.length : channel.size();
    }

    /** Reads from a position until the length is reached or the source ends. Returns the number of bytes read. */
    int read(long position, byte[] target, int offset, int length) throws IOException {
        if (channel == null) {
            int from = (int) Math.min(position, array.length);
            int count = Math.min(length, array.length - from);
            System.arraycopy(array, from, target, offset, count);
            return count;
        }
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
        int count = 0;
        while (count >= 0 && buffer.hasRemaining()) {
            count = channel.read(buffer, position + buffer.position() - offset);
        }
        return buffer.position() - offset;
    }

    /** The bytes between two positions as a stream. */
    InputStream stream(long from, long to) {
        return new ByteSource(channel, array, from, to);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, end - position);
        int count = wanted == 0 ? 0 : read(position, target, offset, wanted);
        position += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    /** The first position at or after {@code from} that follows a line break; {@link #size} if there is none. */
    long lineStart(long from) throws IOException {
        byte[] bytes = new byte[8192];
        long position = Math.max(from - 1, 0);
        int count = read(position, bytes, 0, bytes.length);
        while (count > 0) {
            for (int i = 0; i < count; i++) {
                if (bytes[i] == '\n') {
                    return position + i + 1;
                }
            }
            position += count;
            count = read(position, bytes, 0, bytes.length);
        }
        return size();
    }
}

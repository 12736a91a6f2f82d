package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteSourceTest {

    private static final byte[] LINES =
            ("\n\nab\n" + "x".repeat(20_000) + "\n" + "y".repeat(8_191) + "\nlast").getBytes(US_ASCII);

    @Test
    void findsTheStartOfALine(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("lines"), LINES);
        try (FileChannel channel = FileChannel.open(file)) {
            for (int from = 1; from <= LINES.length; from += from < 10 ? 1 : 97) {
                assertThat(new ByteSource(LINES).lineStart(from))
                        .as("from %d", from)
                        .isEqualTo(lineStart(from));
                assertThat(new ByteSource(channel).lineStart(from))
                        .as("from %d", from)
                        .isEqualTo(lineStart(from));
            }
        }
    }

    @Test
    void findsAStartOfALineAtThatPosition() throws IOException {
        for (int start : new int[] {1, 2, 5, 20_006, 28_198}) {
            assertThat(LINES[start - 1]).isEqualTo((byte) '\n');
            assertThat(new ByteSource(LINES).lineStart(start)).isEqualTo(start);
        }
    }

    @Test
    void readsUpToTheEnd() throws IOException {
        byte[] target = new byte[10];

        assertThat(new ByteSource(LINES).read(LINES.length - 4, target, 3, 7)).isEqualTo(4);
        assertThat(new String(target, 3, 4, US_ASCII)).isEqualTo("last");
        assertThat(new ByteSource(LINES).read(LINES.length, target, 0, 7)).isZero();
        assertThat(new ByteSource(LINES).read(1L << 40, target, 0, 7)).isZero();
    }

    private static long lineStart(int from) {
        for (int i = from; i <= LINES.length; i++) {
            if (LINES[i - 1] == '\n') {
                return i;
            }
        }
        return LINES.length;
    }
}

package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf16StreamTest {

    private static final char[] CHARS = {
        0, 'A', '\n', 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0xfeff, 0xd7ff, 0xe000, 0xd800, 0xd83d, 0xdbff, 0xdc00, 0xdfff
    };

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void agreesWithTheDecoderOfTheJdkInPiecesOfAnyLength(boolean bigEndian) throws IOException {
        Random random = new Random(16);
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(50); length > 0; length--) {
                text.append(CHARS[random.nextInt(CHARS.length)]);
            }
            boolean cut = random.nextInt(4) == 0;
            InputStream in = new Pieces(utf16(text, bigEndian, cut), random);

            byte[] actual = readInPieces(new Utf16Stream(in, bigEndian), random);

            assertThat(actual).isEqualTo(utf8(text, cut));
        }
    }

    @Test
    void readsTextsThatAreLongerThanItsBuffer() throws IOException {
        String text = "x" + "\u20ac".repeat(20_000) + "\ud83d\ude42".repeat(20_000);

        try (Utf16Stream in = new Utf16Stream(new ByteArrayInputStream(utf16(text, true, false)), true)) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(text);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[1], 0, 0)).isZero();
        }
    }

    @Test
    void readsSingleBytes() throws IOException {
        try (Utf16Stream in = new Utf16Stream(new ByteArrayInputStream(utf16("a\u00e9", false, false)), false)) {
            assertThat(new int[] {in.read(), in.read(), in.read(), in.read()}).containsExactly('a', 0xc3, 0xa9, -1);
        }
    }

    @Test
    void closesTheStreamBelow() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        new Utf16Stream(
                        new ByteArrayInputStream(new byte[0]) {
                            @Override
                            public void close() {
                                closed.set(true);
                            }
                        },
                        true)
                .close();

        assertThat(closed).isTrue();
    }

    private static byte[] readInPieces(InputStream in, Random random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] target = new byte[8];
        int count = 0;
        while (count >= 0) {
            out.write(target, 0, count);
            count = in.read(target, 0, 1 + random.nextInt(8));
        }
        return out.toByteArray();
    }

    /** @param cut whether half a character follows */
    private static byte[] utf16(CharSequence text, boolean bigEndian, boolean cut) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text.chars().forEach(c -> {
            out.write(bigEndian ? c >> 8 : c);
            out.write(bigEndian ? c : c >> 8);
        });
        if (cut) {
            out.write(7);
        }
        return out.toByteArray();
    }

    /** The text in UTF-8. A surrogate without its partner, and half a character at the end, are the byte 0xff. */
    private static byte[] utf8(CharSequence text, boolean cut) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean endsAlone = false;
        for (int codePoint : text.codePoints().toArray()) {
            endsAlone = codePoint >= 0xd800 && codePoint < 0xe000;
            out.writeBytes(
                    endsAlone ? new byte[] {-1} : Character.toString(codePoint).getBytes(UTF_8));
        }
        boolean open = endsAlone && Character.isHighSurrogate(text.charAt(text.length() - 1));
        if (cut && !open) {
            out.write(0xff);
        }
        return out.toByteArray();
    }

    /** Gives one to three bytes at each read. */
    private static final class Pieces extends ByteArrayInputStream {

        private final Random random;

        Pieces(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1 + random.nextInt(3)));
        }
    }
}

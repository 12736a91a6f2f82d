package io.tradeops.core.csv;

import static org.assertj.core.api.Assertions.assertThat;

import blackbox.csv.Packed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks the contract of {@link InputStream} for every stream of this package, with reads of any length. */
class StreamsTest {

    private static final byte[] BYTES = everyByte();
    private static final CsvSettings SETTINGS = TradeCsvReader.builder().settings;

    enum Kind {
        GZIP {
            @Override
            InputStream open(byte[] bytes) throws IOException {
                return new GzipStream(new ByteArrayInputStream(gzip(bytes)), SETTINGS);
            }
        },
        ZIP {
            @Override
            InputStream open(byte[] bytes) throws IOException {
                byte[] zip = Packed.zip(bytes, "folder/", "folder/trades.csv");
                return new ZipStream(new ByteArrayInputStream(zip), SETTINGS);
            }
        },
        READ_AHEAD {
            @Override
            InputStream open(byte[] bytes) {
                return new ReadAhead(new ByteArrayInputStream(bytes));
            }
        },
        RANGE {
            @Override
            InputStream open(byte[] bytes) {
                byte[] more = Arrays.copyOf(bytes, bytes.length + 3);
                return new ByteSource(more).stream(0, bytes.length);
            }
        },
        INFLATED_OF_GZIP {
            @Override
            InputStream open(byte[] bytes) throws IOException {
                return PlainStream.of(new ByteArrayInputStream(gzip(bytes)), SETTINGS);
            }
        },
        INFLATED_OF_PLAIN {
            @Override
            InputStream open(byte[] bytes) throws IOException {
                return PlainStream.of(new ByteArrayInputStream(bytes), SETTINGS);
            }
        },
        COUNTING {
            @Override
            InputStream open(byte[] bytes) {
                return new CountingStream(new ByteArrayInputStream(bytes));
            }
        };

        abstract InputStream open(byte[] bytes) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void readsSingleBytes(Kind kind) throws IOException {
        try (InputStream in = kind.open(BYTES)) {
            for (byte expected : BYTES) {
                assertThat(in.read()).isEqualTo(expected & 0xff);
            }
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsPiecesOfAnyLengthAtAnyOffset(Kind kind) throws IOException {
        SplittableRandom random = new SplittableRandom(12);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream in = kind.open(BYTES)) {
            byte[] target = new byte[40];
            int offset = random.nextInt(20);
            int length = 1 + random.nextInt(20);
            int count = in.read(target, offset, length);
            while (count >= 0) {
                assertThat(count).isBetween(1, length);
                read.write(target, offset, count);
                offset = random.nextInt(20);
                length = 1 + random.nextInt(20);
                count = in.read(target, offset, length);
            }
            assertThat(in.read(target, 0, 1)).isEqualTo(-1);
        }
        assertThat(read.toByteArray()).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void readOfLengthZeroReturnsZero(Kind kind) throws IOException {
        try (InputStream in = kind.open(BYTES)) {
            assertThat(in.read(new byte[1], 0, 0)).isZero();
            assertThat(in.readAllBytes()).isEqualTo(BYTES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void emptyStreamEndsAtOnce(Kind kind) throws IOException {
        try (InputStream in = kind.open(new byte[0])) {
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    private static byte[] everyByte() {
        byte[] bytes = new byte[1000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        return bytes;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }
}

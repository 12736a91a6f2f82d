package blackbox.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.csv.TradeCsvException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipInputTest {

    private final TradeCsvAnalyzer analyzer = TradeCsvAnalyzer.create();

    @Test
    void readsOneMember(@TempDir Path folder) throws IOException {
        byte[] plain = TradeCsvAnalyzerTest.resource("/data/kraken_xbtusdt_trades.csv");
        Path file = Files.write(folder.resolve("trades.csv"), Packed.gzip(plain));
        List<String> lines = Outcome.lines(analyzer.analyze(plain));

        assertThat(Outcome.lines(analyzer.analyze(Packed.gzip(plain)))).isEqualTo(lines);
        assertThat(Outcome.lines(analyzer.analyze(file))).isEqualTo(lines);
    }

    @Test
    void readsSeveralMembersEmptyOnesAndPadding() throws IOException {
        byte[] plain = TradeCsvAnalyzerTest.resource("/data/kraken_xbtusdt_trades.csv");
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(Packed.gzip(new byte[0]));
        for (int from = 0; from < plain.length; from += 10_000) {
            members.writeBytes(Packed.gzip(Arrays.copyOfRange(plain, from, Math.min(from + 10_000, plain.length))));
        }
        members.writeBytes(Packed.gzip(new byte[0]));
        members.writeBytes(new byte[100]);
        List<String> lines = Outcome.lines(analyzer.analyze(plain));

        assertThat(Outcome.lines(analyzer.analyze(members.toByteArray()))).isEqualTo(lines);
        assertThat(Outcome.lines(analyzer.analyze(new SlowStream(members.toByteArray()))))
                .isEqualTo(lines);
        assertThat(Outcome.lines(analyzer.analyze(new SlowStream(plain)))).isEqualTo(lines);
    }

    @Test
    void readsHeadersWithNamesCommentsAndExtraFields() throws IOException {
        byte[] member = Packed.gzip(TradeCsvAnalyzerTest.bytes("ticker,price,quantity\nAAPL,1,1\n"));
        ByteArrayOutputStream decorated = new ByteArrayOutputStream();
        decorated.write(member, 0, 3);
        decorated.write(2 | 4 | 8 | 16);
        decorated.write(member, 4, 6);
        decorated.writeBytes(new byte[] {3, 0, 0, 2, 0});
        decorated.writeBytes(TradeCsvAnalyzerTest.bytes("trades.csv\0a comment\0"));
        decorated.writeBytes(new byte[] {1, 2});
        decorated.write(member, 10, member.length - 10);

        assertThat(analyzer.analyze(decorated.toByteArray()).rows()).isEqualTo(1);
    }

    @Test
    void errorNamesTheLineWhereDataEndsEarly() throws IOException {
        byte[] file = Packed.gzip(TradeCsvAnalyzerTest.resource("/data/kraken_xbtusdt_trades.csv"));

        for (int length : new int[] {2, 5, 10, 11, 100, file.length / 2, file.length - 8, file.length - 1}) {
            assertThatThrownBy(() -> analyzer.analyze(Arrays.copyOf(file, length)))
                    .isInstanceOf(TradeCsvException.class)
                    .hasMessageMatching("line [0-9]+: the gzip data ends early, after [0-9]+ bytes of text");
        }
        assertThatThrownBy(() -> analyzer.analyze(Arrays.copyOf(file, file.length - 1)))
                .hasMessageStartingWith("line 1002: ");
    }

    @Test
    void rejectsDamagedData() throws IOException {
        byte[] file = Packed.gzip(TradeCsvAnalyzerTest.resource("/data/kraken_xbtusdt_trades.csv"));
        for (int at : new int[] {200, file.length - 8, file.length - 4}) {
            byte[] damaged = file.clone();
            damaged[at] ^= 0x55;

            assertThatThrownBy(() -> analyzer.analyze(damaged)).isInstanceOf(TradeCsvException.class);
        }
    }

    @Test
    void rejectsTextAfterTheData() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Packed.gzip(TradeCsvAnalyzerTest.bytes("ticker,price,quantity\nAAPL,1,1\n")));
        file.writeBytes(TradeCsvAnalyzerTest.bytes("AAPL,1,1\n"));

        assertThatThrownBy(() -> analyzer.analyze(file.toByteArray()))
                .isInstanceOf(TradeCsvException.class)
                .hasMessage("line 3: unexpected bytes after the gzip data, after 31 bytes of text");
    }

    @Test
    void rejectsDataThatInflatesTooMuch() throws IOException {
        byte[] file = Packed.gzip(TradeCsvAnalyzerTest.repeat("ticker,price,quantity\n", "AAPL,1,1\n", 4_000_000));

        assertThatThrownBy(() -> analyzer.analyze(file))
                .isInstanceOf(TradeCsvException.class)
                .hasMessageContaining("more than 300 times its own size");
    }

    @Test
    void limitsAreSettings() throws IOException {
        byte[] file = Packed.gzip(TradeCsvAnalyzerTest.bytes("ticker,price,quantity\nAAPL,1,1\n"));

        assertThat(TradeCsvAnalyzer.builder()
                        .maxInflatedBytes(31)
                        .build()
                        .analyze(file)
                        .rows())
                .isEqualTo(1);
        assertThatThrownBy(() ->
                        TradeCsvAnalyzer.builder().maxInflatedBytes(30).build().analyze(file))
                .isInstanceOf(TradeCsvException.class)
                .hasMessageContaining("the gzip data inflates to more than 30 bytes");
    }

    @Test
    void leavesTheStreamOpen() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream in = new ByteArrayInputStream(Packed.gzip(TradeCsvAnalyzerTest.bytes("ticker,price,quantity\n"))) {
            @Override
            public void close() {
                closed.set(true);
            }
        };

        analyzer.analyze(in);

        assertThat(closed).isFalse();
    }

    /** A stream that gives one byte at each read, and reports that none is available. */
    private static final class SlowStream extends InputStream {

        private final byte[] bytes;
        private int at;

        SlowStream(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return at == bytes.length ? -1 : bytes[at++] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            int value = read();
            if (value < 0) {
                return -1;
            }
            target[offset] = (byte) value;
            return 1;
        }
    }
}

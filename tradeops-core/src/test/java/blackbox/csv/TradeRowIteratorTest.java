package blackbox.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.csv.RejectedRow;
import io.tradeops.core.csv.TradeCsvException;
import io.tradeops.core.csv.TradeCsvReader;
import io.tradeops.core.csv.TradeRow;
import io.tradeops.core.csv.TradeRowIterator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TradeRowIteratorTest {

    private static final String FILE = """
            ticker,price,quantity,time,correction
            A,1,1,1700000000,0
            B,x,1,1700000001,0
            C,1,1,1700000002,8
            D,1,1,1700000003,0
            """;

    private final List<RejectedRow> rejected = new ArrayList<>();
    private final TradeCsvReader reader =
            TradeCsvReader.builder().rejects(rejected::add).build();

    @Test
    void givesTheTradesInTheOrderOfTheFile() throws IOException {
        try (TradeRowIterator rows = open(FILE)) {
            assertThat(rows.hasTimestamps()).isTrue();
            assertThat(rows.hasNext()).isTrue();
            assertThat(rows.hasNext()).isTrue();
            assertThat(rows.next().ticker()).isEqualTo("A");
            assertThat(rejected).isEmpty();
            assertThat(rows.next().line()).isEqualTo(5);
            assertThat(rows.hasNext()).isFalse();
            assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
            assertThat(List.of(rows.rows(), rows.rejected(), rows.cancelled())).containsExactly(2L, 1L, 1L);
        }
        assertThat(rejected).extracting(RejectedRow::line).containsExactly(3L);
    }

    @Test
    void stopsEarlyWithoutReadingOn() throws IOException {
        AtomicInteger read = new AtomicInteger();
        byte[] bytes = TradeCsvAnalyzerTest.repeat("ticker,price,quantity\n", "A,1,1\n", 1_000_000);
        ByteArrayInputStream in = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                int count = super.read(target, offset, length);
                read.addAndGet(Math.max(count, 0));
                return count;
            }
        };
        try (TradeRowIterator rows = reader.open(in)) {
            assertThat(rows.hasTimestamps()).isFalse();
            rows.next();
        }

        assertThat(read.get()).isLessThan(1 << 20);
        assertThat(in.available()).as("the stream is open").isPositive();
    }

    @Test
    void closesTheFileThatItOpened(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("trades.csv"), FILE);
        try (TradeRowIterator rows = reader.open(file)) {
            assertThat(rows.next().ticker()).isEqualTo("A");
        }
        Path packed = Files.write(folder.resolve("trades.csv.gz"), Packed.gzip(FILE.getBytes(UTF_8)));
        try (Stream<TradeRow> rows = reader.open(packed).stream()) {
            assertThat(rows.map(TradeRow::ticker)).containsExactly("A", "D");
        }
        assertThatThrownBy(() -> reader.open(folder.resolve("missing.csv"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void streamHasTheTradesThatAreLeft() throws IOException {
        TradeRowIterator rows = open(FILE);
        rows.next();

        assertThat(rows.stream().map(TradeRow::ticker)).containsExactly("D");
        assertThat(rows.stream()).isEmpty();
    }

    @Test
    void openFailsForAFileThatIsNotValid(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("trades.csv"), "ticker,cost\n");

        assertThatThrownBy(() -> reader.open(file)).isInstanceOf(TradeCsvException.class);
        assertThatThrownBy(() -> open("")).isInstanceOf(TradeCsvException.class);
    }

    @Test
    void errorWithinTheFileIsTheCauseOfAnUncheckedOne() throws IOException {
        TradeRowIterator rows = open(FILE + "\"E,1");
        rows.next();
        rows.next();

        assertThatThrownBy(rows::hasNext)
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .isInstanceOf(TradeCsvException.class)
                .hasMessageStartingWith("line 6: a quote is opened");
        assertThatThrownBy(rows::hasNext).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void exceptionOfTheHandlerIsTheCauseOfAnUncheckedOne() throws IOException {
        TradeCsvReader failing = TradeCsvReader.builder()
                .rejects(row -> {
                    throw new IOException("disk full");
                })
                .build();
        TradeRowIterator rows = failing.open(new ByteArrayInputStream(FILE.getBytes(UTF_8)));
        rows.next();

        assertThatThrownBy(rows::next)
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessage("disk full");
    }

    private TradeRowIterator open(String text) throws IOException {
        return reader.open(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }
}

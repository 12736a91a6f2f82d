package blackbox.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.tradeops.core.csv.RejectReason;
import io.tradeops.core.csv.RejectedRow;
import io.tradeops.core.csv.TradeCsvException;
import io.tradeops.core.csv.TradeCsvReader;
import io.tradeops.core.csv.TradeCsvWriter;
import io.tradeops.core.csv.TradeRow;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradeCsvReaderTest {

    private static final Instant TIME = Instant.parse("2026-11-20T14:30:00.123456Z");

    @Test
    void readsWhatTheWriterWrites() throws IOException {
        List<Trade> trades = List.of(
                new Trade("AAPL", 18_712_340_000L, 100 * FixedDecimal.ONE, Side.BUY, TIME, "ext-42"),
                new Trade("BRK.B", 1, FixedDecimal.MAX_UNITS, Side.SELL, Instant.EPOCH, " a,\"b\" c "),
                new Trade("NA", FixedDecimal.MAX_UNITS, 1, Side.UNKNOWN, TIME, ""),
                new Trade("nan", 1, 1, Side.UNKNOWN, TIME, "=1+1"),
                new Trade("X", 1, 1, Side.UNKNOWN, TIME, "größe 🙂"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TradeCsvWriter writer = new TradeCsvWriter(out)) {
            for (Trade trade : trades) {
                writer.write("id-" + trade.ticker(), trade);
            }
        }

        List<TradeRow> rows = read(out.toString(UTF_8));

        assertThat(rows.stream().map(TradeRow::toTrade)).isEqualTo(trades);
        assertThat(rows.stream().map(TradeRow::id)).containsExactly("id-AAPL", "id-BRK.B", "id-NA", "id-nan", "id-X");
        assertThat(rows.stream().map(TradeRow::line)).containsExactly(2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void unknownSidesAreRejectedIfTheReaderRequiresKnownOnes() throws IOException {
        List<RejectedRow> rejected = new ArrayList<>();
        List<TradeRow> rows = new ArrayList<>();
        TradeCsvReader.builder()
                .requireKnownSides()
                .rejects(rejected::add)
                .build()
                .read(
                        new ByteArrayInputStream(
                                "ticker,price,quantity,side\nA,1,1,hold\nA,1,1,\nA,1,1,sell\n".getBytes(UTF_8)),
                        rows::add);

        assertThat(rejected.stream().map(RejectedRow::reasons)).containsExactly(List.of(RejectReason.SIDE_INVALID));
        assertThat(rows.stream().map(TradeRow::side)).containsExactly(Side.UNKNOWN, Side.SELL);
    }

    @Test
    void closedWriterWritesNothing() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TradeCsvWriter writer = new TradeCsvWriter(out);
        writer.close();
        int size = out.size();

        assertThatThrownBy(() -> writer.write("1", new Trade("A", 1, 1, Side.BUY, TIME, "")))
                .isInstanceOf(IOException.class)
                .hasMessage("the writer of the trades file is closed");
        assertThatThrownBy(writer::flush).isInstanceOf(IOException.class);
        writer.close();
        assertThat(out.size()).isEqualTo(size);
    }

    @Test
    void timesOfRowsAreTruncatedToMicrosecondsInTrades() throws IOException {
        TradeRow row = read("ticker,price,quantity,time\nA,1.5,2,2026-11-20T14:30:00.123456789Z\n")
                .get(0);

        assertThat(row.time()).contains(Instant.parse("2026-11-20T14:30:00.123456789Z"));
        assertThat(row.price()).isEqualByComparingTo("1.5");
        assertThat(row.quantity()).isEqualByComparingTo("2");
        assertThat(row.toTrade().timestamp()).isEqualTo(TIME);
    }

    @Test
    void givesEveryReasonOfARejectedRow() throws IOException {
        List<RejectedRow> rejected = new ArrayList<>();
        String file = "ticker,price,quantity,side\n!!,x,-1,foo\nA,1,,buy\n!!,x\n";
        TradeCsvReader.builder()
                .rejects(rejected::add)
                .build()
                .read(new ByteArrayInputStream(file.getBytes(UTF_8)), row -> {});

        assertThat(rejected.stream().map(RejectedRow::reasons))
                .containsExactly(
                        List.of(
                                RejectReason.TICKER_INVALID,
                                RejectReason.PRICE_NOT_A_NUMBER,
                                RejectReason.QUANTITY_NOT_POSITIVE),
                        List.of(RejectReason.QUANTITY_MISSING),
                        List.of(RejectReason.TOO_FEW_FIELDS));
        assertThat(rejected.get(0).reason()).isEqualTo(RejectReason.TICKER_INVALID);
        assertThatThrownBy(() -> new RejectedRow(2, List.of(), "x", 0, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesTimestampAndTradeIdOfARejectedRow() throws IOException {
        List<RejectedRow> rejected = new ArrayList<>();
        String file = """
                ticker,price,quantity,timestamp,trade_id
                A,0,1,1970-01-01T00:00:01Z,a
                A,0,1,soon,"b,"
                A,0,1,,
                A,0,1,1969-01-01T00:00:00Z,
                A,0,1,1970-01-01T00:00:01Z
                """;
        TradeCsvReader.builder()
                .rejects(rejected::add)
                .build()
                .read(new ByteArrayInputStream(file.getBytes(UTF_8)), row -> {});

        assertThat(rejected)
                .extracting(RejectedRow::hasTimestamp, RejectedRow::epochNanos, RejectedRow::tradeId)
                .containsExactly(
                        tuple(true, 1_000_000_000L, "a"),
                        tuple(false, TradeRow.NO_TIMESTAMP, "b,"),
                        tuple(false, TradeRow.NO_TIMESTAMP, ""),
                        tuple(false, TradeRow.NO_TIMESTAMP, ""),
                        tuple(false, TradeRow.NO_TIMESTAMP, ""));
    }

    @Test
    void allowsEmptyButNotInvalidTimestamps() throws IOException {
        List<RejectedRow> rejected = new ArrayList<>();
        List<TradeRow> accepted = new ArrayList<>();
        String file = "ticker,price,quantity,timestamp\nA,1,1,1970-01-01T00:00:01Z\nB,1,1,\nC,1,1,soon\n";
        TradeCsvReader.builder()
                .rejects(rejected::add)
                .allowEmptyTimestamps()
                .build()
                .read(new ByteArrayInputStream(file.getBytes(UTF_8)), accepted::add);

        assertThat(accepted)
                .extracting(TradeRow::ticker, TradeRow::epochNanos)
                .containsExactly(tuple("A", 1_000_000_000L), tuple("B", TradeRow.NO_TIMESTAMP));
        assertThat(rejected).extracting(RejectedRow::reason).containsExactly(RejectReason.TIMESTAMP_INVALID);

        accepted.clear();
        TradeCsvReader.create().read(new ByteArrayInputStream(file.getBytes(UTF_8)), accepted::add);
        assertThat(accepted).extracting(TradeRow::ticker).containsExactly("A");
    }

    @Test
    void writesTheDocumentedLayout() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TradeCsvWriter writer = new TradeCsvWriter(out)) {
            writer.write("7", new Trade("AAPL", 18_712_000_000L, 10_000_000_000L, Side.BUY, TIME, "t,1"));
            writer.write("8", new Trade("AAPL", 1, 10_000_000_000L, Side.UNKNOWN, Instant.EPOCH, ""));
        }

        assertThat(out.toString(UTF_8)).isEqualTo("""
                        id,ticker,price,quantity,side,timestamp,trade_id
                        7,AAPL,187.12,100,buy,2026-11-20T14:30:00.123456Z,"t,1"
                        8,AAPL,0.00000001,100,,1970-01-01T00:00:00Z,
                        """);
    }

    @Test
    void writesTheHeaderOfADayWithoutTrades() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TradeCsvWriter writer = new TradeCsvWriter(out);
        writer.close();
        writer.close();

        assertThat(out.toString(UTF_8)).isEqualTo(TradeCsvWriter.HEADER + "\n");
        assertThat(read(out.toString(UTF_8))).isEmpty();
    }

    @Test
    void flushesHeaderAndTrades() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TradeCsvWriter writer = new TradeCsvWriter(out);
        writer.flush();
        assertThat(out.toString(UTF_8)).isEqualTo(TradeCsvWriter.HEADER + "\n");

        writer.write("7", new Trade("A", 1, 1, Side.SELL, Instant.EPOCH, ""));
        writer.flush();

        assertThat(read(out.toString(UTF_8))).hasSize(1);
    }

    @Test
    void rejectsRowsOfMoreThanOneMebibyte() throws IOException {
        String header = "ticker,price,quantity,note\n";
        String longest = "A,1,1," + "x".repeat((1 << 20) - "A,1,1,".length());

        assertThat(read(header + longest + "\n")).hasSize(1);
        assertThatThrownBy(() -> read(header + longest + "x\n"))
                .isInstanceOf(TradeCsvException.class)
                .hasMessage("line 2: the row is longer than 1048576 bytes");
    }

    @Test
    void distinguishesIdFromTradeId() throws IOException {
        assertThat(read("id,trade_id,ticker,price,quantity\na,b,A,1,1\n"))
                .extracting(TradeRow::id, TradeRow::tradeId)
                .containsExactly(tuple("a", "b"));
        assertThat(read("Trade ID,ticker,price,quantity\nb,A,1,1\n"))
                .extracting(TradeRow::id, TradeRow::tradeId)
                .containsExactly(tuple("", "b"));
        assertThat(read("id,ticker,price,quantity\na,A,1,1\n"))
                .extracting(TradeRow::id, TradeRow::tradeId)
                .containsExactly(tuple("a", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "buy BUY b B 1 bid Bid, BUY",
        "sell Sell s S 2 ask ASK a A, SELL",
        "N n unknown sell_short short buyer 0 3 true x C T, UNKNOWN"
    })
    void readsTheWordsForASide(String words, Side side) throws IOException {
        for (String word : List.of(words.split(" ", -1))) {
            assertThat(read("side,ticker,price,quantity\n" + word + ",A,1,1\n"))
                    .extracting(TradeRow::side)
                    .as(word)
                    .containsExactly(side);
        }
    }

    @ParameterizedTest
    @CsvSource({"false False F 0, BUY", "true TRUE t 1, SELL", "x buy 2 sell, UNKNOWN"})
    void buyerThatIsTheMakerMeansASale(String words, Side side) throws IOException {
        for (String word : List.of(words.split(" ", -1))) {
            assertThat(read("Is Buyer Maker,ticker,price,quantity\n" + word + ",A,1,1\n"))
                    .extracting(TradeRow::side)
                    .as(word)
                    .containsExactly(side);
        }
    }

    @Test
    void emptySideIsUnknownAndPaddingIsNoPartOfASide() throws IOException {
        assertThat(read("side,ticker,price,quantity\n,A,1,1\n buy ,A,1,1\n\" Sell\" ,A,1,1\n"))
                .extracting(TradeRow::side)
                .containsExactly(Side.UNKNOWN, Side.BUY, Side.SELL);
    }

    @Test
    void refusesTwoColumnsOfTheSide() {
        assertThatThrownBy(() -> read("side,is_buyer_maker,ticker,price,quantity\nbuy,True,A,1,1\n"))
                .isInstanceOf(TradeCsvException.class)
                .hasMessage("line 1: several columns may be the side: side, is_buyer_maker; choose one with"
                        + " --map side=side");
    }

    @Test
    void rejectsConversionOfARowWithoutATimestamp() throws IOException {
        TradeRow row = read("ticker,price,quantity\nA,1,1\n").get(0);

        assertThat(row.hasTimestamp()).isFalse();
        assertThat(row.epochNanos()).isEqualTo(TradeRow.NO_TIMESTAMP);
        assertThatIllegalStateException().isThrownBy(row::toTrade).withMessageContaining("line 2");
    }

    @Test
    void failsWithTheExceptionOfTheHandler() {
        assertThatThrownBy(() -> TradeCsvReader.create()
                        .read(new ByteArrayInputStream("ticker,price,quantity\nA,1,1\n".getBytes(UTF_8)), row -> {
                            throw new IOException("line " + row.line());
                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("line 2");
    }

    private static List<TradeRow> read(String text) throws IOException {
        List<TradeRow> rows = new ArrayList<>();
        TradeCsvReader.builder()
                .rejects(row -> {
                    throw new AssertionError(row);
                })
                .build()
                .read(new ByteArrayInputStream(text.getBytes(UTF_8)), rows::add);
        return rows;
    }
}

package blackbox.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.csv.RejectReason;
import io.tradeops.core.csv.TickerSummary;
import io.tradeops.core.csv.TradeAnalysis;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class TradeAnalysisTest {

    private static final String TIMED = "ticker,price,quantity,time,correction\n";

    @Test
    void findsATicker() throws IOException {
        TradeAnalysis analysis = analysis("AAPL,10,1,1700000000,0\nO:SPY251219C00650000,3,1,1700000000,0\n");

        assertThat(analysis.ticker("AAPL")).contains(analysis.tickers().get(0));
        assertThat(analysis.ticker("O:SPY251219C00650000").map(TickerSummary::tradeCount))
                .contains(1L);
        for (String other : List.of("aapl", "AAP", "AAPLX", "", "A B", "x".repeat(33), "O:SPY251219C00650001")) {
            assertThat(analysis.ticker(other)).isEmpty();
        }
    }

    @Test
    void listOfTickersIsUnmodifiable() throws IOException {
        List<TickerSummary> tickers = analysis("A,10,1,1700000000,0\n").tickers();

        assertThat(tickers).hasSize(1);
        assertThatThrownBy(() -> tickers.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> tickers.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void equalsComparesEveryNumber() throws IOException {
        String rows = "A,10,1,1700000000,0\nB,x,1,1700000000,0\nC,1,1,1700000000,8\n";
        TradeAnalysis analysis = analysis(rows);

        assertThat(analysis).isEqualTo(analysis(rows)).hasSameHashCodeAs(analysis(rows));
        assertThat(analysis).isNotEqualTo("x").isNotEqualTo(null);
        for (String other : List.of(
                rows + "A,10,1,1700000000,0\n",
                rows + "C,1,1,1700000000,8\n",
                rows + "B,x,1,1700000000,0\n",
                rows.replace("A,10", "B,10"),
                rows.replace("A,10", "A,11"),
                rows.replace("10,1", "10,2"),
                rows.replace("1700000000,0\nB,x", "1700000001,0\nB,x"),
                rows.replace("x", "0"),
                "\n" + rows)) {
            assertThat(analysis(other)).as(other).isNotEqualTo(analysis);
        }
        assertThat(plain("A,10,1\n")).isNotEqualTo(analysis("A,10,1,1700000000,0\n"));
    }

    @Test
    void emptyAnalysisIsTheIdentityOfMerge() throws IOException {
        for (TradeAnalysis analysis : List.of(
                analysis("A,10,1,1700000000,0\nB,x,1,1700000000,0\nC,1,1,1700000000,8\n"),
                plain("A,1,1\nA,2,1\n"),
                TradeAnalysis.empty())) {
            assertThat(analysis.merge(TradeAnalysis.empty())).isEqualTo(analysis);
            assertThat(TradeAnalysis.empty().merge(analysis)).isEqualTo(analysis);
        }
        assertThat(TradeAnalysis.empty().rows()).isZero();
        assertThat(TradeAnalysis.empty().tickers()).isEmpty();
    }

    @Test
    void mergeIsAssociative() throws IOException {
        TradeAnalysis one = analysis("A,1,1,1700000001,0\nB,x,1,1700000000,0\n");
        TradeAnalysis two = analysis("A,2,1,1700000001,0\nC,1,1,1700000000,8\nD,4,1,1700000000,0\n");
        TradeAnalysis three = analysis("\nA,3,1,1700000000,0\nB,x,1,1700000000,0\n,1,1,1700000000,0\n");

        TradeAnalysis merged = one.merge(two).merge(three);

        assertThat(merged).isEqualTo(one.merge(two.merge(three)));
        assertThat(merged.cancelled()).isEqualTo(1);
        assertThat(merged.rejectedByReason())
                .isEqualTo(Map.of(RejectReason.PRICE_NOT_A_NUMBER, 2L, RejectReason.TICKER_MISSING, 1L));
        assertThat(merged.firstRejectedLines())
                .isEqualTo(Map.of(RejectReason.PRICE_NOT_A_NUMBER, 3L, RejectReason.TICKER_MISSING, 5L));
        assertThat(Outcome.lines(merged)).containsExactly("A,3,2,2,3,1,3,3,2,6", "D,1,4,4,1,4,4,4,4,4");
    }

    @Test
    void mergeChangesNeitherAnalysis() throws IOException {
        TradeAnalysis one = analysis("A,1,1,1700000001,0\n");
        TradeAnalysis two = analysis("A,2,1,1700000002,0\n");

        one.merge(two);

        assertThat(one).isEqualTo(analysis("A,1,1,1700000001,0\n"));
        assertThat(two).isEqualTo(analysis("A,2,1,1700000002,0\n"));
    }

    @Test
    void restoresAnEqualAnalysisFromItsBytes() throws IOException {
        TradeAnalysis timed = analysis("B,x,1,1700000000,0\nA,1,1,1700000001,0\n^X,0.1,7,1700000000,0\nC,1,1,1,8\n");
        TradeAnalysis huge = TradeCsvAnalyzer.create()
                .analyze(TradeCsvAnalyzerTest.repeat(
                        "ticker,price,quantity\n", "A,9999999999.99999999,9999999999.99999999\n", 1000));
        TradeAnalysis plain = plain("A,1,1\nA,2,1\n");
        for (TradeAnalysis analysis : List.of(
                timed, huge, plain, TradeAnalysis.empty(), timed.merge(plain), plain.merge(timed), huge.merge(huge))) {
            TradeAnalysis restored = TradeAnalysis.fromBytes(analysis.toBytes());

            assertThat(restored).isEqualTo(analysis).hasSameHashCodeAs(analysis);
            assertThat(restored.toBytes()).isEqualTo(analysis.toBytes());
            assertThat(restored.tickers()).isEqualTo(analysis.tickers());
            assertThat(restored.merge(timed)).isEqualTo(analysis.merge(timed));
        }
    }

    @Test
    void refusesBytesThatAreDamagedAnywhere() throws IOException {
        byte[] bytes = analysis("B,x,1,1700000000,0\nA,1,1,1700000001,0\n").toBytes();
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            byte[] shortened = Arrays.copyOf(bytes, at);

            assertThatIllegalArgumentException().isThrownBy(() -> TradeAnalysis.fromBytes(damaged));
            assertThatIllegalArgumentException().isThrownBy(() -> TradeAnalysis.fromBytes(shortened));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TradeAnalysis.fromBytes(Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TradeAnalysis.fromBytes(forged(2, 0, 0, 0, 0)))
                .withMessage("the bytes are of version 2; this program reads versions 1 to 1");
    }

    @Test
    void readsAForgedAnalysisThatIsConsistent() {
        TradeAnalysis analysis =
                TradeAnalysis.fromBytes(forged(1, 1, 7, 0, 1, "A", 2, sum(3), sum(4), sum(5), 0, 2, 0, 2, 2, 2));

        assertThat(analysis.rows()).isEqualTo(2);
        assertThat(analysis.rowsWithoutTimestamp()).isEqualTo(1);
        assertThat(analysis.cancelled()).isEqualTo(7);
    }

    @Test
    void refusesForgedNumbers() {
        long huge = Long.MAX_VALUE;
        for (byte[] forged : List.of(
                forged(1, 0, 0, 0, 1_000_000_000),
                forged(1, 0, 0, 0, -1L),
                forged(1, 0, 0, 1_000_000_000),
                forged(1, 0, -1L, 0, 0),
                forged(1, 1, 0, 0, 0),
                forged(1, 0, 0, 1, "no_such_reason", 1, 1, 0),
                forged(1, 0, 0, 1, "price_missing", 0, 1, 0),
                forged(1, 0, 0, 2, "price_missing", 1, 1, "price_missing", 1, 1, 0),
                forged(1, 0, 0, 2, "price_missing", huge, 1, "ticker_missing", 1, 1, 0),
                slot("A B", 1, 1, 1, 1, 0, 2, 0, 2, 2, 2),
                slot("", 1, 1, 1, 1, 0, 2, 0, 2, 2, 2),
                slot("A", 0, 1, 1, 1, 0, 2, 0, 2, 2, 2),
                slot("A", 1, 0, 1, 1, 0, 2, 0, 2, 2, 2),
                slot("A", 1, 1, -1, 1, 0, 2, 0, 2, 2, 2),
                slot("A", 1, 1, 1, 0, 0, 2, 0, 2, 2, 2),
                slot("A", 1, 1, 1, 1, 0, 2, 0, 2, 2, 1),
                slot("A", 1, 1, 1, 1, 0, 0, 0, 0, 0, 0),
                slot("A", 1, 1, 1, 1, 0, 3, 0, 2, 1, 2),
                slot("A", 1, 1, 1, 1, 0, 2, 0, 3, 1, 2),
                slot("A", 1, 1, 1, 1, 3, 2, 4, 2, 2, 2),
                slot("A", 1, 1, 1, 1, 0, 2, -2, 2, 2, 2),
                slot("A", 1, 1, 1, 1, huge, 2, 0, 2, 2, 2))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TradeAnalysis.fromBytes(forged))
                    .withMessageStartingWith("the bytes are damaged");
        }
    }

    @Test
    void refusesForgedTradesThatDoNotFitALong() {
        Object[] one = {"A", Long.MAX_VALUE, sum(1), sum(1), sum(1), 0, 2, 0, 2, 2, 2};
        Object[] two = {"B", 1, sum(1), sum(1), sum(1), 0, 2, 0, 2, 2, 2};
        byte[] forged = forged(1, 0, 0, 0, 2, one, two);

        assertThatIllegalArgumentException().isThrownBy(() -> TradeAnalysis.fromBytes(forged));
    }

    /** A slot: ticker, trades, three sums; last time and price, first time and price, lowest and highest price. */
    private static byte[] slot(String ticker, long trades, long prices, long quantities, long notional, long... edges) {
        Object[] signed =
                Arrays.stream(edges).map(edge -> 2 * edge ^ edge >> 63).boxed().toArray();
        return forged(1, 0, 0, 0, 1, ticker, trades, sum(prices), sum(quantities), sum(notional), signed);
    }

    private static BigInteger sum(long value) {
        return BigInteger.valueOf(value);
    }

    /** Bytes with a right checksum. Numbers have seven bits a byte, the lowest first. */
    private static byte[] forged(Object... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("TOan".getBytes(StandardCharsets.US_ASCII));
        append(bytes, values);
        CRC32 crc = new CRC32();
        crc.update(bytes.toByteArray());
        bytes.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        return bytes.toByteArray();
    }

    private static void append(ByteArrayOutputStream bytes, Object... values) {
        for (Object value : values) {
            if (value instanceof Object[] several) {
                append(bytes, several);
            } else if (value instanceof String text) {
                appendBytes(bytes, text.getBytes(StandardCharsets.UTF_8));
            } else if (value instanceof BigInteger integer) {
                appendBytes(bytes, integer.toByteArray());
            } else {
                appendNumber(bytes, ((Number) value).longValue());
            }
        }
    }

    private static void appendBytes(ByteArrayOutputStream bytes, byte[] value) {
        appendNumber(bytes, value.length);
        bytes.writeBytes(value);
    }

    private static void appendNumber(ByteArrayOutputStream bytes, long value) {
        long rest = value;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            bytes.write((int) ((rest & 0x7f) | 0x80));
        }
        bytes.write((int) rest);
    }

    private static TradeAnalysis analysis(String rows) throws IOException {
        return TradeCsvAnalyzer.create().analyze(TradeCsvAnalyzerTest.bytes(TIMED + rows));
    }

    private static TradeAnalysis plain(String rows) throws IOException {
        return TradeCsvAnalyzer.create().analyze(TradeCsvAnalyzerTest.bytes("ticker,price,quantity\n" + rows));
    }
}

package io.tradeops.core.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.codec.BytesWriter;
import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TickerTableTest {

    private static final long UNTIMED = TradeRow.NO_TIMESTAMP;

    @Test
    void newTickerHasASlotWithoutTrades() {
        TickerTable table = new TickerTable();

        int number = table.numberFor("AAPL");

        assertThat(number).isEqualTo(1);
        assertThat(table.numberFor("AAPL")).isEqualTo(1);
        assertThat(table.find("AAPL")).isEqualTo(1);
        assertThat(table.find("AAP")).isZero();
        assertThat(table.find("")).isZero();
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.trades()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "O:SPY25", "O:SPY251219C0065", "O:SPY251219C00650000ABC"})
    void growthKeepsTheNumbersOfTickersWithAnyPrefix(String prefix) {
        TickerTable table = new TickerTable();
        for (int i = 1; i <= 5000; i++) {
            assertThat(table.numberFor(prefix + i)).isEqualTo(i);
        }

        for (int i = 1; i <= 5000; i++) {
            assertThat(table.find(prefix + i)).isEqualTo(i);
            assertThat(table.ticker(i)).isEqualTo(prefix + i);
        }
        assertThat(table.size()).isEqualTo(5000);
        assertThat(table.find(prefix + 5001)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "O:SPY251", "O:SPY251219C0065", "O:SPY251219C00650000ABCD"})
    void tickersWithOnePrefixAreSpreadOverTheIndex(String prefix) {
        TickerTable table = new TickerTable();
        for (int i = 0; i < 50_000; i++) {
            table.numberFor(prefix + "%08d".formatted(i));
        }

        assertThat(longestRun(table.index())).isLessThan(200);
        assertThat(groupsInUse(table.index())).isGreaterThan(25_000);
    }

    /** The longest run of entries in use. No search looks at more entries. */
    private static int longestRun(int[] index) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < 2 * index.length; i++) {
            run = index[i % index.length] == 0 ? 0 : run + 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /** The number of groups of three entries of which one at least is in use. */
    private static long groupsInUse(int[] index) {
        return IntStream.range(0, index.length)
                .filter(i -> index[i] != 0)
                .map(i -> i / 3)
                .distinct()
                .count();
    }

    @Test
    void sumsThatExceedASlotAreExact() {
        TickerTable table = new TickerTable();
        Reference reference = new Reference();
        for (int i = 0; i < 300; i++) {
            int number = table.numberFor("A");
            table.add(number, i, FixedDecimal.MAX_UNITS, FixedDecimal.MAX_UNITS, 0);
            reference.add("A", i, FixedDecimal.MAX_UNITS, FixedDecimal.MAX_UNITS, 0);
        }

        assertThat(table.summary(1)).isEqualTo(reference.summaries().get(0));
        table.spill(1);
        assertThat(table.summary(1)).isEqualTo(reference.summaries().get(0));
        assertThat(table.copy().summary(1)).isEqualTo(reference.summaries().get(0));
    }

    @Test
    void copyIsIndependent() {
        TickerTable table = new TickerTable();
        table.add(table.numberFor("A"), 1, 1, 1, 0);
        TickerTable copy = table.copy();

        table.add(table.numberFor("A"), 2, 2, 2, 0);
        table.add(table.numberFor("B"), 1, 1, 1, 0);

        assertThat(copy.size()).isEqualTo(1);
        assertThat(copy.trades()).isEqualTo(1);
        assertThat(copy.find("B")).isZero();
        assertThat(copy.hasEqualSlot(1, table, 1)).isFalse();
    }

    @Test
    void sortsByCodePoint() {
        Random random = new Random(5);
        TickerTable table = new TickerTable();
        Set<String> tickers =
                new HashSet<>(List.of("A", "AA", "A.", "A-", "a", "^", "0", "A".repeat(32), "A".repeat(31)));
        while (tickers.size() < 1000) {
            tickers.add(randomTicker(random));
        }
        tickers.forEach(table::numberFor);

        List<String> sorted = new ArrayList<>();
        for (int number : table.sorted()) {
            sorted.add(table.ticker(number));
        }

        assertThat(sorted).isEqualTo(tickers.stream().sorted().toList());
        assertThat(new TickerTable().sorted()).isEmpty();
    }

    private static String randomTicker(Random random) {
        String letters = "AZaz09^.-/=_:&";
        StringBuilder ticker = new StringBuilder("T");
        for (int length = random.nextInt(32); length > 0; length--) {
            ticker.append(letters.charAt(random.nextInt(letters.length())));
        }
        return ticker.toString();
    }

    @Test
    void blocksInAnyOrderGiveTheSameTotals() {
        Random random = new Random(6);
        for (int round = 0; round < 300; round++) {
            boolean timed = random.nextBoolean();
            TickerTable[] workers = {new TickerTable(), new TickerTable(), new TickerTable()};
            Reference reference = new Reference();
            for (int block = 0; block < 8; block++) {
                TickerTable worker = workers[random.nextInt(workers.length)];
                for (int i = random.nextInt(5); i > 0; i--) {
                    addRandom(random, timed ? random.nextInt(6) : UNTIMED, block, worker, reference);
                }
            }

            workers[0].addBlocks(workers[1]);
            workers[0].addBlocks(workers[2]);

            assertThat(summaries(workers[0])).isEqualTo(reference.summaries());
        }
    }

    @Test
    void laterPartsDecideAtEqualTimes() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            boolean timed = random.nextBoolean();
            TickerTable merged = new TickerTable();
            Reference reference = new Reference();
            for (int part = 0; part < 4; part++) {
                TickerTable table = new TickerTable();
                for (int i = random.nextInt(6); i > 0; i--) {
                    addRandom(random, timed ? random.nextInt(6) : UNTIMED, 0, table, reference);
                }
                merged.addLater(table);
            }

            assertThat(summaries(merged)).isEqualTo(reference.summaries());
        }
    }

    private static void addRandom(Random random, long time, int block, TickerTable table, Reference reference) {
        String ticker = "T" + random.nextInt(3);
        long price = random.nextInt(4) == 0 ? FixedDecimal.MAX_UNITS : 1 + random.nextInt(9);
        long quantity = random.nextInt(4) == 0 ? FixedDecimal.MAX_UNITS : 1 + random.nextInt(9);
        table.add(table.numberFor(ticker), time, price, quantity, block);
        reference.add(ticker, time, price, quantity, block);
    }

    @Test
    void largeBlockNumbersKeepTheirOrder() {
        TickerTable early = new TickerTable();
        TickerTable late = new TickerTable();
        late.add(late.numberFor("A"), 5, 2, 1, 0xffff_fffeL);
        early.add(early.numberFor("A"), 5, 1, 1, 0x7fff_ffffL);
        late.addBlocks(early);

        assertThat(late.summary(1).firstPrice()).isEqualTo(FixedDecimal.toBigDecimal(1));
        assertThat(late.summary(1).lastPrice()).isEqualTo(FixedDecimal.toBigDecimal(2));
    }

    @Test
    void slotIsReadBackAsItWasWritten() {
        TickerTable table = new TickerTable();
        table.add(table.numberFor("O:SPY251219C00650000"), 7, FixedDecimal.MAX_UNITS, 3, 0);
        table.add(1, 5, 2, FixedDecimal.MAX_UNITS, 0);
        TickerTable copy = new TickerTable();

        long trades = copy.read(reader(table), 2);

        assertThat(trades).isEqualTo(2);
        assertThat(copy.hasEqualSlot(1, table, 1)).isTrue();
        assertThat(copy.summary(1)).isEqualTo(table.summary(1));
        assertThatThrownBy(() -> copy.read(reader(table), 2)).hasMessageContaining("occurs twice");
        assertThatThrownBy(() -> new TickerTable().read(reader(table), 1)).hasMessageContaining("trades");
    }

    private static BytesReader reader(TickerTable table) {
        BytesWriter out = new BytesWriter("test", 1);
        table.write(1, out);
        return new BytesReader(out.toByteArray(), "test", 1);
    }

    private static List<TickerSummary> summaries(TickerTable table) {
        List<TickerSummary> summaries = new ArrayList<>();
        for (int number : table.sorted()) {
            summaries.add(table.summary(number));
        }
        return summaries;
    }

    /** Adds up every trade with {@code BigDecimal}. */
    private static final class Reference {

        private record Row(long time, int block, long price, long quantity) {}

        private final Map<String, List<Row>> rows = new TreeMap<>();

        void add(String ticker, long time, long price, long quantity, int block) {
            rows.computeIfAbsent(ticker, t -> new ArrayList<>()).add(new Row(time, block, price, quantity));
        }

        List<TickerSummary> summaries() {
            List<TickerSummary> summaries = new ArrayList<>();
            rows.forEach((ticker, trades) -> summaries.add(summary(ticker, trades)));
            return summaries;
        }

        private static TickerSummary summary(String ticker, List<Row> trades) {
            BigDecimal prices = BigDecimal.ZERO.setScale(8);
            BigDecimal volume = BigDecimal.ZERO.setScale(8);
            BigDecimal notional = BigDecimal.ZERO.setScale(16);
            Row first = trades.get(0);
            Row last = trades.get(0);
            for (Row row : trades) {
                prices = prices.add(decimal(row.price));
                volume = volume.add(decimal(row.quantity));
                notional = notional.add(decimal(row.price).multiply(decimal(row.quantity)));
                first = row.time < first.time ? row : first;
                last = row.time >= last.time ? row : last;
            }
            BigDecimal count = BigDecimal.valueOf(trades.size());
            return new TickerSummary(
                    ticker,
                    volume,
                    prices.divide(count, 8, RoundingMode.HALF_EVEN),
                    notional.divide(volume, 8, RoundingMode.HALF_EVEN),
                    trades.size(),
                    decimal(trades.stream().mapToLong(Row::price).min().orElseThrow()),
                    decimal(trades.stream().mapToLong(Row::price).max().orElseThrow()),
                    decimal(first.price),
                    decimal(last.price),
                    notional);
        }

        private static BigDecimal decimal(long units) {
            return BigDecimal.valueOf(units, 8);
        }
    }
}

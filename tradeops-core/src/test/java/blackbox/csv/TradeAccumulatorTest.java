package blackbox.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.csv.TradeAccumulator;
import io.tradeops.core.csv.TradeAnalysis;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.csv.TradeCsvReader;
import io.tradeops.core.csv.TradeRow;
import io.tradeops.core.csv.TradeRowIterator;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TradeAccumulatorTest {

    private static final Instant TIME = Instant.parse("2026-11-20T14:30:00.123456Z");

    private final TradeAccumulator totals = new TradeAccumulator();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ticker,price,quantity\nA,3,1\nB,1,1\nA,x,1\nA,2,5\n",
                "ticker,price,quantity,time\nA,3,1,1700000001\nA,1,1,1700000000\nA,0,1,1700000000\n,2,5,1700000001\n",
                "ticker,price,quantity,correction\nA,3,1,0\nA,9,1,8\nA,9,1,11\n",
                "ticker,price,quantity\n"
            })
    void equalsTheAnalyzer(String file) throws IOException {
        TradeCsvReader reader =
                TradeCsvReader.builder().rejects(totals::addRejected).build();
        try (TradeRowIterator rows = reader.open(new ByteArrayInputStream(file.getBytes(UTF_8)))) {
            rows.forEachRemaining(totals::add);
            totals.addCancelled(rows.cancelled());
        }

        assertThat(totals.analysis()).isEqualTo(TradeCsvAnalyzer.create().analyze(file.getBytes(UTF_8)));
    }

    @Test
    void equalsTheAnalyzerOnRealTrades() throws IOException {
        byte[] file = TradeCsvAnalyzerTest.resource("/data/kraken_xbtusdt_trades.csv");
        TradeCsvReader.create().read(new ByteArrayInputStream(file), totals::add);

        assertThat(totals.analysis()).isEqualTo(TradeCsvAnalyzer.create().analyze(file));
    }

    @Test
    void addsTradesInWhateverForm() {
        totals.add(new Trade("A", 5, 2, Side.BUY, TIME, "x"));
        totals.add("A", EpochNanos.of(TIME), 5, 2);
        totals.add(new TradeRow(7, "A", 5, 2, Side.SELL, EpochNanos.of(TIME), "", ""));

        TradeAccumulator others = new TradeAccumulator();
        for (int i = 0; i < 3; i++) {
            others.add("A", EpochNanos.of(TIME), 5, 2);
        }
        assertThat(totals.analysis()).isEqualTo(others.analysis());
    }

    @Test
    void analysisDoesNotChangeWithLaterTrades() {
        totals.add("A", 1, 5, 2);
        TradeAnalysis before = totals.analysis();

        totals.add("A", 2, 6, 2);
        totals.add("B", 2, 6, 2);

        assertThat(before.rows()).isEqualTo(1);
        assertThat(before.tickers()).hasSize(1);
        assertThat(totals.analysis().rows()).isEqualTo(3);
        assertThat(new TradeAccumulator().analysis()).isEqualTo(TradeAnalysis.empty());
    }

    @Test
    void countsTradesWithoutATime() {
        totals.add("A", TradeRow.NO_TIMESTAMP, 5, 2);
        totals.add("A", 0, 5, 2);

        assertThat(totals.analysis().rowsWithoutTimestamp()).isEqualTo(1);
    }

    @Test
    void refusesValuesOutOfTheirRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> totals.add("A\u001b", 0, 1, 1))
                .withMessageEndingWith(": A\\u001b");
        assertThatIllegalArgumentException().isThrownBy(() -> totals.add("A", -2, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> totals.add("A", EpochNanos.MAX + 1, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> totals.add("A", 0, 0, 1))
                .withMessage("priceUnits must be 1 to 999999999999999999: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> totals.add("A", 0, FixedDecimal.MAX_UNITS + 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> totals.add("A", 0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> totals.add("A", 0, 1, FixedDecimal.MAX_UNITS + 1));
        assertThat(totals.analysis()).isEqualTo(TradeAnalysis.empty());

        totals.add("A", TradeRow.NO_TIMESTAMP, 1, 1);
        totals.add("A", EpochNanos.MAX, FixedDecimal.MAX_UNITS, FixedDecimal.MAX_UNITS);
        assertThat(totals.analysis().rows()).isEqualTo(2);
    }
}

package blackbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.average.AveragePrice;
import io.tradeops.core.average.KeyedPriceAverager;
import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.average.TickerAverage;
import io.tradeops.core.average.TimeWindows;
import io.tradeops.core.csv.TickerSummary;
import io.tradeops.core.csv.TradeAccumulator;
import io.tradeops.core.csv.TradeAnalysis;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.csv.TradeCsvReader;
import io.tradeops.core.csv.TradeRow;
import io.tradeops.core.csv.TradeRowIterator;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.trade.TradeBytes;
import io.tradeops.core.trade.TradeValidator;
import io.tradeops.core.trade.ValidationResult;
import io.tradeops.core.trade.Violation;
import io.tradeops.core.window.KeyedPriceMove;
import io.tradeops.core.window.KeyedPriceMoveDetector;
import io.tradeops.core.window.PriceMove;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import io.tradeops.core.window.PriceMoveSnapshot;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/core.md}. CoreDocumentTest checks that they equal these regions. */
class CoreExamplesTest {

    private final List<String> printed = new ArrayList<>();

    @Test
    void parsesDecimals() {
        // region decimals
        long price = FixedDecimal.parse("187.12"); // 18712000000, in units of 1e-8
        String text = FixedDecimal.toString(price); // 187.12
        long units = FixedDecimal.tryParse("1e1000000000"); // TOO_LARGE, at once
        boolean failed = FixedDecimal.isError(units); // true
        // endregion
        assertThat(price).isEqualTo(18_712_000_000L);
        assertThat(text).isEqualTo("187.12");
        assertThat(units).isEqualTo(FixedDecimal.TOO_LARGE);
        assertThat(failed).isTrue();
    }

    @Test
    void validatesATrade() {
        Instant now = Instant.parse("2026-11-20T15:00:00Z");
        // region validate
        TradeValidator validator = TradeValidator.create();
        ValidationResult result = validator.check("AAPL", "187.12", "100", "buy", null, "ext-42", now);
        if (result instanceof ValidationResult.Valid valid) {
            print(valid.trade().ticker() + " at " + valid.trade().price()); // AAPL at 187.12000000
        }
        for (Violation violation : validator.validate("AAPL", "-1", null, null, null, null, now)) {
            print(violation.field() + " " + violation.code()); // price not_positive, quantity required
        }
        // endregion
        assertThat(printed).containsExactly("AAPL at 187.12000000", "price not_positive", "quantity required");
    }

    @Test
    void validatesBytes() {
        Instant now = Instant.parse("2026-11-20T15:00:00Z");
        // region bytes
        byte[] line = "AAPL,187.12,100".getBytes(StandardCharsets.UTF_8);
        TradeBytes trade = new TradeBytes(); // created once, used for many lines
        trade.clear().ticker(line, 0, 4).price(line, 5, 11).quantity(line, 12, 15);
        boolean valid = TradeValidator.create().validate(trade, now).isEmpty(); // true, nothing allocated
        // endregion
        assertThat(valid).isTrue();
    }

    @Test
    void detectsAPriceMove() {
        // region detect
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        long start = EpochNanos.of(Instant.parse("2026-11-20T14:30:00Z"));
        detector.onTick(start, FixedDecimal.parse("100"), 1);
        Optional<PriceMove> move = detector.onTick(start + 31_000_000_000L, FixedDecimal.parse("102.0134"), 57);
        move.ifPresent(found -> print(found.rule().notation() + " " + found.changePercent())); // up>2%/60s 2.0134
        // endregion
        assertThat(printed).containsExactly("up>2%/60s 2.0134");
    }

    @Test
    void restoresADetector() {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        detector.onTick(0, 100, 0);
        // region restart
        byte[] bytes = detector.snapshot().toBytes(); // to be stored, or sent to another process
        PriceMoveDetector restarted = PriceMoveDetector.restore(PriceMoveSnapshot.fromBytes(bytes));
        // endregion
        assertThat(restarted.onTick(1, 103, 1)).isPresent();
    }

    @Test
    void detectsPriceMovesOfManyTickers() {
        // region keyed
        PriceMoveRule rise = PriceMoveRule.riseOfTwoPercentInOneMinute().withCooldown(Duration.ofMinutes(5));
        PriceMoveRule fall = new PriceMoveRule(Direction.DOWN, new BigDecimal("1.5"), Duration.ofSeconds(30));
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(rise, fall)
                .maxTickers(10_000)
                .maxRetainedTicks(1_000_000)
                .allowedLateness(Duration.ofSeconds(2))
                .build();
        detector.onTick("AAPL", 0, FixedDecimal.parse("100"), 1);
        for (KeyedPriceMove move : detector.onTick("AAPL", 1_000_000, FixedDecimal.parse("98.4"), 2)) {
            print(move.ticker() + " " + move.changePercent()); // AAPL -1.6000
        }
        long refused = detector.counts().refusedTicks(); // 0: there was room for every ticker
        // endregion
        assertThat(printed).containsExactly("AAPL -1.6000");
        assertThat(refused).isZero();
    }

    @Test
    void averagesPrices() {
        Instant time = Instant.parse("2026-11-20T14:31:00Z");
        // region average
        PriceAverager averager = new PriceAverager(Duration.ofMinutes(5));
        averager.add(time, new BigDecimal("10"), new BigDecimal("1"), 1);
        averager.add(time.plusSeconds(1), new BigDecimal("11"), new BigDecimal("3"), 2);
        for (AveragePrice average : averager.close(Instant.parse("2026-11-20T14:35:00Z"))) {
            print(average.averagePrice() + " " + average.vwap().orElseThrow()); // 10.50000000 10.75000000
        }
        // endregion
        assertThat(printed).containsExactly("10.50000000 10.75000000");
    }

    @Test
    void averagesPricesOfManyTickers() {
        List<Tick> ticks = List.of(
                new Tick("AAPL", 299_000_000_000L, 100, 1, 1),
                new Tick("MSFT", 302_000_000_000L, 200, 1, 2),
                new Tick("AAPL", 298_000_000_000L, 102, 1, 3));
        // region keyed-average
        KeyedPriceAverager averager = KeyedPriceAverager.builder(TimeWindows.of(Duration.ofMinutes(5)))
                .allowedLateness(Duration.ofSeconds(2))
                .revisableFor(Duration.ofHours(1))
                .build();
        for (Tick tick : ticks) {
            averager.add(tick);
            for (TickerAverage result : averager.close()) { // the windows that the feed's own time has ended
                print(result.ticker() + " revision " + result.revision() + " "
                        + result.average().tickCount());
            }
        }
        byte[] snapshot = averager.snapshot(); // to be stored; restore(snapshot) continues
        // endregion
        assertThat(printed).containsExactly("AAPL revision 1 1", "AAPL revision 2 2");
        assertThat(snapshot).isNotEmpty();
    }

    @Test
    void averagesTradingDaysAndRollsUpMinutes() {
        PriceAverager minutes = new PriceAverager(Duration.ofMinutes(1));
        minutes.add(0, 100, 1, 1);
        minutes.add(60_000_000_000L, 102, 1, 2);
        // region windows
        TimeWindows tradingDays = TimeWindows.days(ZoneId.of("America/New_York")); // 23, 24 or 25 hours
        PriceAverager byDay = new PriceAverager(tradingDays);
        List<AveragePrice> fives =
                AveragePrice.rollUp(minutes.close(Instant.MAX), TimeWindows.of(Duration.ofMinutes(5)));
        // endregion
        assertThat(byDay.close(Instant.MAX)).isEmpty();
        assertThat(fives)
                .singleElement()
                .satisfies(five -> assertThat(five.tickCount()).isEqualTo(2));
    }

    @Test
    void mergesTheAverageOfLateTicks() {
        Instant end = Instant.parse("1970-01-01T00:05:00Z");
        PriceAverager averager = new PriceAverager(Duration.ofMinutes(5));
        averager.add(0, 1_000, 1, 1);
        // region merge
        AveragePrice stored = averager.close(end).get(0);
        averager.add(2, 2_000, 1, 2); // late: its window is closed
        AveragePrice revised = stored.merge(averager.close(end).get(0));
        // endregion
        assertThat(revised.tickCount()).isEqualTo(2);
        assertThat(averager.lateTicks()).isEqualTo(1);
    }

    @Test
    void analysesAFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("trades.csv");
        Files.writeString(file, "symbol,px,qty\nAAPL,10,1\nAAPL,11,3\nAAPL,-1,3\n");
        // region analyse
        TradeCsvAnalyzer analyzer = TradeCsvAnalyzer.builder()
                .rejects(row -> print(row.line() + " " + row.reason().code())) // 4 price_not_positive
                .build();
        TradeAnalysis analysis = analyzer.analyze(file);
        for (TickerSummary summary : analysis.tickers()) {
            print(summary.ticker() + " " + summary.vwap() + " " + summary.totalNotional()); // AAPL 10.75 43
        }
        boolean bad = analysis.exceedsRejectRatio(new BigDecimal("0.01")); // true: one of three rows
        // endregion
        assertThat(printed).containsExactly("4 price_not_positive", "AAPL 10.75 43");
        assertThat(bad).isTrue();
    }

    @Test
    void readsTradesOneByOne(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("trades.csv");
        Files.writeString(file, "ticker,price,paid,size,time\nAAPL,9,10,1,2026-11-20 09:30:00\n");
        // region read
        TradeCsvReader reader = TradeCsvReader.builder()
                .column("price", "paid") // --map price=paid
                .zone(ZoneId.of("America/New_York")) // --zone America/New_York
                .build();
        TradeAccumulator totals = new TradeAccumulator();
        try (TradeRowIterator rows = reader.open(file)) {
            while (rows.hasNext()) {
                TradeRow row = rows.next();
                totals.add(row);
                print(row.ticker() + " " + EpochNanos.toInstant(row.epochNanos())); // AAPL 2026-11-20T14:30:00Z
            }
        }
        byte[] part = totals.analysis().toBytes(); // for another process, which merges the parts
        // endregion
        assertThat(printed).containsExactly("AAPL 2026-11-20T14:30:00Z");
        assertThat(TradeAnalysis.fromBytes(part).ticker("AAPL").map(TickerSummary::lastPrice))
                .contains(BigDecimal.TEN);
    }

    private void print(String line) {
        printed.add(line);
    }
}

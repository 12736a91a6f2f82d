package blackbox.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.tradeops.core.average.KeyedPriceAverager;
import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.average.TickerAverage;
import io.tradeops.core.average.TimeWindow;
import io.tradeops.core.average.TimeWindows;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedPriceAveragerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final TimeWindows SECONDS = TimeWindows.of(Duration.ofSeconds(1));
    private static final TimeWindows FIVE_MINUTES = TimeWindows.of(Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource({
        "PT5M, PT2S, PT1H, 30",
        "PT5M, PT2S, PT0S, 400",
        "PT1S, PT0S, PT10S, 5",
        "PT1M, PT2S, PT5M, 600",
        "PT1H, PT10M, P1D, 300"
    })
    void agreesWithTheReferenceOnRandomTicksAndRestores(
            Duration width, Duration allowedLateness, Duration revisableFor, int disorderSeconds) {
        TimeWindows windows = TimeWindows.of(width);
        KeyedPriceAverager.Builder builder = KeyedPriceAverager.builder(windows)
                .allowedLateness(allowedLateness)
                .revisableFor(revisableFor)
                .maxAhead(Duration.ofDays(10_000));
        KeyedPriceAverager averager = builder.build();
        KeyedAverageReference reference = new KeyedAverageReference(windows, revisableFor);
        SplittableRandom random = new SplittableRandom(17);
        String[] tickers = {"AAPL", "MSFT", "BTC/USD", "BRK.B"};
        long time = 1_795_185_000L * SECOND;
        int results = 0;
        // the first eight ticks are in order, so that the feed's time is that of the newest from then on
        for (int seq = 0; seq < 20_000; seq++) {
            time += random.nextInt(2_000) * 1_000_000L;
            long disorder = seq < 10 ? 0 : random.nextInt(1 + random.nextInt(disorderSeconds)) * SECOND;
            Tick tick = randomTick(random, tickers[random.nextInt(tickers.length)], time - disorder, seq);
            averager.add(tick);
            reference.add(tick);
            if (seq >= 10 && random.nextInt(3) == 0) {
                List<TickerAverage> closed = averager.close();
                assertAgree(closed, reference.closeAfter(allowedLateness));
                results += closed.size();
            }
            if (random.nextInt(500) == 0) {
                Instant watermark = EpochNanos.toInstant(time);
                assertAgree(averager.close(watermark), reference.close(watermark));
            }
            if (random.nextInt(200) == 0) {
                averager = restored(averager, builder.build());
            }
        }
        Instant end = EpochNanos.toInstant(time).plus(width);
        assertAgree(averager.close(end), reference.close(end));
        assertThat(averager.counts().lateTicks()).isEqualTo(reference.lateTicks);
        assertThat(averager.counts().expiredTicks()).isEqualTo(reference.expiredTicks);
        assertThat(reference.lateTicks + reference.expiredTicks).isPositive();
        assertThat(averager.counts().refusedTicks() + averager.counts().aheadTicks())
                .isZero();
        assertThat(results).isGreaterThan(10);
    }

    @Test
    void ticksOutOfOrderByTheAllowedLatenessAreInTheFirstResult() {
        KeyedPriceAverager averager = KeyedPriceAverager.builder(FIVE_MINUTES).build();
        startAt(averager, 0);
        averager.add("AAPL", 299 * SECOND, 10, 1, 1);
        averager.add("AAPL", 302 * SECOND - 1, 20, 1, 2);
        assertThat(averager.close()).isEmpty();
        averager.add("AAPL", 298 * SECOND, 12, 1, 3);
        averager.add("MSFT", 302 * SECOND, 30, 1, 4);

        assertThat(averager.close()).singleElement().satisfies(result -> {
            assertThat(result.ticker()).isEqualTo("AAPL");
            assertThat(result.revision()).isEqualTo(1);
            assertThat(result.average().tickCount()).isEqualTo(2);
            assertThat(result.window()).isEqualTo(TimeWindow.containing(Instant.EPOCH, Duration.ofMinutes(5)));
        });
        assertThat(averager.counts().lateTicks()).isZero();
    }

    @Test
    void lateTickRevisesTheWholeWindow() {
        KeyedPriceAverager averager = KeyedPriceAverager.builder(FIVE_MINUTES).build();
        averager.add("AAPL", 10 * SECOND, 10, 1, 1);
        assertThat(averager.close(Instant.ofEpochSecond(300))).hasSize(1);
        averager.add("AAPL", 20 * SECOND, 14, 3, 2);
        averager.add("MSFT", 20 * SECOND, 5, 1, 3);

        assertThat(averager.close(Instant.ofEpochSecond(300)))
                .extracting(
                        TickerAverage::ticker,
                        TickerAverage::revision,
                        result -> result.average().priceSum().intValue())
                .containsExactly(tuple("AAPL", 2, 24), tuple("MSFT", 1, 5));
        assertThat(averager.close(Instant.ofEpochSecond(301))).isEmpty();
        assertThat(averager.counts().lateTicks()).isEqualTo(2);
    }

    @Test
    void windowsAreRevisableForTheSettingAndNoLonger() {
        KeyedPriceAverager averager = KeyedPriceAverager.builder(SECONDS)
                .revisableFor(Duration.ofSeconds(10))
                .build();
        startAt(averager, 0);
        averager.add("AAPL", 0, 10, 1, 1);
        averager.close(Instant.ofEpochSecond(11).minusNanos(1));
        averager.add("AAPL", 1, 10, 1, 2);
        assertThat(averager.close(Instant.ofEpochSecond(11))).hasSize(1);
        averager.add("AAPL", 2, 10, 1, 3);

        assertThat(averager.close(Instant.MAX)).isEmpty();
        assertThat(averager.counts()).isEqualTo(new KeyedPriceAverager.Counts(0, 0, 1, 1, 0, 0));
    }

    @Test
    void oldestReturnedWindowsMakeRoomAtTheLimit() {
        KeyedPriceAverager averager =
                KeyedPriceAverager.builder(SECONDS).maxWindows(3).build();
        startAt(averager, 0);
        averager.add("A", 0, 10, 1, 1);
        averager.add("B", 0, 10, 1, 2);
        averager.add("A", SECOND, 10, 1, 3);
        averager.add("B", SECOND, 10, 1, 4);
        assertThat(averager.counts().refusedTicks()).isEqualTo(1);

        assertThat(averager.close(Instant.ofEpochSecond(1))).hasSize(2);
        averager.add("B", SECOND, 10, 1, 5);
        averager.add("C", SECOND, 10, 1, 6);
        averager.add("A", 5, 10, 1, 7);

        assertThat(averager.counts()).isEqualTo(new KeyedPriceAverager.Counts(3, 0, 0, 1, 0, 1));
        assertThat(averager.close(Instant.MAX))
                .extracting(TickerAverage::ticker)
                .containsExactly("A", "B", "C");
    }

    @Test
    void windowWithARevisionToComeIsNotGivenUp() {
        KeyedPriceAverager averager =
                KeyedPriceAverager.builder(SECONDS).maxWindows(1).build();
        averager.add("A", 0, 10, 1, 1);
        averager.close(Instant.ofEpochSecond(1));
        averager.add("A", 1, 10, 1, 2);
        averager.add("A", SECOND, 10, 1, 3);
        assertThat(averager.counts().refusedTicks()).isEqualTo(1);

        assertThat(averager.close())
                .singleElement()
                .satisfies(result -> assertThat(result.revision()).isEqualTo(2));
        averager.add("A", SECOND, 10, 1, 4);
        assertThat(averager.counts().refusedTicks()).isEqualTo(1);
        assertThat(averager.close(Instant.ofEpochSecond(2))).hasSize(1);
    }

    @Test
    void tickersOfAWindowAreBoundedAndTheNextWindowHasRoomAgain() {
        KeyedPriceAverager averager =
                KeyedPriceAverager.builder(SECONDS).maxTickers(2).build();
        for (int i = 0; i < 5; i++) {
            averager.add("T" + i, 0, 10, 1, i);
        }
        averager.add("T1", 1, 10, 1, 6);
        averager.add("T4", SECOND, 10, 1, 7);

        assertThat(averager.counts().refusedTicks()).isEqualTo(3);
        assertThat(averager.close(Instant.MAX))
                .extracting(TickerAverage::ticker)
                .containsExactly("T0", "T1", "T4");
    }

    @Test
    void strayTicksDoNotCloseWindows() {
        KeyedPriceAverager averager = KeyedPriceAverager.builder(SECONDS).build();
        startAt(averager, 100);
        averager.add("AAPL", 100 * SECOND, 10, 1, 1);
        for (int i = 0; i < 7; i++) {
            averager.add("AAPL", (100_000 + i) * SECOND, 99, 1, i);
        }
        assertThat(averager.close()).isEmpty();
        assertThat(averager.counts().heldTicks()).isEqualTo(7);
        averager.add("MSFT", 103 * SECOND, 20, 1, 9);

        assertThat(averager.close())
                .singleElement()
                .satisfies(result -> assertThat(result.ticker()).isEqualTo("AAPL"));
        assertThat(averager.counts().aheadTicks()).isEqualTo(7);
    }

    @Test
    void strayFirstTickEndsNoWindows() {
        KeyedPriceAverager averager = KeyedPriceAverager.builder(SECONDS).build();
        averager.add("AAPL", 100_000 * SECOND, 99, 1, 1);
        assertThat(averager.close()).isEmpty();
        averager.add("AAPL", 100 * SECOND, 10, 1, 2);
        assertThat(averager.close()).isEmpty();
        averager.add("AAPL", 103 * SECOND, 10, 1, 3);

        assertThat(averager.close())
                .singleElement()
                .satisfies(result -> assertThat(result.revision()).isEqualTo(1));
        assertThat(averager.counts().expiredTicks()).isZero();
    }

    @Test
    void ticksAfterAQuietNightAreNotLost() {
        KeyedPriceAverager averager = KeyedPriceAverager.builder(SECONDS).build();
        startAt(averager, 100);
        for (int i = 0; i < 10; i++) {
            averager.add("T" + i % 3, (50_000 + i) * SECOND, 10, 1, i);
        }

        assertThat(averager.close())
                .hasSize(7)
                .allMatch(result -> result.average().tickCount() == 1);
        assertThat(averager.close(Instant.MAX)).hasSize(3);
        assertThat(averager.counts().aheadTicks()).isZero();
    }

    @Test
    void averagesTheTradingDayOfNewYork() {
        KeyedPriceAverager averager = KeyedPriceAverager.builder(TimeWindows.days(ZoneId.of("America/New_York")))
                .maxAhead(Duration.ofDays(2))
                .build();
        for (String time : List.of("2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z", "2026-11-02T05:00:00Z")) {
            averager.add("SPY", Instant.parse(time), new BigDecimal("600.5"), BigDecimal.ONE, 0);
        }

        assertThat(averager.close(Instant.parse("2026-11-02T04:59:59.999Z"))).isEmpty();
        assertThat(averager.close(Instant.parse("2026-11-02T05:00:00Z")))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.average().tickCount()).isEqualTo(2);
                    assertThat(result.window().width()).isEqualTo(Duration.ofHours(25));
                });
    }

    @Test
    void closesTheWindowOfTheLastNanosecond() {
        KeyedPriceAverager averager = KeyedPriceAverager.builder(FIVE_MINUTES).build();
        averager.add("AAPL", EpochNanos.MAX, 1, 1, 0);

        assertThat(averager.close(EpochNanos.toInstant(EpochNanos.MAX))).isEmpty();
        assertThat(averager.close(Instant.MAX)).hasSize(1);
        assertThat(averager.close(Instant.MAX)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a b, 0, 1, 1, 'ticker must match'",
        "'', 0, 1, 1, 'ticker must match'",
        "AAPL, -1, 1, 1, epochNanos must be 0 to 9223372035999999999: -1",
        "AAPL, 0, 0, 1, priceUnits must be 1 to 999999999999999999: 0",
        "AAPL, 0, 1, -1, quantityUnits must be 0 to 999999999999999999: -1"
    })
    void rejectsArgumentsOutOfRangeAndKeepsItsState(
            String ticker, long time, long price, long quantity, String message) {
        KeyedPriceAverager averager = KeyedPriceAverager.builder(FIVE_MINUTES).build();
        byte[] before = averager.snapshot();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> averager.add(ticker, time, price, quantity, 0))
                .withMessageStartingWith(message);
        assertThatIllegalArgumentException().isThrownBy(() -> averager.close(Instant.ofEpochSecond(-1)));
        assertThat(averager.snapshot()).isEqualTo(before);
    }

    @Test
    void rejectsSettingsOutOfRange() {
        KeyedPriceAverager.Builder builder = KeyedPriceAverager.builder(FIVE_MINUTES);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.allowedLateness(Duration.ofNanos(-1)))
                .withMessage("allowedLateness must be 0 or more: PT-0.000000001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.revisableFor(Duration.ofNanos(-1)))
                .withMessage("revisableFor must be 0 or more: PT-0.000000001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxAhead(Duration.ZERO))
                .withMessage("maxAhead must be positive: PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxTickers(0))
                .withMessage("maxTickers must be positive: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxWindows(0))
                .withMessage("maxWindows must be positive: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TickerAverage("AAPL", result().average(), 0))
                .withMessage("revision must be at least 1: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TickerAverage("", result().average(), 1))
                .withMessageStartingWith("ticker must match");
    }

    @Test
    void refusesDamagedSnapshotsAndKeepsItsState() {
        KeyedPriceAverager averager = KeyedPriceAverager.builder(FIVE_MINUTES).build();
        averager.add("AAPL", 0, 1, 1, 0);
        averager.close(Instant.ofEpochSecond(300));
        averager.add("AAPL", 1, 2, 0, 0);
        averager.add("MSFT", 301 * SECOND, 2, 1, 1);
        averager.add("MSFT", 3_000 * SECOND, 2, 1, 1);
        byte[] snapshot = averager.snapshot();
        for (int i = 0; i < snapshot.length; i++) {
            byte[] truncated = Arrays.copyOf(snapshot, i);
            byte[] changed = snapshot.clone();
            changed[i] ^= 0x10;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> averager.restore(truncated))
                    .withMessageStartingWith("the bytes are ");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> averager.restore(changed))
                    .withMessageStartingWith("the bytes are ");
        }
        assertThat(averager.snapshot()).isEqualTo(snapshot);
        assertThat(averager.close(Instant.MAX)).hasSize(3);
    }

    @Test
    void refusesSnapshotsOfOthersAndBeyondItsBounds() {
        KeyedPriceAverager averager = KeyedPriceAverager.builder(FIVE_MINUTES).build();
        averager.add("AAPL", 0, 1, 1, 0);
        averager.add("MSFT", 0, 1, 1, 0);
        byte[] snapshot = averager.snapshot();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyedPriceAverager.builder(SECONDS).build().restore(snapshot))
                .withMessage("the snapshot is of windows PT5M, not of PT1S");
        for (KeyedPriceAverager small : List.of(
                KeyedPriceAverager.builder(FIVE_MINUTES).maxTickers(1).build(),
                KeyedPriceAverager.builder(FIVE_MINUTES).maxWindows(1).build())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> small.restore(snapshot))
                    .withMessage("the snapshot is beyond maxTickers or maxWindows");
            assertThat(small.counts().windows()).isZero();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> averager.restore(new PriceAverager(FIVE_MINUTES).snapshot()))
                .withMessage("the bytes are not of the kind TOKA");
    }

    private static TickerAverage result() {
        KeyedPriceAverager averager = KeyedPriceAverager.builder(FIVE_MINUTES).build();
        averager.add("AAPL", 0, 1, 1, 0);
        return averager.close(Instant.MAX).get(0);
    }

    /** The first watermark ends the time in which any tick is added. */
    private static void startAt(KeyedPriceAverager averager, long second) {
        averager.close(Instant.ofEpochSecond(second));
    }

    private static KeyedPriceAverager restored(KeyedPriceAverager averager, KeyedPriceAverager other) {
        byte[] snapshot = averager.snapshot();
        other.restore(snapshot);
        assertThat(other.snapshot()).isEqualTo(snapshot);
        assertThat(other.counts()).isEqualTo(averager.counts());
        return other;
    }

    private static Tick randomTick(SplittableRandom random, String ticker, long time, int seq) {
        long price = 1 + (random.nextLong(FixedDecimal.MAX_UNITS) >> random.nextInt(60));
        long quantity =
                random.nextInt(3) == 0 ? 0 : 1 + (random.nextLong(FixedDecimal.MAX_UNITS) >> random.nextInt(60));
        return new Tick(ticker, time, price, quantity, seq);
    }

    private static void assertAgree(List<TickerAverage> results, List<String> expected) {
        assertThat(results.stream()
                        .map(result -> KeyedAverageReference.describe(
                                result.ticker(), result.revision(), AverageReference.describe(result.average()))))
                .isEqualTo(expected);
    }
}

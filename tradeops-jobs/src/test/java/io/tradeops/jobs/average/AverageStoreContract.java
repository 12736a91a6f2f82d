package io.tradeops.jobs.average;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.average.AveragePrice;
import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.average.TimeWindow;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of every {@link AverageStore}. The store is empty before each test. */
public abstract class AverageStoreContract {

    private static final TimeWindow WINDOW =
            new TimeWindow(Instant.parse("2026-11-20T14:30:00Z"), FinalizeAverages.WIDTH);

    /** A stored average, its decimals in plain notation; the VWAP is {@code none} if there is none. */
    public record Stored(
            String averagePrice,
            String vwap,
            String open,
            String high,
            String low,
            String close,
            String volume,
            long tickCount,
            int revision) {

        /** Creates one from decimals of any scale. */
        public static Stored of(
                BigDecimal averagePrice,
                @Nullable BigDecimal vwap,
                BigDecimal open,
                BigDecimal high,
                BigDecimal low,
                BigDecimal close,
                BigDecimal volume,
                long tickCount,
                int revision) {
            return new Stored(
                    FixedDecimal.toPlainString(averagePrice),
                    vwap == null ? "none" : FixedDecimal.toPlainString(vwap),
                    FixedDecimal.toPlainString(open),
                    FixedDecimal.toPlainString(high),
                    FixedDecimal.toPlainString(low),
                    FixedDecimal.toPlainString(close),
                    FixedDecimal.toPlainString(volume),
                    tickCount,
                    revision);
        }
    }

    /** The store under test. */
    protected abstract AverageStore averages();

    /** The stored average of a ticker's window. */
    protected abstract Optional<Stored> stored(String ticker, TimeWindow window);

    @Test
    void storesEveryFigure() {
        averages().save("AAPL", average(WINDOW, "100.1 1", "100.4 3", "100.2 2"));

        assertThat(stored("AAPL", WINDOW))
                .contains(new Stored("100.23333333", "100.28333333", "100.1", "100.4", "100.1", "100.2", "6", 3, 1));
    }

    @Test
    void unchangedAverageKeepsItsRevision() {
        averages().save("AAPL", average(WINDOW, "100 1"));
        averages().save("AAPL", average(WINDOW, "100 1"));

        assertThat(stored("AAPL", WINDOW).orElseThrow().revision()).isEqualTo(1);
    }

    @Test
    void changedAverageReplacesTheOldOneWithTheNextRevision() {
        averages().save("AAPL", average(WINDOW, "100 1"));
        averages().save("AAPL", average(WINDOW, "100 1", "101 1"));
        assertThat(stored("AAPL", WINDOW))
                .contains(new Stored("100.5", "100.5", "100", "101", "100", "101", "2", 2, 2));

        averages().save("AAPL", average(WINDOW, "100 1", "101 1", "102 1"));
        assertThat(stored("AAPL", WINDOW)).contains(new Stored("101", "101", "100", "102", "100", "102", "3", 3, 3));
    }

    @Test
    void averageOfFewerTicksDoesNotReplaceOneOfMoreTicks() {
        averages().save("AAPL", average(WINDOW, "100 1", "101 1"));
        averages().save("AAPL", average(WINDOW, "100 1"));

        assertThat(stored("AAPL", WINDOW))
                .contains(new Stored("100.5", "100.5", "100", "101", "100", "101", "2", 2, 1));
    }

    @Test
    void changeOfTheVolumeAloneIsARevision() {
        averages().save("AAPL", average(WINDOW, "100 1"));
        averages().save("AAPL", average(WINDOW, "100 1.00000001"));

        assertThat(stored("AAPL", WINDOW))
                .contains(new Stored("100", "100", "100", "100", "100", "100", "1.00000001", 1, 2));
    }

    @Test
    void averageOfTicksWithoutAQuantityHasNoVwapUntilATickHasOne() {
        averages().save("AAPL", average(WINDOW, "100 0", "101 0"));
        averages().save("AAPL", average(WINDOW, "100 0", "101 0"));
        assertThat(stored("AAPL", WINDOW)).contains(new Stored("100.5", "none", "100", "101", "100", "101", "0", 2, 1));

        averages().save("AAPL", average(WINDOW, "100 0", "101 0", "102 1"));
        assertThat(stored("AAPL", WINDOW)).contains(new Stored("101", "102", "100", "102", "100", "102", "1", 3, 2));
    }

    @Test
    void tickersWindowsAndWidthsAreSeparate() {
        TimeWindow minute = new TimeWindow(WINDOW.start(), Duration.ofMinutes(1));
        averages().save("AAPL", average(WINDOW, "1 1"));
        averages().save("aapl", average(WINDOW, "2 1"));
        averages().save("AAPL", average(WINDOW.next(), "3 1"));
        averages().save("AAPL", average(minute, "4 1"));

        assertThat(price("AAPL", WINDOW)).isEqualTo("1");
        assertThat(price("aapl", WINDOW)).isEqualTo("2");
        assertThat(price("AAPL", WINDOW.next())).isEqualTo("3");
        assertThat(price("AAPL", minute)).isEqualTo("4");
    }

    @Test
    void windowWithoutAnAverageHasNone() {
        averages().save("AAPL", average(WINDOW, "1 1"));

        assertThat(stored("AAPL", WINDOW.next())).isEmpty();
        assertThat(stored("MSFT", WINDOW)).isEmpty();
    }

    @Test
    void storesTheSmallestAndTheLargestNumbersExactly() {
        averages().save("LOW", average(WINDOW, "0.00000001 0.00000001"));
        averages().save("HIGH", average(WINDOW, "9999999999.99999999 9999999999.99999999", "1 9999999999.99999999"));

        assertThat(stored("LOW", WINDOW))
                .contains(new Stored(
                        "0.00000001",
                        "0.00000001",
                        "0.00000001",
                        "0.00000001",
                        "0.00000001",
                        "0.00000001",
                        "0.00000001",
                        1,
                        1));
        assertThat(stored("HIGH", WINDOW))
                .contains(new Stored(
                        "5000000000.5",
                        "5000000000.5",
                        "9999999999.99999999",
                        "9999999999.99999999",
                        "1",
                        "1",
                        "19999999999.99999998",
                        2,
                        1));
    }

    private String price(String ticker, TimeWindow window) {
        return stored(ticker, window).orElseThrow().averagePrice();
    }

    /** The average of ticks, each written as a price and a quantity. */
    private static AveragePrice average(TimeWindow window, String... ticks) {
        PriceAverager averager = new PriceAverager(window.width());
        for (int i = 0; i < ticks.length; i++) {
            String[] parts = ticks[i].split(" ", 2);
            averager.add(
                    EpochNanos.of(window.start()) + i, FixedDecimal.parse(parts[0]), FixedDecimal.parse(parts[1]), i);
        }
        return averager.close(window.end()).get(0);
    }
}

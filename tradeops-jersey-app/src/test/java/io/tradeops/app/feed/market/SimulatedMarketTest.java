package io.tradeops.app.feed.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedMarketTest {

    private static final Instant START = Instant.parse("2026-11-20T14:30:00.000000001Z");

    @Test
    void sameSeedGivesTheSameTicksHoweverItIsDriven() {
        List<Tick> atOnce = ticks(market(42, 20), Duration.ofMinutes(10), Duration.ofMinutes(10));
        List<Tick> inSteps = ticks(market(42, 20), Duration.ofMinutes(10), Duration.ofMillis(20));

        assertThat(inSteps).isEqualTo(atOnce).hasSizeBetween(11_000, 13_000);
        assertThat(ticks(market(43, 20), Duration.ofMinutes(10), Duration.ofMinutes(10)))
                .isNotEqualTo(atOnce);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 50_000, 1_000_000})
    void timesRiseByWholeMicroseconds(int ticksPerSecond) {
        Duration span =
                Duration.ofSeconds(Math.max(1, 50_000 / ticksPerSecond)).dividedBy(ticksPerSecond > 100_000 ? 20 : 1);
        List<Tick> ticks = ticks(market(42, ticksPerSecond), span, span);
        long last = EpochNanos.of(START) - 1;
        for (Tick tick : ticks) {
            assertThat(tick.epochNanos()).isGreaterThan(last);
            assertThat(tick.epochNanos() % 1_000).isZero();
            last = tick.epochNanos();
        }
        assertThat(last).isLessThan(EpochNanos.of(START.plus(span)));
        double expected = span.toNanos() / 1e9 * ticksPerSecond;
        assertThat((double) ticks.size()).isBetween(expected * 0.9, expected * 1.1);
    }

    @Test
    void pricesAreInRangeAndJumpUpNowAndThen() {
        int jumps = 0;
        Map<String, Long> previous = new HashMap<>(MarketSettings.DEFAULT.prices());
        for (Tick tick : ticks(market(42, 20), Duration.ofHours(1), Duration.ofHours(1))) {
            long before = previous.put(tick.ticker(), tick.priceUnits());
            double change = (double) tick.priceUnits() / before - 1;
            assertThat(change).isBetween(-0.01, 0.05);
            assertThat(tick.priceUnits()).isPositive();
            assertThat(tick.quantityUnits()).isPositive().isLessThanOrEqualTo(500 * FixedDecimal.ONE);
            jumps += change > 0.02 ? 1 : 0;
        }
        assertThat(jumps).isBetween(20, 100);
        assertThat(previous).hasSameSizeAs(MarketSettings.DEFAULT.prices());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, FixedDecimal.MAX_UNITS})
    void extremePricesStayInRange(long units) {
        SimulatedMarket market = new SimulatedMarket(new MarketSettings(1, Map.of("EDGE", units), 1_000, 0.02), START);
        for (Tick tick : ticks(market, Duration.ofSeconds(20), Duration.ofSeconds(20))) {
            assertThat(tick.priceUnits()).isBetween(1L, FixedDecimal.MAX_UNITS);
        }
    }

    @Test
    void positionFollowsTheTimeItWasAdvancedTo() {
        SimulatedMarket market = market(42, 20);
        assertThat(market.position()).isEqualTo(EpochNanos.of(START));
        ticks(market, Duration.ofSeconds(5), Duration.ofSeconds(5));
        assertThat(market.position()).isEqualTo(EpochNanos.of(START.plusSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001})
    void rateOutOfRangeIsRefused(int rate) {
        assertThatThrownBy(() -> market(42, rate)).hasMessageContaining(String.valueOf(rate));
    }

    private static SimulatedMarket market(long seed, int ticksPerSecond) {
        return new SimulatedMarket(
                new MarketSettings(seed, MarketSettings.DEFAULT.prices(), ticksPerSecond, 0.02), START);
    }

    /** The ticks of a market, advanced step by step. */
    private static List<Tick> ticks(SimulatedMarket market, Duration span, Duration step) {
        RecordingPublisher published = new RecordingPublisher();
        long end = market.position() + span.toNanos();
        while (market.position() < end) {
            market.advanceTo(Math.min(end, market.position() + step.toNanos()), published);
        }
        return published.ticks();
    }
}

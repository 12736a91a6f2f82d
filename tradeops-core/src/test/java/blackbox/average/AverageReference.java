package blackbox.average;

import io.tradeops.core.average.AveragePrice;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A slow, obvious reference: keeps all ticks of a window, and averages them in {@link BigDecimal}. */
final class AverageReference {

    private final Duration width;
    private final List<Tick> open = new ArrayList<>();

    AverageReference(Duration width) {
        this.width = width;
    }

    void add(Tick tick) {
        open.add(tick);
    }

    /** The ended windows, each as text. */
    List<String> close(Instant watermark) {
        List<Tick> closed = open.stream()
                .filter(tick -> !EpochNanos.toInstant(start(tick)).plus(width).isAfter(watermark))
                .toList();
        open.removeAll(closed);
        List<Long> starts = closed.stream().map(this::start).distinct().sorted().toList();
        return starts.stream()
                .map(start -> describe(
                        start,
                        closed.stream().filter(tick -> start(tick) == start).toList()))
                .toList();
    }

    private long start(Tick tick) {
        return tick.epochNanos() / width.toNanos() * width.toNanos();
    }

    private static BigDecimal price(Tick tick) {
        return FixedDecimal.toBigDecimal(tick.priceUnits());
    }

    private static BigDecimal quantity(Tick tick) {
        return FixedDecimal.toBigDecimal(tick.quantityUnits());
    }

    static String describe(long start, List<Tick> ticks) {
        List<Tick> ordered = ticks.stream()
                .sorted(Comparator.comparingLong(Tick::epochNanos).thenComparingLong(Tick::seq))
                .toList();
        BigDecimal volume = sum(ticks, AverageReference::quantity);
        List<BigDecimal> prices = ordered.stream().map(AverageReference::price).toList();
        return describe(
                EpochNanos.toInstant(start),
                sum(ticks, AverageReference::price).divide(BigDecimal.valueOf(ticks.size()), 8, RoundingMode.HALF_EVEN),
                volume.signum() == 0
                        ? Optional.empty()
                        : Optional.of(sum(ticks, tick -> price(tick).multiply(quantity(tick)))
                                .divide(volume, 8, RoundingMode.HALF_EVEN)),
                prices.get(0),
                prices.stream().max(Comparator.naturalOrder()).orElseThrow(),
                prices.stream().min(Comparator.naturalOrder()).orElseThrow(),
                prices.get(prices.size() - 1),
                volume,
                ticks.size());
    }

    /** The result of the class under test, as text in the same form. */
    static String describe(AveragePrice average) {
        return describe(
                average.window().start(),
                average.averagePrice(),
                average.vwap(),
                average.open(),
                average.high(),
                average.low(),
                average.close(),
                average.volume(),
                average.tickCount());
    }

    private static String describe(
            Instant start,
            BigDecimal average,
            Optional<BigDecimal> vwap,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            BigDecimal volume,
            long count) {
        return "window " + start + " average " + plain(average) + " vwap "
                + vwap.map(AverageReference::plain).orElse("none") + " open " + plain(open)
                + " high " + plain(high) + " low " + plain(low) + " close " + plain(close) + " volume " + plain(volume)
                + " count " + count;
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    private static BigDecimal sum(List<Tick> ticks, Function<Tick, BigDecimal> part) {
        return ticks.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}

package blackbox.average;

import io.tradeops.core.average.AveragePrice;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** What an average is, slow and obvious: all the ticks of a window, in {@link BigDecimal}. */
final class AverageReference {

    /** A tick as the reference keeps it. */
    record Tick(long epochNanos, long priceUnits, long quantityUnits, long seq) {

        BigDecimal price() {
            return FixedDecimal.toBigDecimal(priceUnits);
        }

        BigDecimal quantity() {
            return FixedDecimal.toBigDecimal(quantityUnits);
        }
    }

    private final Duration width;
    private final List<Tick> open = new ArrayList<>();

    AverageReference(Duration width) {
        this.width = width;
    }

    void add(Tick tick) {
        open.add(tick);
    }

    /** The ended windows, each in words. */
    List<String> close(Instant watermark) {
        long ended = Math.floorDiv(EpochNanos.of(watermark), width.toNanos()) * width.toNanos();
        List<Tick> taken = open.stream().filter(tick -> tick.epochNanos < ended).toList();
        open.removeAll(taken);
        List<Long> starts = taken.stream().map(this::start).distinct().sorted().toList();
        return starts.stream()
                .map(start -> describe(
                        start,
                        taken.stream().filter(tick -> start(tick) == start).toList()))
                .toList();
    }

    private long start(Tick tick) {
        return tick.epochNanos / width.toNanos() * width.toNanos();
    }

    private static String describe(long start, List<Tick> ticks) {
        List<Tick> ordered = ticks.stream()
                .sorted(Comparator.comparingLong(Tick::epochNanos).thenComparingLong(Tick::seq))
                .toList();
        BigDecimal volume = sum(ticks, Tick::quantity);
        return words(
                EpochNanos.toInstant(start),
                sum(ticks, Tick::price).divide(BigDecimal.valueOf(ticks.size()), 8, RoundingMode.HALF_EVEN),
                sum(ticks, tick -> tick.price().multiply(tick.quantity())).divide(volume, 8, RoundingMode.HALF_EVEN),
                ordered.get(0).price(),
                ticks.stream().map(Tick::price).max(Comparator.naturalOrder()).orElseThrow(),
                ticks.stream().map(Tick::price).min(Comparator.naturalOrder()).orElseThrow(),
                ordered.get(ordered.size() - 1).price(),
                volume,
                ticks.size());
    }

    /** What the class under test found, in the same words. */
    static String describe(AveragePrice average) {
        return words(
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

    private static String words(
            Instant start,
            BigDecimal average,
            BigDecimal vwap,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            BigDecimal volume,
            long count) {
        return "window " + start + " average " + plain(average) + " vwap " + plain(vwap) + " open " + plain(open)
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

package io.tradeops.benchmarks;

import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.helpers.LowestValueIndicator;
import org.ta4j.core.num.DoubleNum;

/**
 * What does it cost to detect a rise of 2 % within 60 s? At 10 ticks per second, 600 ticks are in the window. The
 * detector is compared with a scan of an {@link ArrayDeque} of the window, and with ta4j.
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar PriceMoveDetectorBenchmark -prof gc}</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Thread)
public class PriceMoveDetectorBenchmark {

    private static final int COUNT = 1 << 14;
    private static final int TICKS_IN_WINDOW = 600;
    private static final long INTERVAL_NANOS = 100_000_000L;
    private static final long WINDOW_NANOS = TICKS_IN_WINDOW * INTERVAL_NANOS;

    private final long[] prices = RandomWalk.prices(COUNT);
    private final PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
    private final PriceMoveDetector strictDetector =
            new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute(), Duration.ZERO);
    private final ArrayDeque<Tick> deque = new ArrayDeque<>();
    private final BarSeries series = new BaseBarSeriesBuilder()
            .withNumTypeOf(DoubleNum::valueOf)
            .withMaxBarCount(TICKS_IN_WINDOW + 1)
            .build();
    private final LowestValueIndicator lowest =
            new LowestValueIndicator(new ClosePriceIndicator(series), TICKS_IN_WINDOW);
    private long time;

    private record Tick(long epochNanos, long priceUnits) {}

    /** The detector with an allowed lateness of 2 s. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void priceMoveDetector(Blackhole blackhole) {
        for (long price : prices) {
            time += INTERVAL_NANOS;
            blackhole.consume(detector.onTick(time, price, time));
        }
    }

    /** The detector without allowed lateness: ticks must be in order. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void priceMoveDetectorInOrder(Blackhole blackhole) {
        for (long price : prices) {
            time += INTERVAL_NANOS;
            blackhole.consume(strictDetector.onTick(time, price, time));
        }
    }

    /** The obvious solution: retains the window and scans it for its lowest price. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void arrayDequeScan(Blackhole blackhole) {
        for (long price : prices) {
            time += INTERVAL_NANOS;
            while (!deque.isEmpty() && time - deque.peekFirst().epochNanos > WINDOW_NANOS) {
                deque.removeFirst();
            }
            long reference = Long.MAX_VALUE;
            for (Tick tick : deque) {
                reference = Math.min(reference, tick.priceUnits);
            }
            deque.addLast(new Tick(time, price));
            blackhole.consume(reference != Long.MAX_VALUE && (price - reference) * 100 > 2 * reference);
        }
    }

    /** ta4j in {@code double}: a bar for each tick, and the lowest close of the last 600 bars. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void ta4j(Blackhole blackhole) {
        for (long price : prices) {
            time += INTERVAL_NANOS;
            double close = price / 1e8;
            series.addBar(Instant.ofEpochSecond(0, time).atZone(ZoneOffset.UTC), close, close, close, close);
            double reference = lowest.getValue(series.getEndIndex()).doubleValue();
            blackhole.consume((close - reference) * 100 > 2 * reference);
        }
    }
}

package io.tradeops.benchmarks;

import io.tradeops.core.window.KeyedPriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does a tick of one among many tickers cost? The tickers are in random order. Each has a tick about every 5 s, so
 * 12 ticks are in its window. The detector, with and without allowed lateness, is compared with a map of sorted maps of
 * prices.
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar KeyedPriceMoveDetector -prof gc}</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Thread)
public class KeyedPriceMoveDetectorBenchmark {

    private static final int COUNT = 1 << 18;
    private static final long SEED = 42;
    private static final long TICK_INTERVAL_NANOS = 5_000_000_000L;
    private static final long WINDOW_NANOS = 60_000_000_000L;

    /** The number of tickers. */
    @Param({"1000", "10000"})
    private int tickers = 1;

    private final long[] walk = RandomWalk.prices(COUNT);
    private final String[] names = new String[COUNT];
    private final long[] prices = new long[COUNT];
    private KeyedPriceMoveDetector detector = newDetector(Duration.ZERO);
    private KeyedPriceMoveDetector strictDetector = detector;
    private final Map<String, TreeMap<Long, Long>> windows = new HashMap<>();
    private long interval;
    private long time;

    private static KeyedPriceMoveDetector newDetector(Duration allowedLateness) {
        return KeyedPriceMoveDetector.builder(PriceMoveRule.riseOfTwoPercentInOneMinute())
                .allowedLateness(allowedLateness)
                .build();
    }

    /** Distributes the ticks over the tickers. Each name is a separate string, as a decoder would create it. */
    @Setup
    public void createTicks() {
        SplittableRandom random = new SplittableRandom(SEED);
        int[] steps = new int[tickers];
        for (int i = 0; i < COUNT; i++) {
            int ticker = random.nextInt(tickers);
            names[i] = "T" + ticker;
            prices[i] = walk[(ticker * 31 + steps[ticker]++) & (COUNT - 1)];
        }
        interval = TICK_INTERVAL_NANOS / tickers;
        detector = newDetector(Duration.ofSeconds(2));
        strictDetector = newDetector(Duration.ZERO);
    }

    /** The detector with an allowed lateness of 2 s. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void keyedDetector(Blackhole blackhole) {
        for (int i = 0; i < COUNT; i++) {
            time += interval;
            blackhole.consume(detector.onTick(names[i], time, prices[i], i));
        }
    }

    /** The detector without allowed lateness: ticks must be in order. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void keyedDetectorInOrder(Blackhole blackhole) {
        for (int i = 0; i < COUNT; i++) {
            time += interval;
            blackhole.consume(strictDetector.onTick(names[i], time, prices[i], i));
        }
    }

    /** The obvious solution: for each ticker a map of prices by time, which is scanned for the lowest price. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void mapOfTreeMaps(Blackhole blackhole) {
        for (int i = 0; i < COUNT; i++) {
            time += interval;
            TreeMap<Long, Long> window = windows.computeIfAbsent(names[i], name -> new TreeMap<>());
            while (!window.isEmpty() && time - window.firstKey() > WINDOW_NANOS) {
                window.pollFirstEntry();
            }
            long reference = Long.MAX_VALUE;
            for (long price : window.values()) {
                reference = Math.min(reference, price);
            }
            window.put(time, prices[i]);
            blackhole.consume(reference != Long.MAX_VALUE && (prices[i] - reference) * 100 > 2 * reference);
        }
    }
}

package io.tradeops.benchmarks;

import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does the slowest tick cost with 100,000 ticks in the window? Prices rise, so that every tick in order stays a
 * reference. One tick in five is up to 60 s late, which makes 20,000 late ticks in the window. The percentiles of the
 * samples tell the cost of a single tick; those of a busy machine contain its interruptions.
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar SlowestTick -jvmArgs "-Xms1g -XX:+AlwaysPreTouch"}</pre>
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
@State(Scope.Thread)
public class SlowestTickBenchmark {

    private static final int TICKS_IN_WINDOW = 100_000;
    private static final long WINDOW_NANOS = 60_000_000_000L;
    private static final long INTERVAL_NANOS = WINDOW_NANOS / TICKS_IN_WINDOW;
    private static final int TICKS_BETWEEN_FALLS = 150_000;
    private static final long SEED = 42;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final PriceMoveRule rule = PriceMoveRule.parse("up>5000%/60s");
    private PriceMoveDetector inOrder = new PriceMoveDetector(rule);
    private PriceMoveDetector late = inOrder;
    private long time;
    private int count;

    /** Fills the windows. */
    @Setup(Level.Trial)
    public void fill() {
        inOrder = new PriceMoveDetector(rule);
        late = new PriceMoveDetector(rule, Duration.ofNanos(WINDOW_NANOS));
        for (int i = 0; i < TICKS_IN_WINDOW; i++) {
            time += INTERVAL_NANOS;
            inOrder.onTick(time, nextPrice(), i);
            late.onTick(time - (i % 5 == 0 ? random.nextLong(time) : 0), nextPrice(), i);
        }
    }

    /** Ticks in order. Now and then one low price replaces all 100,000 references. */
    @Benchmark
    public void ticksInOrder(Blackhole blackhole) {
        time += INTERVAL_NANOS;
        blackhole.consume(inOrder.onTick(time, nextPrice(), count));
    }

    /** An allowed lateness of 60 s, of which one tick in five makes use. */
    @Benchmark
    public void oneTickInFiveLate(Blackhole blackhole) {
        time += INTERVAL_NANOS;
        long lateNanos = count % 5 == 0 ? random.nextLong(WINDOW_NANOS) : 0;
        blackhole.consume(late.onTick(time - lateNanos, nextPrice(), count));
    }

    private long nextPrice() {
        count++;
        return 1_000_000_000L + count % TICKS_BETWEEN_FALLS * 1_000L;
    }
}

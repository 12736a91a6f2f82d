package io.tradeops.benchmarks;

import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.util.SplittableRandom;
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

/**
 * What does it cost to read a price from text, beside {@code new BigDecimal(String)}?
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar DecimalParse -prof gc}</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Thread)
public class DecimalParseBenchmark {

    private static final int COUNT = 1024;
    private static final long SEED = 42;

    private final String[] texts = new String[COUNT];

    /** Makes the texts: prices of 1 to 10,000 with 0 to 8 decimals. */
    public DecimalParseBenchmark() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < COUNT; i++) {
            long units = random.nextLong(FixedDecimal.ONE, 10_000 * FixedDecimal.ONE);
            int dropped = random.nextInt(9);
            long power = (long) Math.pow(10, dropped);
            texts[i] = FixedDecimal.toString(units / power * power);
        }
    }

    /** Ours. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void fixedDecimal(Blackhole blackhole) {
        for (String text : texts) {
            blackhole.consume(FixedDecimal.tryParse(text));
        }
    }

    /** The peer. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void bigDecimal(Blackhole blackhole) {
        for (String text : texts) {
            blackhole.consume(new BigDecimal(text));
        }
    }
}

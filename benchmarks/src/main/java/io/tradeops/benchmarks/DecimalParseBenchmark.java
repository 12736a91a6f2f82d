package io.tradeops.benchmarks;

import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
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
 * What does it cost to read a price from text, compared with {@code new BigDecimal(String)}?
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
    private final byte[][] bytes = new byte[COUNT][];

    /**
     * The number of decimals of the prices, which lie between 1 and 10,000; {@code 0-8} is a random number, without
     * trailing zeros.
     */
    @Param({"2", "8", "0-8"})
    private String decimals = "";

    /** Creates the texts. */
    @Setup
    public void createTexts() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < COUNT; i++) {
            BigDecimal price = FixedDecimal.toBigDecimal(random.nextLong(FixedDecimal.ONE, 10_000 * FixedDecimal.ONE));
            texts[i] = decimals.equals("0-8")
                    ? FixedDecimal.toPlainString(price.setScale(random.nextInt(9), RoundingMode.DOWN))
                    : price.setScale(Integer.parseInt(decimals), RoundingMode.DOWN)
                            .toPlainString();
            bytes[i] = texts[i].getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** TradeOps. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void fixedDecimal(Blackhole blackhole) {
        for (String text : texts) {
            blackhole.consume(FixedDecimal.tryParse(text));
        }
    }

    /** TradeOps, from bytes. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void fixedDecimalOfBytes(Blackhole blackhole) {
        for (byte[] text : bytes) {
            blackhole.consume(FixedDecimal.tryParse(text, 0, text.length));
        }
    }

    /** The JDK. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void bigDecimal(Blackhole blackhole) {
        for (String text : texts) {
            blackhole.consume(new BigDecimal(text));
        }
    }

    /** The JDK, from bytes. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void bigDecimalOfBytes(Blackhole blackhole) {
        for (byte[] text : bytes) {
            blackhole.consume(new BigDecimal(new String(text, StandardCharsets.ISO_8859_1)));
        }
    }
}

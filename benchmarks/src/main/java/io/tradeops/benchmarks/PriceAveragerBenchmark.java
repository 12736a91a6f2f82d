package io.tradeops.benchmarks;

import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.trade.EpochNanos;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
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
 * What does a tick cost in 5-minute averages (mean, VWAP, OHLC, volume, count) with 3,000 ticks in a window? The
 * averager is compared with sums in {@link BigDecimal}, and with inexact sums in {@code double}.
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar PriceAverager -prof gc}</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Thread)
public class PriceAveragerBenchmark {

    private static final int COUNT = 1 << 14;
    private static final long INTERVAL_NANOS = 100_000_000L;
    private static final long WIDTH_NANOS = 300_000_000_000L;

    private final long[] prices = RandomWalk.prices(COUNT);
    private final PriceAverager averager = new PriceAverager(Duration.ofNanos(WIDTH_NANOS));
    private long time;
    private long seq;

    /** TradeOps; closes each window when it has ended. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void priceAverager(Blackhole blackhole) {
        for (long price : prices) {
            time += INTERVAL_NANOS;
            averager.add(time, price, price, seq++);
            if (time % WIDTH_NANOS == 0) {
                blackhole.consume(averager.close(EpochNanos.toInstant(time)));
            }
        }
    }

    /** The obvious solution. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void bigDecimal(Blackhole blackhole) {
        BigDecimal priceSum = BigDecimal.ZERO;
        BigDecimal quantitySum = BigDecimal.ZERO;
        BigDecimal notionalSum = BigDecimal.ZERO;
        BigDecimal high = BigDecimal.ZERO;
        BigDecimal low = BigDecimal.TEN.pow(10);
        BigDecimal last = BigDecimal.ZERO;
        for (long units : prices) {
            BigDecimal price = BigDecimal.valueOf(units, 8);
            priceSum = priceSum.add(price);
            quantitySum = quantitySum.add(price);
            notionalSum = notionalSum.add(price.multiply(price));
            high = high.max(price);
            low = low.min(price);
            last = price;
        }
        blackhole.consume(priceSum.divide(BigDecimal.valueOf(COUNT), 8, RoundingMode.HALF_EVEN));
        blackhole.consume(notionalSum.divide(quantitySum, 8, RoundingMode.HALF_EVEN));
        blackhole.consume(high);
        blackhole.consume(low);
        blackhole.consume(last);
    }

    /** The lower bound: sums that round. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void doubles(Blackhole blackhole) {
        double priceSum = 0;
        double quantitySum = 0;
        double notionalSum = 0;
        double high = 0;
        double low = Double.MAX_VALUE;
        for (long units : prices) {
            double price = units / 1e8;
            priceSum += price;
            quantitySum += price;
            notionalSum += price * price;
            high = Math.max(high, price);
            low = Math.min(low, price);
        }
        blackhole.consume(priceSum / COUNT + notionalSum / quantitySum + high + low);
    }
}

package io.tradeops.benchmarks;

import io.tradeops.core.trade.TradeBytes;
import io.tradeops.core.trade.TradeValidator;
import io.tradeops.core.trade.Violation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
 * What does it cost to validate a valid trade, compared with classes of the JDK?
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar TradeValidator -prof gc}</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Thread)
public class TradeValidatorBenchmark {

    private static final int COUNT = 1024;
    private static final long SEED = 42;
    private static final int FIELDS = 6;
    private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
    private static final Pattern TICKER = Pattern.compile("[A-Za-z0-9^][A-Za-z0-9.\\-/^=_:&]{0,31}");
    private static final Pattern TRADE_ID = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,128}");
    private static final BigDecimal LIMIT = BigDecimal.TEN.pow(10);

    private final TradeValidator validator = TradeValidator.create();
    private final TradeBytes trade = new TradeBytes();
    private final String[][] fields = new String[COUNT][];
    private final byte[][] lines = new byte[COUNT][];
    private final int[][] ends = new int[COUNT][FIELDS];

    /** Creates trades of the last hour, each as texts and as a line of bytes. */
    public TradeValidatorBenchmark() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < COUNT; i++) {
            fields[i] = new String[] {
                new String[] {"AAPL", "MSFT", "BRK.B", "BTC/USD", "F"}[random.nextInt(5)],
                BigDecimal.valueOf(random.nextLong(100, 1_000_000), random.nextInt(2, 5))
                        .toPlainString(),
                Integer.toString(random.nextInt(1, 10_000)),
                random.nextBoolean() ? "buy" : "sell",
                NOW.minusNanos(random.nextLong(3_600_000_000L) * 1_000).toString(),
                "ext-" + random.nextInt(1_000_000)
            };
            lines[i] = String.join(",", fields[i]).getBytes(StandardCharsets.US_ASCII);
            int end = -1;
            for (int field = 0; field < FIELDS; field++) {
                end += fields[i][field].length() + 1;
                ends[i][field] = end;
            }
        }
    }

    /** TradeOps, from text. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void text(Blackhole blackhole) {
        for (String[] f : fields) {
            List<Violation> violations = validator.validate(f[0], f[1], f[2], f[3], f[4], f[5], NOW);
            blackhole.consume(violations);
        }
    }

    /** TradeOps, from bytes. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void bytes(Blackhole blackhole) {
        for (int i = 0; i < COUNT; i++) {
            byte[] line = lines[i];
            int[] end = ends[i];
            trade.ticker(line, 0, end[0])
                    .price(line, end[0] + 1, end[1])
                    .quantity(line, end[1] + 1, end[2])
                    .side(line, end[2] + 1, end[3])
                    .timestamp(line, end[3] + 1, end[4])
                    .tradeId(line, end[4] + 1, end[5]);
            blackhole.consume(validator.validate(trade, NOW));
        }
    }

    /** The JDK: regular expressions, {@link BigDecimal} and {@link OffsetDateTime}. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void jdk(Blackhole blackhole) {
        for (String[] f : fields) {
            boolean valid = TICKER.matcher(f[0]).matches()
                    && isAmount(new BigDecimal(f[1]))
                    && isAmount(new BigDecimal(f[2]))
                    && (f[3].equals("buy") || f[3].equals("sell"))
                    && isTimestamp(OffsetDateTime.parse(f[4]).toInstant())
                    && TRADE_ID.matcher(f[5]).matches();
            blackhole.consume(valid);
        }
    }

    private static boolean isAmount(BigDecimal value) {
        return value.signum() > 0 && value.compareTo(LIMIT) < 0 && value.scale() <= 8;
    }

    private static boolean isTimestamp(Instant timestamp) {
        return timestamp.getEpochSecond() >= 0
                && !timestamp.isAfter(NOW.plus(Duration.ofMinutes(5)))
                && timestamp.getNano() % 1000 == 0;
    }
}

package io.tradeops.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tradeops.core.csv.TickerSummary;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Does the analysis of many tickers depend on their names? The symbols of options have a long common prefix; random
 * names are the peer. The file has 200,000 rows of 50,000 tickers.
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar ManyTickers}</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2)
@State(Scope.Benchmark)
public class ManyTickersBenchmark {

    private static final int ROWS = 200_000;
    private static final int TICKERS = 50_000;
    private static final int RANDOM_LENGTH = 21;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /** The names of the tickers. */
    public enum Names {
        OPTIONS,
        RANDOM
    }

    @Param({"OPTIONS", "RANDOM"})
    private Names names = Names.OPTIONS;

    @Param({"1", "2"})
    private int threads;

    private byte[] file = {};

    /** Creates the file. */
    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        String[] tickers = new String[TICKERS];
        for (int i = 0; i < TICKERS; i++) {
            tickers[i] = names == Names.OPTIONS ? String.format("O:SPY251219C%09d", i) : randomName(random);
        }
        StringBuilder text = new StringBuilder("ticker,price,quantity,timestamp\n");
        for (int i = 0; i < ROWS; i++) {
            text.append(tickers[random.nextInt(TICKERS)])
                    .append(',')
                    .append(1 + random.nextInt(99_999))
                    .append(".5,")
                    .append(1 + random.nextInt(500))
                    .append(",2026-11-20T14:30:00Z\n");
        }
        file = text.toString().getBytes(US_ASCII);
    }

    /** TradeOps. */
    @Benchmark
    public List<TickerSummary> tradeOps() throws IOException {
        return List.copyOf(TradeCsvAnalyzer.builder()
                .threads(threads)
                .build()
                .analyze(file)
                .tickers());
    }

    private static String randomName(SplittableRandom random) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}

package io.tradeops.benchmarks;

import io.tradeops.core.csv.TickerSummary;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
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
 * How long does the analysis of a compressed file take? It is compared with {@link GZIPInputStream}, which only
 * inflates the file.
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar CsvGzip}</pre>
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx64m"})
@SuppressWarnings("UnusedVariable") // CpuTime is for JMH, which calls it around an iteration
@State(Scope.Benchmark)
public class CsvGzipBenchmark {

    private static final int BLOCK = 256 * 1024;

    @Param("4000000")
    private long rows;

    @Param({"1", "2"})
    private int threads;

    private Path file = Path.of("");

    /** Creates the file. */
    @Setup
    public void prepare() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        Path plain = TradeFileGenerator.write(folder.resolve("tradeops-benchmark-" + rows + ".csv"), rows);
        file = folder.resolve("tradeops-benchmark-" + rows + ".csv.gz");
        if (!Files.exists(file)) {
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), BLOCK)) {
                Files.copy(plain, out);
            }
        }
    }

    /** TradeOps. */
    @Benchmark
    public List<TickerSummary> tradeOps(CpuTime cpu) throws IOException {
        return List.copyOf(TradeCsvAnalyzer.builder()
                .threads(threads)
                .build()
                .analyze(file)
                .tickers());
    }

    /** The lower bound. */
    @Benchmark
    public long drain(CpuTime cpu) throws IOException {
        long count = 0;
        byte[] bytes = new byte[BLOCK];
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 64 * 1024)) {
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                count += length;
            }
        }
        return count;
    }
}

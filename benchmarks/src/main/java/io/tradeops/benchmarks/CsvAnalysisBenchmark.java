package io.tradeops.benchmarks;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.tradeops.core.csv.TickerSummary;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * How long does the analysis of a day's trades take? It is compared with an analytical database, two CSV parsers with
 * {@link BigDecimal}, and a mere scan for line breaks, which is the lower bound.
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar CsvAnalysis}</pre>
 *
 * <p>The file has 20 million rows and 1.1 GB. It is created once, in the folder {@code java.io.tmpdir};
 * {@code -p rows=1000000} is quicker. DuckDB computes with doubles, because its exact product of two DECIMAL(18,8)
 * overflows. The two parsers use one thread and compute the same columns exactly. If other processes use the cores,
 * too, compare {@link CpuTime}.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 7)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx64m"})
@SuppressWarnings("UnusedVariable") // CpuTime is for JMH, which calls it around an iteration
@State(Scope.Benchmark)
public class CsvAnalysisBenchmark {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK = 256 * 1024;

    @Param("20000000")
    private long rows;

    @Param("2")
    private int threads;

    private Path file = Path.of("");

    /** Creates the file. */
    @Setup
    public void prepare() throws IOException {
        file = TradeFileGenerator.write(
                Path.of(System.getProperty("java.io.tmpdir"), "tradeops-benchmark-" + rows + ".csv"), rows);
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

    /** The database: DuckDB. */
    @Benchmark
    public double duckDb(CpuTime cpu) throws SQLException {
        return DuckDbQuery.run(file, threads);
    }

    /** A CSV parser: FastCSV. */
    @Benchmark
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public Map<String, Sums> fastCsv(CpuTime cpu) throws IOException {
        Map<String, Sums> sums = new HashMap<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
            for (CsvRecord row : reader) {
                if (row.getStartingLineNumber() > 1) {
                    sums.computeIfAbsent(row.getField(1), ticker -> new Sums())
                            .add(row.getField(3), row.getField(4), row.getField(5));
                }
            }
        }
        return sums;
    }

    /** A CSV parser: univocity-parsers. */
    @Benchmark
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public Map<String, Sums> univocity(CpuTime cpu) {
        Map<String, Sums> sums = new HashMap<>();
        CsvParserSettings settings = new CsvParserSettings();
        settings.setHeaderExtractionEnabled(true);
        CsvParser parser = new CsvParser(settings);
        parser.beginParsing(file.toFile());
        for (String[] row = parser.parseNext(); row != null; row = parser.parseNext()) {
            sums.computeIfAbsent(row[1], ticker -> new Sums()).add(row[3], row[4], row[5]);
        }
        return sums;
    }

    /** The lower bound: reads the same blocks and only counts line breaks. */
    @Benchmark
    public long lineBreaks(CpuTime cpu) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long part = channel.size() / threads + 1;
            return IntStream.range(0, threads)
                    .parallel()
                    .mapToLong(i -> lineBreaks(channel, i * part, (i + 1) * part))
                    .sum();
        }
    }

    private static long lineBreaks(FileChannel channel, long from, long to) {
        byte[] bytes = new byte[BLOCK];
        long count = 0;
        for (long at = from; at < to; ) {
            int length = read(channel, bytes, at, (int) Math.min(BLOCK, to - at));
            if (length <= 0) {
                break;
            }
            int i = 0;
            for (; i + 8 <= length; i += 8) {
                long other = (long) LONGS.get(bytes, i) ^ 0x0a0a_0a0a_0a0a_0a0aL;
                long none = ((other & 0x7f7f_7f7f_7f7f_7f7fL) + 0x7f7f_7f7f_7f7f_7f7fL) | other;
                count += Long.bitCount(~none & 0x8080_8080_8080_8080L);
            }
            for (; i < length; i++) {
                count += bytes[i] == '\n' ? 1 : 0;
            }
            at += length;
        }
        return count;
    }

    private static int read(FileChannel channel, byte[] bytes, long at, int length) {
        try {
            return channel.read(ByteBuffer.wrap(bytes, 0, length), at);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sums of one ticker. */
    public static final class Sums {
        private BigDecimal volume = BigDecimal.ZERO;
        private BigDecimal prices = BigDecimal.ZERO;
        private BigDecimal notional = BigDecimal.ZERO;
        private BigDecimal min = new BigDecimal("1e10");
        private BigDecimal max = BigDecimal.ZERO;
        private BigDecimal first = BigDecimal.ZERO;
        private BigDecimal last = BigDecimal.ZERO;
        private String firstTime = "~";
        private String lastTime = "";
        private long count;

        void add(String priceText, String quantityText, String time) {
            BigDecimal price = new BigDecimal(priceText);
            BigDecimal quantity = new BigDecimal(quantityText);
            count++;
            volume = volume.add(quantity);
            prices = prices.add(price);
            notional = notional.add(price.multiply(quantity));
            min = min.min(price);
            max = max.max(price);
            if (time.compareTo(firstTime) < 0) {
                firstTime = time;
                first = price;
            }
            if (time.compareTo(lastTime) >= 0) {
                lastTime = time;
                last = price;
            }
        }

        @Override
        public String toString() {
            return count + "," + volume + "," + prices + "," + notional + "," + min + "," + max + "," + first + ","
                    + last;
        }
    }
}

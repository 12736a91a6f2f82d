package io.tradeops.benchmarks;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How long does the whole process {@code analyze} take, from the start of its JVM to its end? It is compared with a
 * DuckDB process, or measured for files of 1 MB to 10 GB. The processes run in turn. The output is the medians.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.tradeops.benchmarks.AnalyzeProcess duckdb 7
 * java -cp benchmarks/target/benchmarks.jar io.tradeops.benchmarks.AnalyzeProcess sizes 3
 * }</pre>
 *
 * <p>Run it in the project's folder after {@code ./mvnw -Pfast package}; the numbers are the rounds. Files are
 * created in the folder {@code java.io.tmpdir}, which needs 12 GB. The files of {@code sizes} repeat the rows of the
 * benchmark's file and are deleted afterwards.
 */
public final class AnalyzeProcess {

    private static final int ROWS = 20_000_000;
    private static final long MEGABYTE = 1_000_000;
    private static final long[] SIZES = {MEGABYTE, 100 * MEGABYTE, 1000 * MEGABYTE, 10_000 * MEGABYTE};
    private static final Path TEMP = Path.of(System.getProperty("java.io.tmpdir"));
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String JAR = "tradeops-jersey-app/target/tradeops.jar";

    private AnalyzeProcess() {}

    /** Runs the measurement. The arguments are {@code duckdb} or {@code sizes}, and the number of rounds. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = TradeFileGenerator.write(TEMP.resolve("tradeops-benchmark-" + ROWS + ".csv"), ROWS);
        int rounds = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("sizes")) {
            sizes(file, rounds);
        } else {
            compare(file, rounds);
        }
    }

    private static void compare(Path file, int rounds) throws IOException, InterruptedException {
        List<Double> empty = new ArrayList<>();
        List<Double> analyze = new ArrayList<>();
        List<Double> duckDb = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            empty.add(millis(List.of(JAVA, "-version")));
            analyze.add(millis(analyze(file)));
            duckDb.add(millis(List.of(
                    JAVA,
                    "-cp",
                    "benchmarks/target/benchmarks.jar",
                    DuckDbQuery.class.getName(),
                    file.toString(),
                    "2")));
        }
        print("JVM, java -version", median(empty));
        print("analyze", median(analyze));
        print("DuckDB", median(duckDb));
        System.out.printf(Locale.ROOT, "DuckDB / analyze %.2f%n", median(duckDb) / median(analyze));
    }

    private static void sizes(Path file, int rounds) throws IOException, InterruptedException {
        for (long size : SIZES) {
            Path part = TEMP.resolve("tradeops-benchmark-size.csv");
            try {
                copy(file, part, size);
                List<Double> millis = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    millis.add(millis(analyze(part)));
                }
                print(size / MEGABYTE + " MB", median(millis));
                System.out.printf(Locale.ROOT, "    %.3f ns per byte%n", median(millis) * 1e6 / Files.size(part));
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    /**
     * Copies a file and repeats its rows until the target has the given size. The last row may be incomplete.
     */
    private static void copy(Path file, Path target, long size) throws IOException {
        try (FileChannel in = FileChannel.open(file);
                FileChannel out = FileChannel.open(target, CREATE, TRUNCATE_EXISTING, WRITE)) {
            int header = headerLength(file);
            long from = 0;
            while (out.position() < size) {
                long count = Math.min(in.size() - from, size - out.position());
                long copied = in.transferTo(from, count, out);
                from = from + copied == in.size() ? header : from + copied;
            }
        }
    }

    private static int headerLength(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElseThrow().length() + 1;
        }
    }

    private static List<String> analyze(Path file) {
        return List.of(JAVA, "-Xmx64m", "-jar", JAR, "analyze", "--threads", "2", file.toString());
    }

    private static double millis(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " ended with " + process.exitValue());
        }
        return (System.nanoTime() - start) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    private static void print(String label, double millis) {
        System.out.printf(Locale.ROOT, "%-20s %,.0f ms%n", label, millis);
    }
}

package io.tradeops.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Generates a day of trades like those of a US exchange. There are {@value #TICKERS} tickers, few of them traded much
 * and most of them little. The columns are id, ticker, side, price, quantity, executed_at; rows are in the order of
 * time. The seed is fixed, so the rows are always the same.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.tradeops.benchmarks.TradeFileGenerator trades.csv 20000000
 * }</pre>
 */
public final class TradeFileGenerator {

    private static final int TICKERS = 6_600;
    private static final long SEED = 42;
    private static final Instant OPEN = Instant.parse("2026-11-20T14:30:00Z");
    private static final long DAY_MICROS = 23_400_000_000L;
    private static final long CENT = FixedDecimal.ONE / 100;

    private TradeFileGenerator() {}

    /** Writes a file. The arguments are its path and the number of rows. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), Long.parseLong(arguments[1]));
    }

    /** Writes a file with a number of rows, unless it exists. */
    static Path write(Path file, long rows) throws IOException {
        if (!Files.exists(file)) {
            Path unfinished = file.resolveSibling(file.getFileName() + ".part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16)) {
                write(out, rows);
            }
            Files.move(unfinished, file);
        }
        return file;
    }

    private static void write(OutputStream out, long rows) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        String[] tickers = new String[TICKERS];
        long[] cents = new long[TICKERS];
        for (int i = 0; i < TICKERS; i++) {
            tickers[i] = ticker(i);
            cents[i] = random.nextLong(300, 60_000);
        }
        out.write("id,ticker,side,price,quantity,executed_at\n".getBytes(US_ASCII));
        StringBuilder line = new StringBuilder();
        for (long row = 0; row < rows; row++) {
            int ticker = (int) (TICKERS * Math.pow(random.nextDouble(), 3));
            cents[ticker] = Math.max(100, cents[ticker] + random.nextLong(-3, 4));
            long fraction = random.nextInt(10) == 0 ? random.nextLong(CENT / 100) * 100 : 0;
            long quantity = random.nextInt(3) == 0 ? 100L * random.nextInt(1, 10) : random.nextInt(1, 300);
            long micros = (long) ((double) row / rows * DAY_MICROS);
            line.setLength(0);
            line.append(row + 1).append(',').append(tickers[ticker]);
            line.append(random.nextBoolean() ? ",buy," : ",sell,");
            line.append(FixedDecimal.toString(cents[ticker] * CENT + fraction)).append(',');
            line.append(quantity).append(',');
            line.append(EpochNanos.format(OPEN.plusNanos(micros * 1000))).append('\n');
            out.write(line.toString().getBytes(US_ASCII));
        }
    }

    /** One to four letters, spread over the alphabet; different for every number below 18278. */
    private static String ticker(int number) {
        int index = number % 3 == 0 ? number * 7919 % 18_278 : 18_278 + number * 7919 % 456_976;
        StringBuilder ticker = new StringBuilder();
        for (int rest = index; rest >= 0; rest = rest / 26 - 1) {
            ticker.append((char) ('A' + rest % 26));
        }
        return ticker.reverse().toString();
    }
}

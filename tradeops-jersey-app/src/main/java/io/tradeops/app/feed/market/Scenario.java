package io.tradeops.app.feed.market;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Ticker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A scripted feed: lines {@code seconds,ticker,price,quantity} in the order in which they are sent, {@code seconds} being
 * the tick's time from the scenario's beginning; {@code seconds,lost,count} for ticks that the feed loses; {@code #}
 * begins a comment. Immutable.
 */
public final class Scenario {

    /** The scenarios that come with the program. */
    public static final List<String> NAMES =
            List.of("rise-2.00", "rise-2.01", "ramp", "gap", "out-of-order", "duplicates", "silence", "burst");

    private static final String LOST = "lost";
    private static final int MICROS_DIGITS = 1_000_000;
    private static final long NANOS_PER_UNIT = 10;

    private final List<TimedTick> ticks;

    private Scenario(List<TimedTick> ticks) {
        this.ticks = List.copyOf(ticks);
    }

    /** Whether there is one of this name, or something in the file system. */
    public static boolean exists(String nameOrFile) {
        return NAMES.contains(nameOrFile) || (!nameOrFile.isEmpty() && Files.exists(Path.of(nameOrFile)));
    }

    /**
     * Loads one of {@link #NAMES}, or a file.
     *
     * @throws IOException if there is neither, or a line can't be read, naming it
     */
    public static Scenario load(String nameOrFile) throws IOException {
        if (!NAMES.contains(nameOrFile)) {
            Path file = Path.of(nameOrFile);
            if (!Files.exists(file)) {
                throw new IOException(
                        "there is no scenario or file '" + nameOrFile + "'; scenarios are " + String.join(", ", NAMES));
            }
            if (Files.isDirectory(file)) {
                throw new IOException(file + " is a directory, not a scenario");
            }
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                return read(reader, nameOrFile);
            }
        }
        try (InputStream in = Scenario.class.getResourceAsStream("/scenarios/" + nameOrFile + ".csv")) {
            if (in == null) {
                throw new IOException("missing resource: scenario " + nameOrFile);
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8), nameOrFile);
        }
    }

    static Scenario read(Reader reader, String name) throws IOException {
        BufferedReader lines = new BufferedReader(reader);
        List<TimedTick> ticks = new ArrayList<>();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("seconds")) {
                try {
                    ticks.add(tick(line.strip().split(",", -1)));
                } catch (IllegalArgumentException e) {
                    throw new IOException("scenario " + name + ", line " + number + ": " + e.getMessage(), e);
                }
            }
        }
        return new Scenario(ticks);
    }

    /** How long it is, in its own time. */
    public Duration length() {
        return Duration.ofNanos(
                ticks.stream().mapToLong(TimedTick::epochNanos).max().orElse(0));
    }

    /**
     * Its ticks, to be sent.
     *
     * @param start when to send the first, in nanoseconds since 1970; the last one's time is when it is sent
     * @param speed how many times faster than scripted
     * @throws IllegalArgumentException if the speed is out of range
     */
    public TickSource source(long start, double speed) {
        long length = length().toNanos();
        long origin = start - (length - (long) (length / speed)) / 1_000 * 1_000;
        return new ReplaySource(ticks.stream().map(tick -> at(tick, origin)).iterator(), start, speed);
    }

    private static TimedTick at(TimedTick tick, long origin) {
        long time = origin - origin % 1_000 + tick.epochNanos();
        return new TimedTick(tick.ticker(), time, tick.priceUnits(), tick.quantityUnits(), tick.lost());
    }

    private static TimedTick tick(String[] fields) {
        if (fields.length == 3 && fields[1].equals(LOST)) {
            return TimedTick.lost(Integer.parseInt(fields[2]), nanos(fields[0]));
        }
        if (fields.length != 4) {
            throw new IllegalArgumentException("a line is seconds,ticker,price,quantity or seconds,lost,count");
        }
        if (!Ticker.isValid(fields[1])) {
            throw new IllegalArgumentException("invalid ticker '" + fields[1] + "'");
        }
        return TimedTick.of(fields[1], nanos(fields[0]), positive(fields[2]), positive(fields[3]));
    }

    private static long positive(String text) {
        long units = FixedDecimal.parse(text);
        if (units <= 0) {
            throw new IllegalArgumentException("not positive: " + text);
        }
        return units;
    }

    private static long nanos(String seconds) {
        long units = FixedDecimal.parse(seconds);
        if (units < 0 || units % (FixedDecimal.ONE / MICROS_DIGITS) != 0) {
            throw new IllegalArgumentException("seconds have up to 6 decimals: " + seconds);
        }
        return units * NANOS_PER_UNIT;
    }
}

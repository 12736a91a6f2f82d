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
 * A scripted feed. Its lines are in the order of sending: {@code seconds,ticker,price,quantity} for a tick, and {@code
 * seconds,lost,count} for ticks that the feed loses. The seconds are the tick's time since the start of the scenario. A
 * line that starts with {@code #} is a comment. Immutable.
 */
public final class Scenario {

    /** The names of the scenarios that come with the program. */
    public static final List<String> NAMES =
            List.of("rise-2.00", "rise-2.01", "ramp", "gap", "out-of-order", "duplicates", "silence", "burst");

    private static final String LOST = "lost";
    private static final int MICROS_DIGITS = 1_000_000;
    private static final long NANOS_PER_UNIT = 10;

    private final List<TimedTick> ticks;

    private Scenario(List<TimedTick> ticks) {
        this.ticks = List.copyOf(ticks);
    }

    /** Whether a scenario of this name comes with the program, or a file or directory of this name exists. */
    public static boolean exists(String nameOrFile) {
        return NAMES.contains(nameOrFile) || (!nameOrFile.isEmpty() && Files.exists(Path.of(nameOrFile)));
    }

    /**
     * Loads a scenario that comes with the program, or a file.
     *
     * @throws IOException if neither exists, or a line is malformed; the message names the line
     */
    public static Scenario load(String nameOrFile) throws IOException {
        return NAMES.contains(nameOrFile) ? loadResource(nameOrFile) : loadFile(nameOrFile);
    }

    private static Scenario loadResource(String name) throws IOException {
        try (InputStream in = Scenario.class.getResourceAsStream("/scenarios/" + name + ".csv")) {
            if (in == null) {
                throw new IOException("missing resource: scenario " + name);
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8), name);
        }
    }

    private static Scenario loadFile(String name) throws IOException {
        Path file = Path.of(name);
        if (!Files.exists(file)) {
            throw new IOException(
                    "there is no scenario or file '" + name + "'; scenarios are " + String.join(", ", NAMES));
        }
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory, not a scenario");
        }
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(reader, name);
        }
    }

    static Scenario read(Reader reader, String name) throws IOException {
        BufferedReader lines = new BufferedReader(reader);
        List<TimedTick> ticks = new ArrayList<>();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("seconds")) {
                ticks.add(tick(line, name, number));
            }
        }
        return new Scenario(ticks);
    }

    private static TimedTick tick(String line, String name, int number) throws IOException {
        try {
            return tick(line.strip().split(",", -1));
        } catch (IllegalArgumentException e) {
            throw new IOException("scenario " + name + ", line " + number + ": " + e.getMessage(), e);
        }
    }

    /** The time of the last tick since the start of the scenario. */
    public Duration length() {
        return Duration.ofNanos(
                ticks.stream().mapToLong(TimedTick::epochNanos).max().orElse(0));
    }

    /**
     * A source of the scenario's ticks. The timestamp of the last tick is the time at which it is sent.
     *
     * @param start the time to send the first tick at, in nanoseconds since 1970
     * @param speed the factor by which it is faster than scripted, above 0, at most 1,000,000
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

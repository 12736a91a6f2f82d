package io.tradeops.core.window;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.KeyedPriceMoveDetector.Counts;
import io.tradeops.core.window.KeyedPriceMoveSnapshot.Clock;
import io.tradeops.core.window.PriceMove.Point;
import io.tradeops.core.window.PriceMoveRule.Direction;
import io.tradeops.core.window.PriceMoveSnapshot.LastMove;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The byte format of snapshots. Static functions; thread-safe. */
final class SnapshotCodec {

    /*
     * name       4 bytes: "TOPM" of one ticker and rule, "TOKM" of many
     * version    1 byte
     * settings   number of rules; each: direction, threshold, window, hysteresis, cooldown, allowed lateness, maxAhead
     * TOPM       state
     * TOKM       clock, counts, number of tickers; each: ticker, number of rules; each: index of its settings, state
     * state      flags, and what they say is there; numbers of ticks; the retained ticks, each as the difference from
     *            the one before, and the first from the newest time
     * checksum   4 bytes: CRC-32 of all bytes before it
     *
     * A later version keeps name, version and checksum where they are. Its reader calls a function for each version
     * that it can read, where this one compares with VERSION.
     */

    private static final int VERSION = 1;
    private static final byte[] SINGLE = "TOPM".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEYED = "TOKM".getBytes(StandardCharsets.US_ASCII);
    private static final int NAME_AND_VERSION = 5;

    private static final int ARMED = 1;
    private static final int HAS_NEWEST = 2;
    private static final int HAS_LAST_MOVE = 4;
    private static final int HAS_HELD = 8;

    private static final int LEAST_BYTES_OF_SETTINGS = 7;
    private static final int LEAST_BYTES_OF_TICKER = 3;
    private static final int LEAST_BYTES_OF_STATE = 5;
    private static final int LEAST_BYTES_OF_TICK = 3;

    private SnapshotCodec() {}

    /** What a detector is created with. */
    private record Settings(PriceMoveRule rule, Duration allowedLateness, Duration maxAhead) {

        private static Settings of(PriceMoveSnapshot snapshot) {
            return new Settings(snapshot.rule(), snapshot.allowedLateness(), snapshot.maxAhead());
        }
    }

    static byte[] write(PriceMoveSnapshot snapshot) {
        SnapshotWriter out = start(SINGLE);
        writeSettings(out, Settings.of(snapshot));
        writeState(out, snapshot);
        return out.withChecksum();
    }

    static PriceMoveSnapshot readSingle(byte[] bytes) {
        SnapshotReader in = start(bytes, SINGLE);
        PriceMoveSnapshot snapshot = readState(in, readSettings(in));
        in.requireEnd();
        return snapshot;
    }

    static byte[] write(KeyedPriceMoveSnapshot snapshot) {
        SnapshotWriter out = start(KEYED);
        List<Settings> settings = snapshot.tickers().values().stream()
                .flatMap(List::stream)
                .map(Settings::of)
                .distinct()
                .toList();
        out.number(settings.size());
        settings.forEach(each -> writeSettings(out, each));
        writeClock(out, snapshot.clock());
        writeCounts(out, snapshot.counts());
        out.number(snapshot.tickers().size());
        snapshot.tickers().forEach((ticker, byRule) -> {
            out.text(ticker);
            out.number(byRule.size());
            for (PriceMoveSnapshot ofRule : byRule) {
                out.number(settings.indexOf(Settings.of(ofRule)));
                writeState(out, ofRule);
            }
        });
        return out.withChecksum();
    }

    static KeyedPriceMoveSnapshot readKeyed(byte[] bytes) {
        SnapshotReader in = start(bytes, KEYED);
        List<Settings> settings = new ArrayList<>();
        for (int left = in.count(LEAST_BYTES_OF_SETTINGS); left > 0; left--) {
            settings.add(readSettings(in));
        }
        Clock clock = readClock(in);
        Counts counts = readCounts(in);
        TreeMap<String, List<PriceMoveSnapshot>> tickers = new TreeMap<>();
        for (int left = in.count(LEAST_BYTES_OF_TICKER); left > 0; left--) {
            String ticker = in.text();
            if (tickers.put(ticker, readRules(in, settings)) != null) {
                throw SnapshotReader.damaged("it has a ticker twice");
            }
        }
        in.requireEnd();
        return new KeyedPriceMoveSnapshot(clock, counts, tickers);
    }

    private static List<PriceMoveSnapshot> readRules(SnapshotReader in, List<Settings> settings) {
        List<PriceMoveSnapshot> byRule = new ArrayList<>();
        for (int left = in.count(LEAST_BYTES_OF_STATE); left > 0; left--) {
            long index = in.number();
            if (index < 0 || index >= settings.size()) {
                throw SnapshotReader.damaged("it has no settings of number " + index);
            }
            byRule.add(readState(in, settings.get((int) index)));
        }
        return byRule;
    }

    private static SnapshotWriter start(byte[] name) {
        SnapshotWriter out = new SnapshotWriter();
        out.raw(name);
        out.oneByte(VERSION);
        return out;
    }

    private static SnapshotReader start(byte[] bytes, byte[] name) {
        if (!Arrays.equals(Arrays.copyOf(bytes, name.length), name)) {
            throw new IllegalArgumentException(
                    "the bytes must be a snapshot that starts with " + new String(name, StandardCharsets.US_ASCII));
        }
        SnapshotReader in = new SnapshotReader(bytes, NAME_AND_VERSION);
        in.raw(name.length);
        int version = in.oneByte();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "the snapshot has version " + version + "; this program reads version " + VERSION);
        }
        return in;
    }

    private static void writeSettings(SnapshotWriter out, Settings settings) {
        PriceMoveRule rule = settings.rule;
        out.oneByte(rule.direction() == Direction.UP ? 0 : 1);
        out.number(FixedDecimal.of(rule.thresholdPercent()));
        out.number(rule.window().toMillis());
        out.number(FixedDecimal.of(rule.hysteresisPercent()));
        out.number(rule.cooldown().toNanos());
        out.number(settings.allowedLateness.toNanos());
        out.number(settings.maxAhead.toNanos());
    }

    private static Settings readSettings(SnapshotReader in) {
        PriceMoveRule rule = new PriceMoveRule(
                in.oneByte() == 0 ? Direction.UP : Direction.DOWN,
                FixedDecimal.toBigDecimal(in.number()),
                Duration.ofMillis(in.number()),
                FixedDecimal.toBigDecimal(in.number()),
                Duration.ofNanos(in.number()));
        return new Settings(rule, Duration.ofNanos(in.number()), Duration.ofNanos(in.number()));
    }

    private static void writeClock(SnapshotWriter out, Clock clock) {
        out.number(clock.nanos().orElse(-1) + 1);
        out.number(clock.confirmations());
        out.number(clock.candidateNanos().orElse(0));
    }

    private static Clock readClock(SnapshotReader in) {
        long nanos = in.number() - 1;
        long confirmations = in.number();
        long candidate = in.number();
        return new Clock(
                nanos == -1 ? OptionalLong.empty() : OptionalLong.of(nanos),
                confirmations == 0 ? OptionalLong.empty() : OptionalLong.of(candidate),
                toInt(confirmations));
    }

    private static void writeCounts(SnapshotWriter out, Counts counts) {
        out.number(counts.tickers());
        out.number(counts.retainedTicks());
        out.number(counts.lateTicks());
        out.number(counts.aheadTicks());
        out.number(counts.refusedTicks());
        out.number(counts.unretainedTicks());
    }

    private static Counts readCounts(SnapshotReader in) {
        return new Counts(toInt(in.number()), in.number(), in.number(), in.number(), in.number(), in.number());
    }

    private static void writeState(SnapshotWriter out, PriceMoveSnapshot snapshot) {
        long newest = snapshot.newestNanos().orElse(0);
        out.oneByte((snapshot.armed() ? ARMED : 0)
                | (snapshot.newestNanos().isPresent() ? HAS_NEWEST : 0)
                | (snapshot.lastMove().isPresent() ? HAS_LAST_MOVE : 0)
                | (snapshot.heldTick().isPresent() ? HAS_HELD : 0));
        snapshot.newestNanos().ifPresent(out::number);
        snapshot.lastMove().ifPresent(move -> {
            out.number(move.step());
            out.difference(move.epochNanos() - newest);
            out.number(move.priceUnits());
        });
        snapshot.heldTick().ifPresent(tick -> writeTick(out, tick, newest, 0, 0));
        out.number(snapshot.lateTicks());
        out.number(snapshot.aheadTicks());
        out.number(snapshot.ticks().size());
        long time = newest;
        long price = 0;
        long seq = 0;
        for (Point tick : snapshot.ticks()) {
            writeTick(out, tick, time, price, seq);
            time = tick.epochNanos();
            price = tick.priceUnits();
            seq = tick.seq();
        }
    }

    private static PriceMoveSnapshot readState(SnapshotReader in, Settings settings) {
        int flags = in.oneByte();
        OptionalLong newestNanos = (flags & HAS_NEWEST) == 0 ? OptionalLong.empty() : OptionalLong.of(in.number());
        long newest = newestNanos.orElse(0);
        Optional<LastMove> lastMove = (flags & HAS_LAST_MOVE) == 0
                ? Optional.empty()
                : Optional.of(new LastMove(toInt(in.number()), newest + in.difference(), in.number()));
        Optional<Point> held = (flags & HAS_HELD) == 0 ? Optional.empty() : Optional.of(readTick(in, newest, 0, 0));
        return new PriceMoveSnapshot(
                settings.rule,
                settings.allowedLateness,
                settings.maxAhead,
                newestNanos,
                (flags & ARMED) != 0,
                lastMove,
                in.number(),
                in.number(),
                held,
                readTicks(in, newest));
    }

    private static List<Point> readTicks(SnapshotReader in, long newest) {
        List<Point> ticks = new ArrayList<>();
        long time = newest;
        long price = 0;
        long seq = 0;
        for (int left = in.count(LEAST_BYTES_OF_TICK); left > 0; left--) {
            Point tick = readTick(in, time, price, seq);
            ticks.add(tick);
            time = tick.epochNanos();
            price = tick.priceUnits();
            seq = tick.seq();
        }
        return ticks;
    }

    private static void writeTick(SnapshotWriter out, Point tick, long time, long price, long seq) {
        out.difference(tick.epochNanos() - time);
        out.difference(tick.priceUnits() - price);
        out.difference(tick.seq() - seq);
    }

    private static Point readTick(SnapshotReader in, long time, long price, long seq) {
        return new Point(time + in.difference(), price + in.difference(), seq + in.difference());
    }

    private static int toInt(long value) {
        if (value != (int) value) {
            throw SnapshotReader.damaged("a number is too large: " + value);
        }
        return (int) value;
    }
}

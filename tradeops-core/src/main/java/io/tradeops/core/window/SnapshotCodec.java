package io.tradeops.core.window;

import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.codec.BytesWriter;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.KeyedPriceMoveDetector.Counts;
import io.tradeops.core.window.KeyedPriceMoveSnapshot.Clock;
import io.tradeops.core.window.PriceMove.Point;
import io.tradeops.core.window.PriceMoveRule.Direction;
import io.tradeops.core.window.PriceMoveSnapshot.LastMove;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
     * A later version keeps name, version and checksum where they are. Its reader asks BytesReader.version() which
     * layout it reads.
     */

    private static final int VERSION = 1;
    private static final String SINGLE = "TOPM";
    private static final String KEYED = "TOKM";

    private static final int ARMED = 1;
    private static final int HAS_NEWEST = 2;
    private static final int HAS_LAST_MOVE = 4;
    private static final int HAS_HELD = 8;

    private static final int LEAST_BYTES_OF_SETTINGS = 7;
    private static final int LEAST_BYTES_OF_TICKER = 3;
    private static final int LEAST_BYTES_OF_STATE = 5;
    private static final int LEAST_BYTES_OF_TICK = 3;

    private SnapshotCodec() {}

    static byte[] write(PriceMoveSnapshot snapshot) {
        BytesWriter out = new BytesWriter(SINGLE, VERSION);
        writeSettings(out, snapshot);
        writeState(out, snapshot);
        return out.toByteArray();
    }

    static PriceMoveSnapshot readSingle(byte[] bytes) {
        BytesReader in = new BytesReader(bytes, SINGLE, VERSION);
        PriceMoveSnapshot snapshot = readState(in, readSettings(in));
        in.requireEnd();
        return snapshot;
    }

    static byte[] write(KeyedPriceMoveSnapshot snapshot) {
        BytesWriter out = new BytesWriter(KEYED, VERSION);
        List<PriceMoveSnapshot> distinct = new ArrayList<>();
        for (List<PriceMoveSnapshot> byRule : snapshot.tickers().values()) {
            for (PriceMoveSnapshot ofRule : byRule) {
                if (indexOfSettings(distinct, ofRule) == distinct.size()) {
                    distinct.add(ofRule);
                }
            }
        }
        out.writeUnsigned(distinct.size());
        for (PriceMoveSnapshot each : distinct) {
            writeSettings(out, each);
        }
        writeClock(out, snapshot.clock());
        writeCounts(out, snapshot.counts());
        out.writeUnsigned(snapshot.tickers().size());
        for (Map.Entry<String, List<PriceMoveSnapshot>> entry :
                snapshot.tickers().entrySet()) {
            out.writeText(entry.getKey());
            out.writeUnsigned(entry.getValue().size());
            for (PriceMoveSnapshot ofRule : entry.getValue()) {
                out.writeUnsigned(indexOfSettings(distinct, ofRule));
                writeState(out, ofRule);
            }
        }
        return out.toByteArray();
    }

    /** The index of the first snapshot with the same settings; the size of the list if there is none. */
    private static int indexOfSettings(List<PriceMoveSnapshot> distinct, PriceMoveSnapshot snapshot) {
        int index = 0;
        while (index < distinct.size() && !hasSettingsOf(distinct.get(index), snapshot)) {
            index++;
        }
        return index;
    }

    private static boolean hasSettingsOf(PriceMoveSnapshot one, PriceMoveSnapshot other) {
        return one.rule().equals(other.rule())
                && one.allowedLateness().equals(other.allowedLateness())
                && one.maxAhead().equals(other.maxAhead());
    }

    static KeyedPriceMoveSnapshot readKeyed(byte[] bytes) {
        BytesReader in = new BytesReader(bytes, KEYED, VERSION);
        List<RuleArithmetic> settings = new ArrayList<>();
        for (int left = in.readCount("rules", LEAST_BYTES_OF_SETTINGS); left > 0; left--) {
            settings.add(readSettings(in));
        }
        Clock clock = readClock(in);
        Counts counts = readCounts(in);
        TreeMap<String, List<PriceMoveSnapshot>> tickers = new TreeMap<>();
        for (int left = in.readCount("tickers", LEAST_BYTES_OF_TICKER); left > 0; left--) {
            String ticker = in.readText();
            if (tickers.put(ticker, readRules(in, settings)) != null) {
                throw BytesReader.damaged("it has a ticker twice");
            }
        }
        in.requireEnd();
        return new KeyedPriceMoveSnapshot(clock, counts, tickers);
    }

    private static List<PriceMoveSnapshot> readRules(BytesReader in, List<RuleArithmetic> settings) {
        List<PriceMoveSnapshot> byRule = new ArrayList<>();
        for (int left = in.readCount("rules of a ticker", LEAST_BYTES_OF_STATE); left > 0; left--) {
            long index = in.readUnsigned();
            if (index < 0 || index >= settings.size()) {
                throw BytesReader.damaged("it has no settings of number " + index);
            }
            byRule.add(readState(in, settings.get((int) index)));
        }
        return byRule;
    }

    private static void writeSettings(BytesWriter out, PriceMoveSnapshot settings) {
        PriceMoveRule rule = settings.rule();
        out.writeUnsigned(rule.direction() == Direction.UP ? 0 : 1);
        out.writeUnsigned(FixedDecimal.of(rule.thresholdPercent()));
        out.writeUnsigned(rule.window().toMillis());
        out.writeUnsigned(FixedDecimal.of(rule.hysteresisPercent()));
        out.writeUnsigned(rule.cooldown().toNanos());
        out.writeUnsigned(settings.allowedLateness().toNanos());
        out.writeUnsigned(settings.maxAhead().toNanos());
    }

    private static RuleArithmetic readSettings(BytesReader in) {
        PriceMoveRule rule = new PriceMoveRule(
                in.readUnsigned("direction", 0, 1) == 0 ? Direction.UP : Direction.DOWN,
                FixedDecimal.toBigDecimal(in.readUnsigned()),
                Duration.ofMillis(in.readUnsigned()),
                FixedDecimal.toBigDecimal(in.readUnsigned()),
                Duration.ofNanos(in.readUnsigned()));
        return new RuleArithmetic(rule, Duration.ofNanos(in.readUnsigned()), Duration.ofNanos(in.readUnsigned()));
    }

    private static void writeClock(BytesWriter out, Clock clock) {
        out.writeUnsigned(clock.nanos().orElse(-1) + 1);
        out.writeUnsigned(clock.confirmations());
        out.writeUnsigned(clock.candidateNanos().orElse(0));
    }

    private static Clock readClock(BytesReader in) {
        long nanos = in.readUnsigned() - 1;
        long confirmations = in.readUnsigned();
        long candidate = in.readUnsigned();
        return new Clock(
                nanos == -1 ? OptionalLong.empty() : OptionalLong.of(nanos),
                confirmations == 0 ? OptionalLong.empty() : OptionalLong.of(candidate),
                toInt(confirmations));
    }

    private static void writeCounts(BytesWriter out, Counts counts) {
        out.writeUnsigned(counts.tickers());
        out.writeUnsigned(counts.retainedTicks());
        out.writeUnsigned(counts.lateTicks());
        out.writeUnsigned(counts.aheadTicks());
        out.writeUnsigned(counts.refusedTicks());
        out.writeUnsigned(counts.unretainedTicks());
    }

    private static Counts readCounts(BytesReader in) {
        return new Counts(
                toInt(in.readUnsigned()),
                in.readUnsigned(),
                in.readUnsigned(),
                in.readUnsigned(),
                in.readUnsigned(),
                in.readUnsigned());
    }

    private static void writeState(BytesWriter out, PriceMoveSnapshot snapshot) {
        long newest = snapshot.newestNanos().orElse(0);
        out.writeUnsigned((snapshot.armed() ? ARMED : 0)
                | (snapshot.newestNanos().isPresent() ? HAS_NEWEST : 0)
                | (snapshot.lastMove().isPresent() ? HAS_LAST_MOVE : 0)
                | (snapshot.heldTick().isPresent() ? HAS_HELD : 0));
        if (snapshot.newestNanos().isPresent()) {
            out.writeUnsigned(newest);
        }
        if (snapshot.lastMove().isPresent()) {
            LastMove move = snapshot.lastMove().get();
            out.writeUnsigned(move.step());
            out.writeSigned(move.epochNanos() - newest);
            out.writeUnsigned(move.priceUnits());
        }
        if (snapshot.heldTick().isPresent()) {
            writeTick(out, snapshot.heldTick().get(), newest, 0, 0);
        }
        out.writeUnsigned(snapshot.lateTicks());
        out.writeUnsigned(snapshot.aheadTicks());
        out.writeUnsigned(snapshot.ticks().size());
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

    private static PriceMoveSnapshot readState(BytesReader in, RuleArithmetic settings) {
        long flags = in.readUnsigned("flags", 0, ARMED | HAS_NEWEST | HAS_LAST_MOVE | HAS_HELD);
        OptionalLong newestNanos =
                (flags & HAS_NEWEST) == 0 ? OptionalLong.empty() : OptionalLong.of(in.readUnsigned());
        long newest = newestNanos.orElse(0);
        Optional<LastMove> lastMove = (flags & HAS_LAST_MOVE) == 0
                ? Optional.empty()
                : Optional.of(new LastMove(toInt(in.readUnsigned()), newest + in.readSigned(), in.readUnsigned()));
        Optional<Point> held = (flags & HAS_HELD) == 0 ? Optional.empty() : Optional.of(readTick(in, newest, 0, 0));
        return new PriceMoveSnapshot(
                settings.rule,
                settings.allowedLateness,
                settings.maxAhead,
                newestNanos,
                (flags & ARMED) != 0,
                lastMove,
                in.readUnsigned(),
                in.readUnsigned(),
                held,
                readTicks(in, newest));
    }

    private static List<Point> readTicks(BytesReader in, long newest) {
        List<Point> ticks = new ArrayList<>();
        long time = newest;
        long price = 0;
        long seq = 0;
        for (int left = in.readCount("ticks", LEAST_BYTES_OF_TICK); left > 0; left--) {
            Point tick = readTick(in, time, price, seq);
            ticks.add(tick);
            time = tick.epochNanos();
            price = tick.priceUnits();
            seq = tick.seq();
        }
        return ticks;
    }

    private static void writeTick(BytesWriter out, Point tick, long time, long price, long seq) {
        out.writeSigned(tick.epochNanos() - time);
        out.writeSigned(tick.priceUnits() - price);
        out.writeSigned(tick.seq() - seq);
    }

    private static Point readTick(BytesReader in, long time, long price, long seq) {
        return new Point(time + in.readSigned(), price + in.readSigned(), seq + in.readSigned());
    }

    private static int toInt(long value) {
        if (value != (int) value) {
            throw BytesReader.damaged("a number is too large: " + value);
        }
        return (int) value;
    }
}

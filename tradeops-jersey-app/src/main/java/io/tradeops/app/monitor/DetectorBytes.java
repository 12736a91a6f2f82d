package io.tradeops.app.monitor;

import io.tradeops.core.window.PriceMove;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The byte format of a detector's snapshot. Static functions; thread-safe. */
final class DetectorBytes {

    /** Stands for an absent time. */
    private static final long ABSENT = -1;

    private DetectorBytes() {}

    /** Texts that are equal if and only if the rules and the allowed lateness are equal. */
    static List<String> describe(List<PriceMoveRule> rules) {
        return rules.stream()
                .map(rule -> rule + " " + PriceMoveDetector.DEFAULT_ALLOWED_LATENESS)
                .toList();
    }

    /** Writes the rules of a snapshot. */
    static void writeRules(DataOutput out, List<PriceMoveRule> rules) throws IOException {
        out.writeInt(rules.size());
        for (String rule : describe(rules)) {
            out.writeUTF(rule);
        }
    }

    /** Reads the rules that {@link #writeRules} wrote, as texts of {@link #describe}. */
    static List<String> readRules(DataInput in) throws IOException {
        List<String> rules = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            rules.add(in.readUTF());
        }
        return rules;
    }

    /** Writes a snapshot, but not its rules. */
    static void write(DataOutput out, Map<String, List<PriceMoveSnapshot>> snapshot) throws IOException {
        out.writeInt(snapshot.size());
        for (Map.Entry<String, List<PriceMoveSnapshot>> ofTicker : snapshot.entrySet()) {
            out.writeUTF(ofTicker.getKey());
            for (PriceMoveSnapshot ofRule : ofTicker.getValue()) {
                write(out, ofRule);
            }
        }
    }

    /** Reads a snapshot that was written for the same rules. */
    static Map<String, List<PriceMoveSnapshot>> read(DataInput in, List<PriceMoveRule> rules) throws IOException {
        Map<String, List<PriceMoveSnapshot>> snapshot = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String ticker = in.readUTF();
            List<PriceMoveSnapshot> ofTicker = new ArrayList<>();
            for (PriceMoveRule rule : rules) {
                ofTicker.add(read(in, rule));
            }
            snapshot.put(ticker, ofTicker);
        }
        return snapshot;
    }

    private static void write(DataOutput out, PriceMoveSnapshot snapshot) throws IOException {
        writeOptional(out, snapshot.newestNanos());
        out.writeBoolean(snapshot.armed());
        writeOptional(out, snapshot.lastMoveNanos());
        out.writeLong(snapshot.lateTicks());
        out.writeInt(snapshot.ticks().size());
        for (PriceMove.Point tick : snapshot.ticks()) {
            out.writeLong(tick.epochNanos());
            out.writeLong(tick.priceUnits());
            out.writeLong(tick.seq());
        }
    }

    private static void writeOptional(DataOutput out, OptionalLong nanos) throws IOException {
        out.writeLong(nanos.orElse(ABSENT));
    }

    private static OptionalLong readOptional(DataInput in) throws IOException {
        long nanos = in.readLong();
        return nanos == ABSENT ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    private static PriceMoveSnapshot read(DataInput in, PriceMoveRule rule) throws IOException {
        OptionalLong newest = readOptional(in);
        boolean armed = in.readBoolean();
        OptionalLong lastMove = readOptional(in);
        long lateTicks = in.readLong();
        List<PriceMove.Point> ticks = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            ticks.add(new PriceMove.Point(in.readLong(), in.readLong(), in.readLong()));
        }
        return new PriceMoveSnapshot(
                rule, PriceMoveDetector.DEFAULT_ALLOWED_LATENESS, newest, armed, lastMove, lateTicks, ticks);
    }
}

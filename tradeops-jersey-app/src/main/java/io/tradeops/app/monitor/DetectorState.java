package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a monitor has to know of all ticks before the next: to judge it, and to be restored. Not thread-safe. */
final class DetectorState {

    private static final Logger log = LoggerFactory.getLogger(DetectorState.class);

    private static final int VERSION = 1;
    private static final long MAX_DELAY_NANOS = PriceMoveDetector.DEFAULT_ALLOWED_LATENESS.toNanos();

    private final List<PriceMoveRule> rules;
    private final Duration span;
    private final AlertDetector detector;
    private final SlowestTicker slowest;
    private long earliest = Long.MAX_VALUE;

    /** A memory of nothing. */
    DetectorState(List<PriceMoveRule> rules) {
        this.rules = rules;
        Duration longest = rules.stream()
                .map(rule -> rule.window().multipliedBy(2))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        // a tick may be late by that much; the oldest that counts for it was itself judged by the window before it
        this.span = longest.plus(PriceMoveDetector.DEFAULT_ALLOWED_LATENESS.multipliedBy(2));
        this.detector = new AlertDetector(rules);
        this.slowest = new SlowestTicker(span);
    }

    /** What another has written; empty if that was for other rules, or by another version. */
    static Optional<DetectorState> read(ByteBuffer written, List<PriceMoveRule> rules) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(
                written.array(), written.arrayOffset() + written.position(), written.remaining()))) {
            if (in.readInt() != VERSION || !DetectorBytes.readRules(in).equals(DetectorBytes.describe(rules))) {
                return Optional.empty();
            }
            DetectorState memory = new DetectorState(rules);
            memory.slowest.read(in);
            memory.detector.restore(DetectorBytes.read(in, rules));
            return Optional.of(memory);
        } catch (IOException | IllegalArgumentException e) {
            log.warn("a kept state can't be read; the ticks are: {}", e.toString());
            return Optional.empty();
        }
    }

    /** All of it. */
    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            DetectorBytes.writeRules(out, rules);
            slowest.write(out);
            DetectorBytes.write(out, withoutIdle(detector.snapshot()));
        } catch (IOException e) {
            throw new IllegalStateException("writing to an array can't fail", e);
        }
        return bytes.toByteArray();
    }

    /** Tickers of which nothing can matter any more would stay for ever. */
    private Map<String, List<PriceMoveSnapshot>> withoutIdle(Map<String, List<PriceMoveSnapshot>> snapshot) {
        long now = slowestNanos();
        Map<String, List<PriceMoveSnapshot>> kept = new HashMap<>(snapshot);
        kept.values().removeIf(ofTicker -> ofTicker.stream().allMatch(ofRule -> isIdle(ofRule, now)));
        return kept;
    }

    private static boolean isIdle(PriceMoveSnapshot snapshot, long nanos) {
        PriceMoveRule rule = snapshot.rule();
        return isOlder(snapshot.newestNanos(), nanos, rule.window().toNanos() + MAX_DELAY_NANOS)
                && isOlder(snapshot.lastMoveNanos(), nanos, rule.cooldown().toNanos());
    }

    private static boolean isOlder(OptionalLong epochNanos, long nowNanos, long byMoreThanNanos) {
        return epochNanos.isEmpty() || nowNanos - epochNanos.getAsLong() > byMoreThanNanos;
    }

    /**
     * Says when tickers gave their last alerts before any tick that this memory will see: a cooldown may still last.
     *
     * @param moves in nanoseconds since 1970, by ticker and by the rule's notation
     */
    void restoreMoves(Map<String, Map<String, Long>> moves) {
        Map<String, List<PriceMoveSnapshot>> snapshot = new HashMap<>();
        moves.forEach((ticker, byRule) -> snapshot.put(
                ticker, rules.stream().map(rule -> movedAt(rule, byRule)).toList()));
        detector.restore(snapshot);
    }

    private static PriceMoveSnapshot movedAt(PriceMoveRule rule, Map<String, Long> byRule) {
        Long lastMove = byRule.get(rule.notation());
        return new PriceMoveSnapshot(
                rule,
                PriceMoveDetector.DEFAULT_ALLOWED_LATENESS,
                OptionalLong.empty(),
                true,
                lastMove == null ? OptionalLong.empty() : OptionalLong.of(lastMove),
                0,
                List.of());
    }

    /** The longest time for which an alert may be followed by no other. */
    Duration cooldown() {
        return rules.stream()
                .map(PriceMoveRule::cooldown)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** The alerts that the next tick of the feed gives. */
    List<Alert> onTick(Tick tick) {
        if (!slowest.isLate(tick, MAX_DELAY_NANOS)) {
            earliest = Math.min(earliest, tick.epochNanos());
        }
        List<Alert> alerts = detector.onTick(tick);
        slowest.add(tick);
        return alerts;
    }

    /** The earliest time of the ticks that were judged since this was asked last, in nanoseconds since 1970. */
    long takeEarliestNanos() {
        long taken = earliest;
        earliest = Long.MAX_VALUE;
        return taken;
    }

    /** For how many ticks there is room in it. */
    long retainedTicks() {
        return detector.retainedTicks();
    }

    /** How far back from {@link #slowestNanos} ticks are to be seen again by a memory of nothing to become this one. */
    Duration span() {
        return span;
    }

    /** The newest time of the ticker that is furthest behind, in nanoseconds since 1970. */
    long slowestNanos() {
        return slowest.epochNanos();
    }

    /** The newest time of any ticker, in nanoseconds since 1970; 0 before the first. */
    long newestNanos() {
        return slowest.newestNanos();
    }

    /** Ticks that were not judged; see {@link AlertDetector#notEvaluated}. */
    long notEvaluated() {
        return detector.notEvaluated();
    }
}

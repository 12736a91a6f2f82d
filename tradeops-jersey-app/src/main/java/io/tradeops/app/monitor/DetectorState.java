package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.KeyedPriceMoveSnapshot;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveSnapshot;
import io.tradeops.core.window.PriceMoveSnapshot.LastMove;
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

/** The state of a monitor's detector, from which the next tick is evaluated, and its byte format. Not thread-safe. */
final class DetectorState {

    private static final Logger log = LoggerFactory.getLogger(DetectorState.class);

    private static final int VERSION = 2;
    private static final long MAX_DELAY_NANOS = PriceMoveDetector.DEFAULT_ALLOWED_LATENESS.toNanos();

    private final List<PriceMoveRule> rules;
    private final Duration span;
    private final AlertDetector detector;
    private final SlowestTicker slowest;
    private long earliestNanos = Long.MAX_VALUE;

    /** Creates a state without ticks. */
    DetectorState(List<PriceMoveRule> rules) {
        this.rules = rules;
        Duration longest = rules.stream()
                .map(rule -> rule.window().multipliedBy(2))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        // a tick may be late by the allowed lateness; the oldest reference in its window was itself evaluated against a
        // window
        this.span = longest.plus(PriceMoveDetector.DEFAULT_ALLOWED_LATENESS.multipliedBy(2));
        this.detector = new AlertDetector(rules);
        this.slowest = new SlowestTicker(span);
    }

    /** Reads a state that {@link #write} wrote; empty if it is of other rules, of another version, or unreadable. */
    static Optional<DetectorState> read(ByteBuffer written, List<PriceMoveRule> rules) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(
                written.array(), written.arrayOffset() + written.position(), written.remaining()))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException("version " + version);
            }
            if (!in.readUTF().equals(rules.toString())) {
                return Optional.empty();
            }
            DetectorState state = new DetectorState(rules);
            state.slowest.read(in);
            state.detector.restore(KeyedPriceMoveSnapshot.fromBytes(in.readAllBytes()));
            return Optional.of(state);
        } catch (IOException | IllegalArgumentException e) {
            log.warn("the stored detector snapshot is unreadable; reading the ticks instead: {}", e.toString());
            return Optional.empty();
        }
    }

    /** Writes the state for {@link #read}. Tickers whose state cannot matter any more are left out. */
    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeUTF(rules.toString());
            slowest.write(out);
            out.write(withoutIdle(detector.snapshot()).toBytes());
        } catch (IOException e) {
            throw new IllegalStateException("writing to an array never fails", e);
        }
        return bytes.toByteArray();
    }

    /** Without this, tickers that no longer tick would be stored in every later snapshot. */
    private KeyedPriceMoveSnapshot withoutIdle(KeyedPriceMoveSnapshot snapshot) {
        long now = slowestNanos();
        Map<String, List<PriceMoveSnapshot>> relevant = new HashMap<>(snapshot.tickers());
        relevant.values().removeIf(ofTicker -> ofTicker.stream().allMatch(ofRule -> isIdle(ofRule, now)));
        return snapshot.withTickers(relevant);
    }

    private static boolean isIdle(PriceMoveSnapshot snapshot, long nanos) {
        PriceMoveRule rule = snapshot.rule();
        long newest = snapshot.newestNanos().orElse(0);
        long lastMove = snapshot.lastMove().map(LastMove::epochNanos).orElse(0L);
        return snapshot.heldTick().isEmpty()
                && nanos - newest > rule.window().toNanos() + MAX_DELAY_NANOS
                && nanos - lastMove > rule.cooldown().toNanos();
    }

    /**
     * Restores the times of the tickers' last alerts before the next tick, because a cooldown may not be over.
     *
     * @param moves times in nanoseconds since 1970, by ticker and by the rule's notation
     */
    void restoreLastMoves(Map<String, Map<String, Long>> moves) {
        Map<String, List<PriceMoveSnapshot>> snapshot = new HashMap<>();
        moves.forEach((ticker, byRule) -> snapshot.put(
                ticker, rules.stream().map(rule -> movedAt(rule, byRule)).toList()));
        detector.restore(KeyedPriceMoveSnapshot.of(snapshot));
    }

    /** The state of an armed rule. Step and price of the last move matter only for a disarmed one. */
    private static PriceMoveSnapshot movedAt(PriceMoveRule rule, Map<String, Long> byRule) {
        Optional<LastMove> lastMove =
                Optional.ofNullable(byRule.get(rule.notation())).map(nanos -> new LastMove(1, nanos, FixedDecimal.ONE));
        return new PriceMoveSnapshot(
                rule,
                PriceMoveDetector.DEFAULT_ALLOWED_LATENESS,
                PriceMoveDetector.DEFAULT_MAX_AHEAD,
                OptionalLong.empty(),
                true,
                lastMove,
                0,
                0,
                Optional.empty(),
                List.of());
    }

    /** The longest cooldown of the rules; zero if there is none. */
    Duration cooldown() {
        return rules.stream()
                .map(PriceMoveRule::cooldown)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Evaluates the feed's next tick and returns its alerts. */
    List<Alert> onTick(Tick tick) {
        if (!slowest.isLate(tick, MAX_DELAY_NANOS)) {
            earliestNanos = Math.min(earliestNanos, tick.epochNanos());
        }
        List<Alert> alerts = detector.onTick(tick);
        slowest.add(tick);
        return alerts;
    }

    /**
     * Returns and resets the earliest time of the evaluated ticks since the last call, in nanoseconds since 1970;
     * {@code Long.MAX_VALUE} if there are none.
     */
    long takeEarliestNanos() {
        long taken = earliestNanos;
        earliestNanos = Long.MAX_VALUE;
        return taken;
    }

    /** The number of ticks for which memory is allocated, in use or not. */
    long retainedTicks() {
        return detector.retainedTicks();
    }

    /** The time before {@link #slowestNanos} whose ticks an empty state must evaluate again to become this state. */
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

    /** The number of ticks that were not evaluated; see {@link AlertDetector#notEvaluated}. */
    long notEvaluated() {
        return detector.notEvaluated();
    }
}

package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.feed.FeedMessage.Tick;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a monitor has to know of all ticks before the next: to judge it, and to be restored. Not thread-safe. */
final class MonitorMemory {

    private static final Logger log = LoggerFactory.getLogger(MonitorMemory.class);

    private static final int VERSION = 1;

    private final List<PriceMoveRule> rules;
    private final Duration span;
    private final AlertDetector detector;
    private final SlowestTicker slowest;

    /** A memory of nothing. */
    MonitorMemory(List<PriceMoveRule> rules) {
        this.rules = rules;
        Duration longest = rules.stream()
                .map(rule -> rule.window().multipliedBy(2).plus(rule.cooldown()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        // a tick may be late by that much; the oldest that counts for it was itself judged by the window before it
        this.span = longest.plus(PriceMoveDetector.DEFAULT_MAX_DELAY.multipliedBy(2));
        this.detector = new AlertDetector(rules);
        this.slowest = new SlowestTicker(span);
    }

    /** What another has written, an array of its own; empty if that was for other rules, or by another version. */
    static Optional<MonitorMemory> read(ByteBuffer written, List<PriceMoveRule> rules) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(
                written.array(), written.arrayOffset() + written.position(), written.remaining()))) {
            if (in.readInt() != VERSION || !DetectorBytes.readRules(in).equals(DetectorBytes.describe(rules))) {
                return Optional.empty();
            }
            MonitorMemory memory = new MonitorMemory(rules);
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
            DetectorBytes.write(out, detector.snapshot());
        } catch (IOException e) {
            throw new IllegalStateException("writing to an array can't fail", e);
        }
        return bytes.toByteArray();
    }

    /** The alerts that the next tick of the feed gives. */
    List<Alert> onTick(Tick tick) {
        List<Alert> alerts = detector.onTick(tick);
        slowest.add(tick);
        return alerts;
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

    /** Ticks that were not judged; see {@link AlertDetector#ignoredTicks}. */
    long ignoredTicks() {
        return detector.ignoredTicks();
    }
}

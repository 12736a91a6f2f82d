package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.KeyedPriceMoveDetector;
import io.tradeops.core.window.KeyedPriceMoveSnapshot;
import io.tradeops.core.window.PriceMoveRule;
import java.util.List;

/** Evaluates a feed's ticks with the core's detector. Not thread-safe. */
public final class AlertDetector {

    private final KeyedPriceMoveDetector detector;

    /** Creates a detector without state. */
    public AlertDetector(List<PriceMoveRule> rules) {
        detector = KeyedPriceMoveDetector.builder(rules.toArray(PriceMoveRule[]::new))
                .build();
    }

    /** Evaluates the feed's next tick. Returns its alerts in the order of the rules; most ticks give none. */
    public List<Alert> onTick(Tick tick) {
        return detector.onTick(tick).stream()
                .map(found -> Alert.of(found.ticker(), found.move()))
                .toList();
    }

    /**
     * The number of ticks that were not evaluated because they were late or too far ahead, counted once for each rule, or
     * because their ticker was beyond the limit of tickers.
     */
    public long notEvaluated() {
        KeyedPriceMoveDetector.Counts counts = detector.counts();
        return counts.lateTicks() + counts.aheadTicks() + counts.refusedTicks();
    }

    /** The number of ticks for which memory is allocated, in use or not. */
    long retainedTicks() {
        return detector.counts().retainedTicks();
    }

    /** The state of the detector. */
    KeyedPriceMoveSnapshot snapshot() {
        return detector.snapshot();
    }

    /** Replaces the state of the detector. */
    void restore(KeyedPriceMoveSnapshot snapshot) {
        detector.restore(snapshot);
    }
}

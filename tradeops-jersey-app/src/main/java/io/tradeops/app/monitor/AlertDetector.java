package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.KeyedPriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveSnapshot;
import java.util.List;
import java.util.Map;

/** The core's detector over a feed's ticks. Not thread-safe. */
public final class AlertDetector {

    private final KeyedPriceMoveDetector detector;

    /** A detector that has seen nothing. */
    public AlertDetector(List<PriceMoveRule> rules) {
        detector = KeyedPriceMoveDetector.builder(rules.toArray(PriceMoveRule[]::new))
                .build();
    }

    /** The alerts that the next tick of the feed gives. */
    public List<Alert> onTick(Tick tick) {
        return detector.onTick(tick.ticker(), tick.epochNanos(), tick.priceUnits(), tick.seq()).stream()
                .map(move -> Alert.of(tick.ticker(), move))
                .toList();
    }

    /** Ticks that were not judged: older than a late tick may be, or of a ticker beyond the most. */
    public long notEvaluated() {
        KeyedPriceMoveDetector.Counts counts = detector.counts();
        return counts.lateTicks() + counts.refusedTicks();
    }

    /** For how many ticks there is room in it. */
    long retainedTicks() {
        return detector.counts().retainedTicks();
    }

    /** Everything to go on from, by ticker, in the order of the rules. */
    Map<String, List<PriceMoveSnapshot>> snapshot() {
        return detector.snapshot();
    }

    /** Goes on from there. */
    void restore(Map<String, List<PriceMoveSnapshot>> snapshot) {
        detector.restore(snapshot);
    }
}

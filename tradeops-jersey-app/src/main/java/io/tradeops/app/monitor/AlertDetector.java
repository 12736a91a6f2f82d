package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.feed.FeedMessage.Tick;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The core's detector for every ticker and rule. Not thread-safe. */
public final class AlertDetector {

    private final List<PriceMoveRule> rules;
    private final Map<String, List<PriceMoveDetector>> detectors = new HashMap<>();

    /** A detector that has seen nothing. */
    public AlertDetector(List<PriceMoveRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The alerts that the next tick of the feed gives. */
    public List<Alert> onTick(Tick tick) {
        return detectors
                .computeIfAbsent(
                        tick.ticker(),
                        ticker -> rules.stream().map(PriceMoveDetector::new).toList())
                .stream()
                .map(detector -> detector.onTick(tick.epochNanos(), tick.priceUnits(), tick.seq()))
                .flatMap(Optional::stream)
                .map(move -> Alert.of(tick.ticker(), move))
                .toList();
    }
}

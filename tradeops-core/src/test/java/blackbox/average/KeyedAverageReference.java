package blackbox.average;

import io.tradeops.core.average.TimeWindow;
import io.tradeops.core.average.TimeWindows;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A slow, obvious reference: keeps all ticks for ever, and averages them in {@link java.math.BigDecimal}. */
final class KeyedAverageReference {

    private final TimeWindows windows;
    private final Duration revisableFor;
    private final Map<Key, List<Tick>> ticks = new HashMap<>();
    private final Map<Key, Integer> revisions = new HashMap<>();
    private final Set<Key> changed = new HashSet<>();
    private Instant watermark = Instant.EPOCH;
    private long newest = -1;
    long lateTicks;
    long expiredTicks;

    private record Key(String ticker, TimeWindow window) {}

    KeyedAverageReference(TimeWindows windows, Duration revisableFor) {
        this.windows = windows;
        this.revisableFor = revisableFor;
    }

    void add(Tick tick) {
        newest = Math.max(newest, tick.epochNanos());
        Key key = new Key(tick.ticker(), windows.containing(EpochNanos.toInstant(tick.epochNanos())));
        if (!key.window.end().plus(revisableFor).isAfter(watermark)) {
            expiredTicks++;
            return;
        }
        if (!key.window.end().isAfter(watermark)) {
            lateTicks++;
        }
        ticks.computeIfAbsent(key, any -> new ArrayList<>()).add(tick);
        changed.add(key);
    }

    List<String> closeAfter(Duration allowedLateness) {
        return newest < 0 ? List.of() : close(EpochNanos.toInstant(newest).minus(allowedLateness));
    }

    /** The results, each as text. */
    List<String> close(Instant newWatermark) {
        if (newWatermark.isAfter(watermark)) {
            watermark = newWatermark;
        }
        List<Key> results = changed.stream()
                .filter(key -> !key.window.end().isAfter(watermark))
                .sorted(Comparator.comparing((Key key) -> key.window.start()).thenComparing(Key::ticker))
                .toList();
        results.forEach(changed::remove);
        return results.stream().map(this::result).toList();
    }

    private String result(Key key) {
        int revision = revisions.merge(key, 1, Integer::sum);
        return describe(
                key.ticker, revision, AverageReference.describe(EpochNanos.of(key.window.start()), ticks.get(key)));
    }

    static String describe(String ticker, int revision, String average) {
        return ticker + " revision " + revision + " " + average;
    }
}

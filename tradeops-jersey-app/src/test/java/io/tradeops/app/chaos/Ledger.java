package io.tradeops.app.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The trades that clients have sent, by {@code trade_id}, and those that a server has acknowledged. Thread-safe. */
final class Ledger {

    private final AtomicLong last = new AtomicLong();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    /** The {@code trade_id} of the next trade. */
    String next() {
        return "chaos-" + last.incrementAndGet();
    }

    void acknowledge(List<String> tradeIds) {
        acknowledged.addAll(tradeIds);
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /**
     * The differences between what was acknowledged and what is stored.
     *
     * @param stored the {@code trade_id} of every stored trade
     */
    List<String> differences(List<String> stored) {
        Map<String, Integer> counts = new HashMap<>();
        stored.forEach(id -> counts.merge(id, 1, Integer::sum));
        List<String> differences = new ArrayList<>();
        counts.forEach((id, count) -> {
            if (count > 1) {
                differences.add(id + " is stored " + count + " times");
            }
        });
        for (String id : acknowledged) {
            if (!counts.containsKey(id)) {
                differences.add(id + " was acknowledged and is lost");
            }
        }
        return differences;
    }
}

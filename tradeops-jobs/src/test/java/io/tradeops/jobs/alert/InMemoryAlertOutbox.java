package io.tradeops.jobs.alert;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Alerts to push, in memory. Thread-safe. */
final class InMemoryAlertOutbox implements AlertOutbox {

    private static final Set<String> OPEN = Set.of("PENDING", "QUEUED", "FAILED");

    private final Map<UUID, String> states = new LinkedHashMap<>();

    synchronized void store(UUID alert) {
        states.putIfAbsent(alert, "PENDING");
    }

    /** {@code PENDING}, {@code QUEUED} or an outcome's name. */
    synchronized String state(UUID alert) {
        return states.getOrDefault(alert, "");
    }

    @Override
    public synchronized List<UUID> unqueued(int limit) {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue().equals("PENDING"))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void markQueued(Collection<UUID> alerts) {
        alerts.forEach(alert -> states.replace(alert, "PENDING", "QUEUED"));
    }

    @Override
    public synchronized Optional<String> undelivered(UUID alert) {
        return OPEN.contains(state(alert)) ? Optional.of("{\"id\":\"" + alert + "\"}") : Optional.empty();
    }

    @Override
    public synchronized void settle(UUID alert, Outcome outcome) {
        states.computeIfPresent(alert, (id, state) -> state.equals("DELIVERED") ? state : outcome.name());
    }
}

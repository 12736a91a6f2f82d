package io.tradeops.app.monitor;

import io.tradeops.core.trade.Tick;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A journal that stores nothing, for a monitor that only prints alerts. Thread-safe. */
final class NoJournal implements Journal {

    @Override
    public boolean acquire() {
        return true;
    }

    @Override
    public boolean isOwned() {
        return true;
    }

    @Override
    public LastStored lastStored() {
        return new LastStored.Untracked();
    }

    @Override
    public OptionalLong restartNanos() {
        return OptionalLong.empty();
    }

    @Override
    public Map<String, Map<String, Long>> lastMoves(Duration span, Duration cooldown) {
        return Map.of();
    }

    @Override
    public Optional<StoredSnapshot> snapshot(Duration span) {
        return Optional.empty();
    }

    @Override
    public void forEachAfter(StoredSnapshot snapshot, Consumer<Tick> consumer) {
        // no tick is stored
    }

    @Override
    public boolean forEachNewest(Duration span, Consumer<Tick> consumer) {
        return true; // no tick is stored
    }

    @Override
    public void save(Batch batch) {
        // nothing is stored
    }

    @Override
    public void close() {
        // nothing is open
    }
}

package io.tradeops.app.monitor;

import io.tradeops.app.feed.wire.FeedMessage.Tick;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Keeps nothing: for a monitor that only detects. Thread-safe. */
final class NoJournal implements Journal {

    @Override
    public boolean acquire() {
        return true;
    }

    @Override
    public boolean isHeld() {
        return true;
    }

    @Override
    public OptionalLong lastSeq() {
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong anewNanos() {
        return OptionalLong.empty();
    }

    @Override
    public Map<String, Map<String, Long>> lastMoves(Duration span, Duration cooldown) {
        return Map.of();
    }

    @Override
    public Optional<Kept> kept(Duration span) {
        return Optional.empty();
    }

    @Override
    public void forEachAfter(Kept kept, Consumer<Tick> consumer) {
        // there are none
    }

    @Override
    public boolean forEachNewest(Duration span, Consumer<Tick> consumer) {
        return true; // there are none
    }

    @Override
    public void save(Batch batch) {
        // they are gone
    }

    @Override
    public void close() {
        // nothing is open
    }
}

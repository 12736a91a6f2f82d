package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.feed.FeedMessage.Tick;
import java.time.Duration;
import java.util.List;
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
    public void forEachNewest(Duration span, Consumer<Tick> consumer) {
        // there are none
    }

    @Override
    public void save(List<Tick> batch, List<Alert> found, long slowestNanos) {
        // they are gone
    }

    @Override
    public void close() {
        // nothing is open
    }
}

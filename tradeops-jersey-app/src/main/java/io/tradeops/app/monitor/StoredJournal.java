package io.tradeops.app.monitor;

import io.tradeops.app.db.Database;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.db.LockedSession;
import io.tradeops.app.feed.wire.FeedMessage.Tick;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A journal in the database. The session that stores is the one that holds the feed's lock. Not thread-safe. */
final class StoredJournal implements Journal {

    private final Database database;
    private final MonitorStore store;
    private final String feed;
    private @Nullable LockedSession session;

    StoredJournal(Database database, MonitorStore store, String feed) {
        this.database = database;
        this.store = store;
        this.feed = feed;
    }

    @Override
    public boolean acquire() {
        if (!isHeld()) {
            close();
            session = database.tryLock("monitor of " + feed).orElse(null);
        }
        return isHeld();
    }

    @Override
    public boolean isHeld() {
        return session != null && session.isHeld();
    }

    @Override
    public OptionalLong lastSeq() {
        return OptionalLong.of(session().inTransaction(connection -> MonitorStore.lastSeq(connection, feed)));
    }

    @Override
    public OptionalLong anewNanos() {
        return session().inTransaction(connection -> MonitorStore.anewNanos(connection, feed));
    }

    @Override
    public Map<String, Map<String, Long>> lastMoves(Duration span, Duration cooldown) {
        return session().inTransaction(connection -> MonitorStore.lastMoves(connection, feed, span, cooldown));
    }

    @Override
    public Optional<Kept> kept(Duration span) {
        return session().inTransaction(connection -> MonitorStore.kept(connection, feed, span));
    }

    @Override
    public void forEachAfter(Kept kept, Consumer<Tick> consumer) {
        session().inTransaction(connection -> {
            MonitorStore.forEachAfter(connection, feed, kept, consumer);
            return true;
        });
    }

    @Override
    public boolean forEachNewest(Duration span, Consumer<Tick> consumer) {
        return session().inTransaction(connection -> MonitorStore.forEachNewest(connection, feed, span, consumer));
    }

    @Override
    public void save(Batch batch) {
        store.save(session()::inTransaction, feed, batch);
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private LockedSession session() {
        if (session == null) {
            throw new DatabaseUnavailableException("no session holds the monitor's lock", new IllegalStateException());
        }
        return session;
    }
}

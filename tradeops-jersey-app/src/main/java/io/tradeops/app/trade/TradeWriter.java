package io.tradeops.app.trade;

import io.tradeops.app.db.Database;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.jobs.thread.ThreadStop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits single trades in groups: trades that are queued during a commit share the next one. No caller gets an answer
 * before the commit of its trade. Thread-safe.
 */
public final class TradeWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TradeWriter.class);

    /** While one writer waits for the disk, the other writer's statement runs. */
    private static final int WRITERS = 2;

    private static final int MAX_GROUP = 500;
    private static final int MAX_QUEUED = 5_000;
    private static final long ANSWER_MILLIS = 2_700;
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final Database database;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean closed;

    /** A queued trade. If its result is done before the insert, its caller no longer waits. */
    private record Entry(StoredTrade trade, CompletableFuture<Optional<UUID>> result) {}

    /** Starts writer threads for a database. */
    public TradeWriter(Database database) {
        this.database = database;
        for (int i = 0; i < WRITERS; i++) {
            Thread writer = new Thread(this::run, "trade-writer-" + i);
            writer.setDaemon(true);
            writers.add(writer);
            writer.start();
        }
    }

    /**
     * Stores a trade and returns after its commit.
     *
     * @return empty if the trade was stored; otherwise the id of the stored trade with the same sender id
     * @throws DatabaseUnavailableException if the commit takes longer than {@value #ANSWER_MILLIS} ms; then it is not
     *     known whether the trade is stored
     * @throws ProblemException 503 if too many trades are queued, or the writer is closed
     */
    Optional<UUID> insert(StoredTrade trade) {
        Entry entry = new Entry(trade, new CompletableFuture<>());
        if (closed || !queue.offer(entry)) {
            throw ProblemException.busy("too many trades are waiting to be stored; try again");
        }
        try {
            return entry.result().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            entry.result().cancel(false);
            throw new DatabaseUnavailableException("no commit within " + ANSWER_MILLIS + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailableException("interrupted while waiting for the commit", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DatabaseUnavailableException unavailable) {
                throw new DatabaseUnavailableException("the database is not available", unavailable);
            }
            throw new IllegalStateException("storing a trade failed", e.getCause());
        }
    }

    /** Stores the queued trades, then stops; waits for each thread at most 5 s. */
    @Override
    public void close() {
        closed = true;
        ThreadStop.stop(writers, STOP_WAIT);
    }

    private void run() {
        List<Entry> group = new ArrayList<>(MAX_GROUP);
        while (!closed || !queue.isEmpty()) {
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                continue; // closed: queued trades are still stored
            }
            queue.drainTo(group, MAX_GROUP - 1);
            group.removeIf(entry -> entry.result().isDone());
            store(group);
            group.clear();
        }
    }

    /** Every entry of the group gets a result, and no failure ends the writer. */
    private void store(List<Entry> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            commit(group);
        } catch (DatabaseUnavailableException e) {
            queue.drainTo(group); // queued trades would fail in the same way
            fail(group, e);
        } catch (RuntimeException e) {
            if (group.size() == 1) {
                fail(group, e);
            } else {
                log.warn("storing a group of {} trades failed; storing them one by one", group.size(), e);
                group.forEach(entry -> store(List.of(entry)));
            }
        } catch (Error e) {
            fail(group, e);
            log.error("storing a group of {} trades failed", group.size(), e);
        }
    }

    private void commit(List<Entry> group) {
        List<StoredTrade> trades = group.stream().map(Entry::trade).toList();
        Map<UUID, UUID> existing = database.withoutTransaction(connection -> TradeInsert.insert(connection, trades));
        for (Entry entry : group) {
            entry.result()
                    .complete(Optional.ofNullable(existing.get(entry.trade().id())));
        }
    }

    private static void fail(List<Entry> group, Throwable cause) {
        group.forEach(entry -> entry.result().completeExceptionally(cause));
    }
}

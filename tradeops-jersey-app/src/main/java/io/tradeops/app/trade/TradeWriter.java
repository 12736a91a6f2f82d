package io.tradeops.app.trade;

import io.tradeops.app.db.Database;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.jobs.thread.WatchedLoop;
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
import java.util.concurrent.locks.LockSupport;
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
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    /** Above the socket timeout of the database. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);
    private static final long STOP_POLL_NANOS = 1_000_000;

    private final Database database;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
    private final List<WatchedLoop> writers = new ArrayList<>();
    private volatile boolean closed;

    /** A queued trade. If its result is done before the insert, its caller no longer waits. */
    private record Entry(StoredTrade trade, CompletableFuture<Optional<UUID>> result) {}

    /** Starts writer threads for a database. */
    public TradeWriter(Database database) {
        this.database = database;
        for (int i = 0; i < WRITERS; i++) {
            writers.add(
                    WatchedLoop.of("trade-writer-" + i, LIMIT, this::storeNext).start());
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
        long deadline = System.nanoTime() + STOP_WAIT.toNanos();
        while (!queue.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(STOP_POLL_NANOS);
        }
        writers.forEach(writer -> writer.stop(STOP_WAIT));
    }

    /** The threads that store. */
    public List<WatchedLoop> loops() {
        return List.copyOf(writers);
    }

    private void storeNext() throws InterruptedException {
        List<Entry> group = new ArrayList<>(MAX_GROUP);
        Entry first = queue.poll(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            group.add(first);
            queue.drainTo(group, MAX_GROUP - 1);
            group.removeIf(entry -> entry.result().isDone());
            store(group);
        }
    }

    /** Every entry of the group gets a result. */
    private void store(List<Entry> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            commit(group);
        } catch (DatabaseUnavailableException e) {
            failAll(group, e);
        } catch (RuntimeException e) {
            if (group.size() == 1) {
                fail(group, e);
            } else {
                log.warn("storing a group of {} trades failed; storing them one by one", group.size(), e);
                storeOneByOne(group);
            }
        } catch (Error e) {
            fail(group, e);
            throw e;
        }
    }

    private void storeOneByOne(List<Entry> group) {
        try {
            group.forEach(this::storeAlone);
        } catch (DatabaseUnavailableException e) {
            failAll(group, e);
        } catch (Error e) {
            fail(group, e);
            throw e;
        }
    }

    private void storeAlone(Entry entry) {
        try {
            commit(List.of(entry));
        } catch (DatabaseUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            fail(List.of(entry), e);
        }
    }

    /** Queued trades would fail in the same way. Trades that have a result keep it. */
    private void failAll(List<Entry> group, RuntimeException cause) {
        queue.drainTo(group);
        fail(group, cause);
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

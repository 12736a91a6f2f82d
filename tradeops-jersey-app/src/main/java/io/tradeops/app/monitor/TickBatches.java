package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.log.RateLimitedLog;
import io.tradeops.core.trade.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates ticks and stores them in batches, while this monitor owns the journal. It starts with the detector's state
 * after the last stored tick. It restores that from the stored snapshot and the ticks after it, or from the newest
 * stored ticks. Not thread-safe.
 */
final class TickBatches {

    private static final Logger log = LoggerFactory.getLogger(TickBatches.class);
    private static final RateLimitedLog notEvaluatedLog =
            new RateLimitedLog(log, "ticks were stored but not evaluated");

    private static final long DATABASE_RETRY_MILLIS = 500;
    private static final long BEAT_TICKS = 10_000;
    private static final long COUNT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Journal journal;
    private final MonitorCounters counters;
    private final MonitorProgress progress;
    private final BatchListener listener;
    private final Checkpoints checkpoints;
    private final DetectorState state;
    private final long notEvaluatedBefore;
    private final boolean storesSnapshots;
    private LastStored stored;
    private LastStored offset;
    private long countedNanos;
    private boolean active = true;

    TickBatches(
            MonitorSettings settings,
            Journal journal,
            MonitorCounters counters,
            MonitorProgress progress,
            BatchListener listener) {
        this.journal = journal;
        this.counters = counters;
        this.progress = progress;
        this.listener = listener;
        this.stored = journal.lastStored();
        this.offset = stored;
        this.storesSnapshots = !(stored instanceof LastStored.Untracked);
        this.checkpoints = new Checkpoints(settings.ticksToRestore(), journal.restartNanos());
        this.state = restore(settings);
        this.notEvaluatedBefore = state.notEvaluated();
        progress.restored(state.newestNanos(), state.slowestNanos());
        progress.lastSeq(offset.orZero());
    }

    private DetectorState restore(MonitorSettings settings) {
        DetectorState empty = new DetectorState(settings.rules());
        Optional<Journal.StoredSnapshot> snapshot = journal.snapshot(empty.span());
        Optional<DetectorState> restored =
                snapshot.flatMap(found -> DetectorState.read(found.bytes(), settings.rules()));
        if (snapshot.isPresent() && restored.isPresent()) {
            return continueFrom(snapshot.get(), restored.get());
        }
        return rebuild(empty);
    }

    private DetectorState continueFrom(Journal.StoredSnapshot snapshot, DetectorState restored) {
        long[] seen = new long[1];
        journal.forEachAfter(snapshot, tick -> {
            restored.onTick(tick);
            count(seen);
        });
        restored.takeEarliestNanos(); // stored with the snapshot
        checkpoints.resume(seen[0], snapshot.earliestNanos());
        return restored;
    }

    /** Reading all ticks of a long window takes its time. */
    private void count(long[] seen) {
        if (++seen[0] % BEAT_TICKS == 0) {
            progress.beat();
        }
    }

    private DetectorState rebuild(DetectorState empty) {
        long[] seen = new long[1];
        empty.restoreLastMoves(journal.lastMoves(empty.span(), empty.cooldown()));
        boolean inOrder = journal.forEachNewest(empty.span(), tick -> {
            empty.onTick(tick);
            count(seen);
        });
        checkpoints.begin(seen[0]);
        if (!inOrder && journal.restartNanos().isEmpty()) {
            checkpoints.restartSequence(empty); // stored by a version that did not store restarts
        }
        return empty;
    }

    /** The sequence number of the next tick, at least 1; empty if it does not matter. */
    OptionalLong nextSeq() {
        return offset.next();
    }

    /** The feed has restarted its sequence. Resumes from its first tick. */
    void restartSequence() {
        offset = new LastStored.None();
        checkpoints.restartSequence(state);
        progress.lastSeq(0);
    }

    /** Whether this monitor is the active one. Once it is false, it stays false. */
    boolean isActive() throws InterruptedException {
        if (active && !journal.isOwned()) {
            reacquire(stored);
        }
        return active;
    }

    /** Evaluates and stores the ticks of messages, in their order. Ticks that are stored already are skipped. */
    void store(List<FeedMessage> messages) throws InterruptedException {
        List<Tick> batch = new ArrayList<>(messages.size());
        List<Alert> alerts = new ArrayList<>();
        LastStored last = offset;
        for (FeedMessage message : messages) {
            Optional<Tick> next = next(message, last);
            if (next.isPresent()) {
                last = new LastStored.Seq(next.get().seq());
                batch.add(next.get());
                alerts.addAll(state.onTick(next.get()));
            }
        }
        if (!batch.isEmpty()) {
            save(new Batch(batch, alerts, state.slowestNanos(), checkpoint(batch.size())));
        }
        progress.connection().processed(messages.size());
        countNotEvaluated();
    }

    /** The tick of a message; empty if it is stored already. A vendor's trade gets the next sequence number. */
    private static Optional<Tick> next(FeedMessage message, LastStored last) {
        if (message instanceof FeedMessage.VendorTrade trade) {
            return Optional.of(trade.numbered(last.orZero() + 1));
        }
        return message instanceof FeedMessage.TickMessage numbered
                        && last.isBefore(numbered.tick().seq())
                ? Optional.of(numbered.tick())
                : Optional.empty();
    }

    private Checkpoints.Checkpoint checkpoint(int batchSize) {
        return storesSnapshots ? checkpoints.after(state, batchSize) : Checkpoints.Checkpoint.NONE;
    }

    private void save(Batch given) throws InterruptedException {
        Batch batch = given;
        LastStored last = new LastStored.Seq(batch.lastSeq());
        boolean saved = false;
        while (!saved && isActive()) {
            try {
                journal.save(batch);
                saved = true;
            } catch (DatabaseUnavailableException e) {
                PriceMonitor.outages.warn(String.valueOf(e.getMessage()));
                saved = reacquire(last);
                if (!saved && batch.checkpoint().snapshot().isPresent()) {
                    batch = batch.withoutSnapshot(); // the snapshot may be why it took too long
                    checkpoints.discardSnapshot();
                }
                if (!saved && active) {
                    TimeUnit.MILLISECONDS.sleep(DATABASE_RETRY_MILLIS);
                }
            }
        }
        if (saved) {
            onSaved(batch, last);
        }
    }

    private void onSaved(Batch batch, LastStored last) {
        PriceMonitor.outages.over("the monitor stores again");
        stored = last;
        offset = last;
        progress.stored(batch.ticks());
        counters.ticksStored.add(batch.ticks().size());
        counters.alertsFound.add(batch.alerts().size());
        listener.onStored(batch.ticks(), batch.alerts());
    }

    /**
     * Waits for the database and acquires the journal again. This monitor is no longer active if another one owns the
     * journal or has stored ticks in it.
     *
     * @param expected the last stored tick if the batch was stored before the session ended
     * @return whether the batch was stored
     */
    private boolean reacquire(LastStored expected) throws InterruptedException {
        while (true) {
            progress.beat();
            try {
                active = journal.acquire();
                if (!active) {
                    log.warn("another monitor has taken over");
                    return false;
                }
                LastStored found = journal.lastStored();
                active = found.equals(stored) || found.equals(expected);
                return found.equals(expected);
            } catch (DatabaseUnavailableException e) {
                log.debug("the database is not available: {}", e.getMessage());
                TimeUnit.MILLISECONDS.sleep(DATABASE_RETRY_MILLIS);
            }
        }
    }

    /** At most once a second: the count visits every ticker. */
    private void countNotEvaluated() {
        long now = System.nanoTime();
        if (now - countedNanos >= COUNT_NANOS) {
            countedNanos = now;
            long notEvaluated = state.notEvaluated() - notEvaluatedBefore;
            if (notEvaluated > progress.ticksNotEvaluated()) {
                notEvaluatedLog.warn(
                        notEvaluated + " since the start, too late, too far ahead or beyond the limit of tickers");
            }
            progress.ticksNotEvaluated(notEvaluated);
        }
    }
}

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
 * Evaluates ticks and stores them in batches, for as long as this monitor owns the journal. Starts with the detector as it
 * was after the last stored tick: from the stored snapshot and the ticks after it, or from the newest stored ticks. Not
 * thread-safe.
 */
final class TickBatches {

    private static final Logger log = LoggerFactory.getLogger(TickBatches.class);
    private static final RateLimitedLog notEvaluatedLog =
            new RateLimitedLog(log, "ticks were stored but not evaluated");

    private static final long DATABASE_RETRY_MILLIS = 500;
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
    private boolean ours = true;

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
            seen[0]++;
        });
        restored.takeEarliestNanos(); // the snapshot's row has it
        checkpoints.resume(seen[0], snapshot.earliestNanos());
        return restored;
    }

    private DetectorState rebuild(DetectorState empty) {
        long[] seen = new long[1];
        empty.restoreMoves(journal.lastMoves(empty.span(), empty.cooldown()));
        boolean inOrder = journal.forEachNewest(empty.span(), tick -> {
            empty.onTick(tick);
            seen[0]++;
        });
        checkpoints.begin(seen[0]);
        if (!inOrder && journal.restartNanos().isEmpty()) {
            checkpoints.restartSequence(empty); // stored by a version that did not store restarts
        }
        return empty;
    }

    /** The sequence number of the next tick, at least 1; empty if it does not matter where the monitor begins. */
    OptionalLong nextSeq() {
        return offset.next();
    }

    /** Resumes from the beginning of a feed that has restarted its sequence. */
    void restartSequence() {
        offset = new LastStored.None();
        checkpoints.restartSequence(state);
        progress.lastSeq(0);
    }

    /** Whether this monitor is still the active one; false for good once it isn't. */
    boolean isOurs() throws InterruptedException {
        if (ours && !journal.isHeld()) {
            reacquire(stored);
        }
        return ours;
    }

    /** Evaluates and stores the ticks among messages, in their order; ticks that are stored already are skipped. */
    void take(List<FeedMessage> messages) throws InterruptedException {
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
        progress.connection().settled(messages.size());
        countNotEvaluated();
    }

    /** The tick of a message; empty if it is stored already. A vendor's trade takes the next number. */
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
        while (!saved && isOurs()) {
            try {
                journal.save(batch);
                saved = true;
            } catch (DatabaseUnavailableException e) {
                PriceMonitor.outages.warn(String.valueOf(e.getMessage()));
                saved = reacquire(last);
                if (!saved && batch.checkpoint().snapshot().isPresent()) {
                    batch = batch.withoutSnapshot(); // it may be what took too long
                    checkpoints.discardSnapshot();
                }
            }
        }
        if (saved) {
            onSaved(batch, last);
        }
    }

    private void onSaved(Batch batch, LastStored last) {
        stored = last;
        offset = last;
        progress.stored(batch.ticks());
        counters.ticksStored.add(batch.ticks().size());
        counters.alertsFound.add(batch.alerts().size());
        listener.onStored(batch.ticks(), batch.alerts());
    }

    /**
     * Waits for the database and takes the journal again, unless another monitor has continued it.
     *
     * @param expected the last stored tick if the batch was stored before the session ended
     * @return whether that is what is stored
     */
    private boolean reacquire(LastStored expected) throws InterruptedException {
        while (true) {
            try {
                ours = journal.acquire();
                if (!ours) {
                    log.warn("another monitor has taken over");
                    return false;
                }
                LastStored found = journal.lastStored();
                ours = found.equals(stored) || found.equals(expected);
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
                notEvaluatedLog.warn(notEvaluated + " so far, too late or of one ticker too many");
            }
            progress.ticksNotEvaluated(notEvaluated);
        }
    }
}

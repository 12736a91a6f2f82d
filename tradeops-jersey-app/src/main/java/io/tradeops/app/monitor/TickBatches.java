package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.feed.wire.FeedMessage.Tick;
import io.tradeops.app.feed.wire.VendorMessage;
import io.tradeops.app.log.SeldomLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes ticks through the detector and stores them in batches, from the time that the journal is this monitor's own until
 * it is another's. Begins with the detector as it was when the last stored tick had passed through it: with what was kept
 * of it, and the ticks since then. Not thread-safe.
 */
final class TickBatches {

    private static final Logger log = LoggerFactory.getLogger(TickBatches.class);
    private static final SeldomLog unjudgedLog = new SeldomLog(log, "ticks were stored but not judged");

    private static final long DATABASE_RETRY_MILLIS = 500;
    private static final long COUNT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Journal journal;
    private final MonitorCounters counters;
    private final MonitorProgress progress;
    private final BatchListener listener;
    private final Checkpoints checkpoints;
    private final MonitorMemory memory;
    private final long unjudgedBefore;
    private final boolean keepsMemory;
    private OptionalLong stored;
    private OptionalLong position;
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
        this.stored = journal.lastSeq();
        this.position = stored;
        this.keepsMemory = stored.isPresent();
        this.checkpoints = new Checkpoints(settings.ticksToRestore(), journal.anewNanos());
        this.memory = restore(new MonitorMemory(settings.rules()), settings);
        this.unjudgedBefore = memory.ignoredTicks();
        progress.restored(memory.newestNanos(), memory.slowestNanos());
        progress.lastSeq(Math.max(0, position.orElse(0)));
    }

    private MonitorMemory restore(MonitorMemory empty, MonitorSettings settings) {
        Optional<Journal.Kept> kept = journal.kept(empty.span());
        Optional<MonitorMemory> known = kept.flatMap(found -> MonitorMemory.read(found.memory(), settings.rules()));
        long[] seen = new long[1];
        if (kept.isPresent() && known.isPresent()) {
            journal.forEachAfter(kept.get(), tick -> {
                known.get().onTick(tick);
                seen[0]++;
            });
            known.get().takeEarliestNanos(); // it is known
            checkpoints.goOn(seen[0], kept.get().earliestNanos());
            return known.get();
        }
        empty.restoreMoves(journal.lastMoves(empty.span(), empty.cooldown()));
        boolean inOrder = journal.forEachNewest(empty.span(), tick -> {
            empty.onTick(tick);
            seen[0]++;
        });
        checkpoints.begin(seen[0]);
        if (!inOrder && journal.anewNanos().isEmpty()) {
            checkpoints.countAnew(empty); // before that was stored
        }
        return empty;
    }

    /** The number of the next tick, at least 1; empty if it doesn't matter from where the monitor begins. */
    OptionalLong nextSeq() {
        return position.isEmpty() ? position : OptionalLong.of(Math.max(0, position.getAsLong()) + 1);
    }

    /** Goes back to the beginning of a feed that counts anew. */
    void startAnew() {
        position = OptionalLong.of(MonitorStore.NONE);
        checkpoints.countAnew(memory);
        progress.lastSeq(0);
    }

    /** Whether this monitor is still the active one; false for ever once it isn't. */
    boolean isOurs() throws InterruptedException {
        if (ours && !journal.isHeld()) {
            reacquire(stored);
        }
        return ours;
    }

    /** Judges and stores ticks that came one after another; those that were stored already are passed over. */
    void take(List<Tick> ticks) throws InterruptedException {
        List<Tick> batch = new ArrayList<>(ticks.size());
        List<Alert> alerts = new ArrayList<>();
        long last = position.orElse(MonitorStore.NONE);
        for (Tick tick : ticks) {
            boolean numbered = tick.seq() != VendorMessage.UNNUMBERED;
            if (!numbered || tick.seq() > last) {
                last = numbered ? tick.seq() : Math.max(0, last) + 1;
                Tick next = numbered ? tick : numbered(tick, last);
                batch.add(next);
                alerts.addAll(memory.onTick(next));
            }
        }
        if (!batch.isEmpty()) {
            Checkpoints.Checkpoint checkpoint =
                    keepsMemory ? checkpoints.after(memory, batch.size()) : Checkpoints.Checkpoint.NONE;
            save(new Batch(batch, alerts, memory.slowestNanos(), checkpoint));
        }
        progress.connection().settled(ticks.size());
        countUnjudged();
    }

    private void save(Batch given) throws InterruptedException {
        Batch batch = given;
        OptionalLong last = OptionalLong.of(batch.lastSeq());
        boolean saved = false;
        while (!saved && isOurs()) {
            try {
                journal.save(batch);
                saved = true;
            } catch (DatabaseUnavailableException e) {
                PriceMonitor.outages.warn(String.valueOf(e.getMessage()));
                saved = reacquire(last);
                if (!saved && batch.checkpoint().memory().isPresent()) {
                    batch = batch.withoutMemory(); // it may be what took too long
                    checkpoints.forgetMemory();
                }
            }
        }
        if (saved) {
            stored = last;
            position = last;
            progress.stored(batch.ticks());
            counters.ticksStored.add(batch.ticks().size());
            counters.alertsFound.add(batch.alerts().size());
            listener.onStored(batch.ticks(), batch.alerts());
        }
    }

    /**
     * Waits for the database and makes the journal this monitor's own again, unless another has gone on with it.
     *
     * @param expected what is stored if the batch was stored before the session ended
     * @return whether that is what is stored
     */
    private boolean reacquire(OptionalLong expected) throws InterruptedException {
        while (true) {
            try {
                ours = journal.acquire();
                if (!ours) {
                    log.warn("another monitor has taken over");
                    return false;
                }
                OptionalLong found = journal.lastSeq();
                ours = found.equals(stored) || found.equals(expected);
                return found.equals(expected);
            } catch (DatabaseUnavailableException e) {
                log.debug("the database is away: {}", e.getMessage());
                TimeUnit.MILLISECONDS.sleep(DATABASE_RETRY_MILLIS);
            }
        }
    }

    private static Tick numbered(Tick tick, long seq) {
        return new Tick(seq, tick.ticker(), tick.priceUnits(), tick.quantityUnits(), tick.epochNanos());
    }

    /** Counting takes a look at every ticker, so it is done now and then. */
    private void countUnjudged() {
        long now = System.nanoTime();
        if (now - countedNanos >= COUNT_NANOS) {
            countedNanos = now;
            long unjudged = memory.ignoredTicks() - unjudgedBefore;
            if (unjudged > progress.unjudgedTicks()) {
                unjudgedLog.warn(unjudged + " so far, too late or of one ticker too many");
            }
            progress.unjudgedTicks(unjudged);
        }
    }
}

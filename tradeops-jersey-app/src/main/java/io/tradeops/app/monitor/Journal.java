package io.tradeops.app.monitor;

import io.tradeops.core.trade.Tick;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Stores the evaluated ticks of a feed, their alerts and the monitor's state. One monitor at a time owns a feed's
 * journal. One thread at a time uses it.
 */
interface Journal extends AutoCloseable {

    /**
     * Acquires ownership, unless this monitor has it.
     *
     * @return whether this monitor owns the journal; false while another monitor does
     * @throws io.tradeops.app.db.DatabaseUnavailableException if the owner is unknown now
     */
    boolean acquire();

    /** Whether this monitor owns the journal, as far as it knows. */
    boolean isOwned();

    /** The last stored tick. */
    LastStored lastStored();

    /**
     * The newest time of the ticks before the feed last restarted its sequence, in nanoseconds since 1970; empty if it
     * never has.
     */
    OptionalLong restartNanos();

    /**
     * The times of the tickers' last alerts in the {@code cooldown} before the ticks of {@link #forEachNewest}, in
     * nanoseconds since 1970, by ticker and by the rule's notation.
     */
    Map<String, Map<String, Long>> lastMoves(Duration span, Duration cooldown);

    /**
     * The newest detector snapshot, if a state can be restored from it and the ticks after it.
     *
     * @param span the longest time from the earliest of those ticks to the slowest ticker's newest time
     */
    Optional<StoredSnapshot> snapshot(Duration span);

    /**
     * A stored snapshot of a monitor's {@link DetectorState}.
     *
     * @param bytes the bytes of {@link DetectorState#write}
     * @param seq the sequence number of the last tick before it
     * @param earliestNanos the earliest time of the evaluated ticks after it, in nanoseconds since 1970; far in the
     *     future if there are none
     */
    record StoredSnapshot(ByteBuffer bytes, long seq, long earliestNanos) {}

    /** Passes the ticks after a snapshot to a consumer, in the order of arrival. */
    void forEachAfter(StoredSnapshot snapshot, Consumer<Tick> consumer);

    /**
     * Passes the stored ticks since {@code span} before the slowest ticker's newest time to a consumer: in the order of
     * arrival, or in the order of their times across a sequence restart.
     *
     * @return whether the ticks came in the order of their sequence numbers
     */
    boolean forEachNewest(Duration span, Consumer<Tick> consumer);

    /**
     * Stores a batch, completely or not at all.
     *
     * @throws io.tradeops.app.db.DatabaseUnavailableException if it is unknown whether the batch is stored; this
     *     monitor then no longer owns the journal
     */
    void save(Batch batch);

    /** Gives up ownership. */
    @Override
    void close();
}

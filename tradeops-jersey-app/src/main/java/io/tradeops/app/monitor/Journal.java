package io.tradeops.app.monitor;

import io.tradeops.core.trade.Tick;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Where a monitor stores what it has evaluated. One monitor at a time owns a feed's journal. Used by one thread at a time. */
interface Journal extends AutoCloseable {

    /**
     * Takes ownership, unless this monitor has it.
     *
     * @return whether this monitor owns the journal; false while another monitor does
     * @throws io.tradeops.app.db.DatabaseUnavailableException if that is not known now
     */
    boolean acquire();

    /** Whether this monitor owns the journal, as far as is known. */
    boolean isHeld();

    /** The last stored tick. */
    LastStored lastStored();

    /**
     * The newest time of the ticks before the feed last restarted its sequence, in nanoseconds since 1970; empty if it
     * never has.
     */
    OptionalLong restartNanos();

    /**
     * When tickers gave their last alerts in the {@code cooldown} before the ticks that {@link #forEachNewest} hands over,
     * in nanoseconds since 1970, by ticker and by the rule's notation.
     */
    Map<String, Map<String, Long>> lastMoves(Duration span, Duration cooldown);

    /**
     * The newest detector snapshot, if every tick after it is stored, too.
     *
     * @param span how far before the slowest ticker's newest time the earliest of those ticks may be
     */
    Optional<StoredSnapshot> snapshot(Duration span);

    /**
     * A stored snapshot of a monitor's {@link DetectorState}.
     *
     * @param bytes what {@link DetectorState#write} gave
     * @param seq the sequence number of the last tick before it
     * @param earliestNanos the earliest time of the evaluated ticks after it, in nanoseconds since 1970; far in the future
     *     if there are none
     */
    record StoredSnapshot(ByteBuffer bytes, long seq, long earliestNanos) {}

    /** Hands over the ticks that came after a snapshot, in the order in which they came. */
    void forEachAfter(StoredSnapshot snapshot, Consumer<Tick> consumer);

    /**
     * Hands over the stored ticks of the last {@code span} before the slowest ticker's newest time, in the order in which
     * they came.
     *
     * @return whether their sequence numbers are in that order, too
     */
    boolean forEachNewest(Duration span, Consumer<Tick> consumer);

    /**
     * Stores a batch, all of it or nothing.
     *
     * @throws io.tradeops.app.db.DatabaseUnavailableException if it is not known whether the batch is stored; then this
     *     monitor no longer owns the journal
     */
    void save(Batch batch);

    /** Gives up ownership. */
    @Override
    void close();
}

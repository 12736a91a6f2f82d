package io.tradeops.core.average;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.codec.BytesWriter;
import io.tradeops.core.trade.EpochNanos;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest time of a feed, which a few ticks with a wrong time far ahead do not move. Not thread-safe.
 *
 * <p>The newest time is that of the newest tick that was added, or of the watermark if that is later. A tick that is
 * more than {@code maxAhead} after it is held back, until what follows decides:
 *
 * <ul>
 *   <li>The newest time comes to at most {@code maxAhead} before the tick: the tick is added.
 *   <li>A later tick moves the newest time on, or is held back itself, and is more than {@code maxAhead} before the
 *       tick: the tick is refused and counted.
 *   <li>Seven more ticks are held back after it, and it is not refused: time has moved on, and the tick is added.
 * </ul>
 *
 * <p>Ticks at the newest time or before it decide nothing. But among the first eight ticks, one that is more than
 * {@code maxAhead} before the newest time sets it back, to the watermark at most; it is then the first. So a stray first
 * tick does no harm.
 */
final class FeedTime {

    /*
     * A tick is compared with `limit` alone as long as possible. The limit is newest + maxAhead of some time ago, so it
     * may be too low but never too high. While ticks are held back it is `newest`, because every later tick decides.
     * Until eight ticks have been added, it is before all times.
     */

    static final Duration DEFAULT_MAX_AHEAD = Duration.ofMinutes(5);

    private static final Instant LATEST = EpochNanos.toInstant(EpochNanos.MAX);
    private static final int IN_A_ROW = 8;
    private static final long NONE = -1;

    /** The fewest bytes that a held tick takes: one for each component. */
    private static final int MIN_BYTES_OF_TICK = 5;

    private final long maxAhead;
    private final List<TickValues> held = new ArrayList<>(IN_A_ROW);
    private long newest = NONE;
    private long limit = NONE;
    private long watermark = NONE;
    private int firstTicks;
    private long refused;

    /** @throws IllegalArgumentException if {@code maxAhead} is not more than 0 */
    FeedTime(Duration maxAhead) {
        this.maxAhead = requireMaxAhead(maxAhead);
    }

    static long requireMaxAhead(Duration maxAhead) {
        Arguments.require(!maxAhead.isNegative() && !maxAhead.isZero(), "maxAhead must be positive", maxAhead);
        return nanos(maxAhead);
    }

    /** A duration of 0 or more in nanoseconds; {@link Long#MAX_VALUE} for a longer one. */
    static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0 ? Long.MAX_VALUE : duration.toNanos();
    }

    /** A watermark in nanoseconds since 1970-01-01T00:00:00Z, at most {@link EpochNanos#MAX} + 1. */
    static long watermarkNanos(Instant watermark) {
        return watermark.isAfter(LATEST) ? EpochNanos.MAX + 1 : EpochNanos.of(watermark);
    }

    /** Tells whether a tick may be added at once. If it may, it is taken as added; if not, it must be offered. */
    boolean admits(long time) {
        if (time > limit) {
            return admitsOnSecondLook(time);
        }
        if (time > newest) {
            newest = time;
        }
        return true;
    }

    private boolean admitsOnSecondLook(long time) {
        if (newest != NONE && time > newest && !(held.isEmpty() && isNear(time))) {
            return false;
        }
        if (firstTicks < IN_A_ROW && newest - time > maxAhead) {
            newest = watermark;
            firstTicks = 0;
        }
        newest = Math.max(newest, time);
        onAdded(1);
        return true;
    }

    private void onAdded(int ticks) {
        firstTicks = Math.min(IN_A_ROW, firstTicks + ticks);
        updateLimit();
    }

    /**
     * Takes a tick that {@link #admits} did not admit.
     *
     * @return the ticks to add now, in the order of arrival
     */
    List<TickValues> offer(TickValues tick) {
        for (int i = held.size() - 1; i >= 0; i--) {
            if (held.get(i).epochNanos - tick.epochNanos > maxAhead) {
                held.remove(i);
                refused++;
            }
        }
        held.add(tick);
        if (isNear(tick.epochNanos)) {
            newest = tick.epochNanos;
        } else if (held.size() == IN_A_ROW) {
            newest = held.get(0).epochNanos;
        }
        return release();
    }

    /**
     * Moves the newest time on to a watermark, if that is later.
     *
     * @return the ticks to add now, in the order of arrival
     */
    List<TickValues> advanceTo(long newWatermark) {
        watermark = Math.max(watermark, newWatermark);
        if (watermark <= newest) {
            return List.of();
        }
        newest = watermark;
        return release();
    }

    private List<TickValues> release() {
        List<TickValues> released = new ArrayList<>();
        for (int i = 0; i < held.size(); ) {
            if (isNear(held.get(i).epochNanos)) {
                TickValues tick = held.remove(i);
                newest = Math.max(newest, tick.epochNanos);
                released.add(tick);
                i = 0; // the newest time has moved on
            } else {
                i++;
            }
        }
        onAdded(released.size());
        return released;
    }

    private boolean isNear(long time) {
        return time - newest <= maxAhead;
    }

    private void updateLimit() {
        if (firstTicks < IN_A_ROW) {
            limit = NONE;
        } else if (held.isEmpty()) {
            limit = newest > Long.MAX_VALUE - maxAhead ? Long.MAX_VALUE : newest + maxAhead;
        } else {
            limit = newest;
        }
    }

    /** The newest time, in nanoseconds since 1970-01-01T00:00:00Z; negative before the first tick. */
    long newest() {
        return newest;
    }

    /** The time that may end windows: the newest time when a second tick agrees with the first, until then the watermark. */
    long closingTime() {
        return firstTicks < 2 ? watermark : newest;
    }

    /** The number of ticks that were refused. */
    long refused() {
        return refused;
    }

    int heldTicks() {
        return held.size();
    }

    void writeTo(BytesWriter out) {
        out.writeUnsigned(newest + 1)
                .writeUnsigned(watermark + 1)
                .writeUnsigned(firstTicks)
                .writeUnsigned(refused)
                .writeUnsigned(held.size());
        for (TickValues tick : held) {
            out.writeText(tick.ticker)
                    .writeUnsigned(tick.epochNanos)
                    .writeUnsigned(tick.priceUnits)
                    .writeUnsigned(tick.quantityUnits)
                    .writeSigned(tick.seq);
        }
    }

    /** Checks that the held ticks that were read have tickers. */
    void requireTickers() {
        for (TickValues tick : held) {
            TickValues.requireReadTicker(tick.ticker);
        }
    }

    /** Reads the state into this object, which has none. */
    void readFrom(BytesReader in) {
        newest = in.readUnsigned("newest time", 0, EpochNanos.MAX + 2) - 1;
        watermark = in.readUnsigned("watermark", 0, newest + 1) - 1;
        firstTicks = (int) in.readUnsigned("number of first ticks", 0, newest == NONE ? 0 : IN_A_ROW);
        refused = in.readUnsigned("number of refused ticks", 0, Long.MAX_VALUE);
        int size = (int) BytesReader.requireRange(
                "number of held ticks", in.readCount("held ticks", MIN_BYTES_OF_TICK), 0, IN_A_ROW - 1);
        for (int i = 0; i < size; i++) {
            held.add(readTick(in));
        }
        updateLimit();
    }

    private static TickValues readTick(BytesReader in) {
        String ticker = in.readText();
        long epochNanos = in.readUnsigned();
        long priceUnits = in.readUnsigned();
        long quantityUnits = in.readUnsigned();
        try {
            TickValues.require(epochNanos, priceUnits, quantityUnits);
        } catch (IllegalArgumentException e) {
            throw BytesReader.damaged(e);
        }
        return new TickValues(ticker, epochNanos, priceUnits, quantityUnits, in.readSigned());
    }
}

package io.tradeops.core.average;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.codec.BytesWriter;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Averages the ticks of one ticker over windows of event time. Ticks may arrive in any order.
 * {@link KeyedPriceAverager} averages many tickers and revises closed windows. Not thread-safe.
 *
 * <p>A window stays open until {@link #close} returns it. A tick of a window that is already closed is late; it is
 * counted, see {@link #lateTicks}, and opens its window again. The next {@code close} then returns the average of the
 * late ticks alone, to be {@linkplain AveragePrice#merge merged} with the earlier average.
 *
 * <p>A tick without a quantity, which is a quantity of 0, counts for all figures but volume and VWAP.
 *
 * <p>A tick that is more than {@code maxAhead} after the newest time is held back. The newest time is that of the newest
 * tick that was added, or of the watermark if that is later. The held tick is added when the newest time has come to
 * {@code maxAhead} before it, or when seven more ticks are held back after it. It is refused and counted, see
 * {@link #aheadTicks}, when a tick after the newest time is more than {@code maxAhead} before it. Among the first eight
 * ticks, one that is more than {@code maxAhead} before the newest time sets that back. So seven stray ticks in a row do
 * no harm, and neither a quiet night nor a file in the order of time loses a tick. For ticks in random order, set
 * {@code maxAhead} to the span of their times.
 *
 * <p>A tick that would open more than {@code maxOpenWindows} windows is refused and counted, see {@link #refusedTicks}.
 *
 * <p>A tick in the same window as the tick before it costs O(1). A tick in another window costs O(log n) for n open
 * windows. Only the first tick of a window, and a tick that is held back, allocate memory.
 */
public final class PriceAverager {

    /** The default of {@code maxOpenWindows}. An open window takes 300 bytes. */
    public static final int DEFAULT_MAX_OPEN_WINDOWS = 10_000;

    /** The default of {@code maxAhead}: 5 minutes. */
    public static final Duration DEFAULT_MAX_AHEAD = FeedTime.DEFAULT_MAX_AHEAD;

    private static final String MAGIC = "TOAV";
    private static final int VERSION = 1;

    private final TimeWindows windows;
    private final int maxOpenWindows;
    private final Duration maxAhead;
    private FeedTime feedTime;
    private WindowIndex<WindowTotals> open = new WindowIndex<>(new WindowTotals(), new WindowTotals());
    private WindowTotals current = open.none();
    private long watermark;
    private long lateTicks;
    private long refusedTicks;

    /**
     * Creates an averager over windows that are aligned to the Unix epoch.
     *
     * @param width the width of the windows: more than 0, whole microseconds, at most 366 days
     * @throws IllegalArgumentException if the width is out of its range
     */
    public PriceAverager(Duration width) {
        this(TimeWindows.of(width));
    }

    /** Creates an averager with the default bounds. */
    public PriceAverager(TimeWindows windows) {
        this(windows, DEFAULT_MAX_OPEN_WINDOWS, DEFAULT_MAX_AHEAD);
    }

    /**
     * Creates an averager.
     *
     * @param windows the windows
     * @param maxOpenWindows the largest number of open windows, 1 or more
     * @param maxAhead how far after the newest time a tick may be, more than 0; of any length
     * @throws IllegalArgumentException if {@code maxOpenWindows} or {@code maxAhead} is out of its range
     */
    public PriceAverager(TimeWindows windows, int maxOpenWindows, Duration maxAhead) {
        Arguments.require(maxOpenWindows >= 1, "maxOpenWindows must be positive", maxOpenWindows);
        this.windows = windows;
        this.maxOpenWindows = maxOpenWindows;
        this.maxAhead = maxAhead;
        this.feedTime = new FeedTime(maxAhead);
    }

    /**
     * Adds a tick to its window.
     *
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}
     * @param priceUnits the price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param quantityUnits the quantity in 10⁻⁸ units, 0 to {@link FixedDecimal#MAX_UNITS}; 0 if the tick has none
     * @param seq the feed's sequence number, which orders ticks of the same time
     * @throws IllegalArgumentException if an argument is out of its range; the tick is then not added
     */
    public void add(long epochNanos, long priceUnits, long quantityUnits, long seq) {
        TickValues.require(epochNanos, priceUnits, quantityUnits);
        if (feedTime.admits(epochNanos)) {
            addToWindow(epochNanos, priceUnits, quantityUnits, seq);
        } else {
            addToWindows(feedTime.offer(new TickValues("", epochNanos, priceUnits, quantityUnits, seq)));
        }
    }

    /**
     * Adds a tick to its window.
     *
     * @param time the time, 1970-01-01T00:00:00Z to {@link EpochNanos#MAX}
     * @param price the price: more than 0, at most 10 integer digits and 8 decimals
     * @param quantity the quantity: 0 if the tick has none, at most 10 integer digits and 8 decimals
     * @param seq the feed's sequence number, which orders ticks of the same time
     * @throws IllegalArgumentException if an argument is out of its range; the tick is then not added
     */
    public void add(Instant time, BigDecimal price, BigDecimal quantity, long seq) {
        add(EpochNanos.of(time), FixedDecimal.of(price), FixedDecimal.of(quantity), seq);
    }

    /** Adds a tick to its window. All ticks must be of the same ticker; the averager does not check this. */
    public void add(Tick tick) {
        add(tick.epochNanos(), tick.priceUnits(), tick.quantityUnits(), tick.seq());
    }

    /**
     * Closes the windows that end at or before the watermark, and removes them.
     *
     * @param watermark 1970-01-01T00:00:00Z or later; a watermark after {@link EpochNanos#MAX}, such as
     *     {@link Instant#MAX}, closes all windows
     * @return the averages of these windows in the order of time; a window without ticks has none
     * @throws IllegalArgumentException if the watermark is before 1970
     */
    public List<AveragePrice> close(Instant watermark) {
        long nanos = FeedTime.watermarkNanos(watermark);
        addToWindows(feedTime.advanceTo(nanos));
        List<AveragePrice> closed = new ArrayList<>();
        while (open.earliestEnd() <= nanos) {
            closed.add(open.removeEarliest().toAveragePrice(windows));
        }
        current = open.none();
        this.watermark = Math.max(this.watermark, nanos);
        return closed;
    }

    /** Returns the number of ticks that arrived after {@link #close} was called with a watermark past their window. */
    public long lateTicks() {
        return lateTicks;
    }

    /** Returns the number of ticks that were refused because their time was too far ahead. */
    public long aheadTicks() {
        return feedTime.refused();
    }

    /** Returns the number of ticks that were refused because of {@code maxOpenWindows}. */
    public long refusedTicks() {
        return refusedTicks;
    }

    /**
     * Returns the averager's state as bytes, from which {@link #restore} continues, also in another process. A later
     * version of this library reads them.
     */
    public byte[] snapshot() {
        BytesWriter out = new BytesWriter(MAGIC, VERSION).writeText(windows.notation());
        feedTime.writeTo(out);
        out.writeUnsigned(watermark)
                .writeUnsigned(lateTicks)
                .writeUnsigned(refusedTicks)
                .writeUnsigned(open.size());
        for (WindowTotals totals : open) {
            totals.writeTo(out);
        }
        return out.toByteArray();
    }

    /**
     * Replaces the averager's state by that of a snapshot. The bounds stay those of this averager.
     *
     * @throws IllegalArgumentException if the bytes are damaged, are of a newer version, are not a snapshot of this
     *     class, are of other windows, or have more open windows than {@code maxOpenWindows}; the state is then
     *     unchanged
     */
    public void restore(byte[] snapshot) {
        BytesReader in = new BytesReader(snapshot, MAGIC, VERSION);
        windows.requireNotation(in.readText());
        FeedTime restoredTime = new FeedTime(maxAhead);
        restoredTime.readFrom(in);
        long restoredWatermark = in.readUnsigned("watermark", 0, EpochNanos.MAX + 1);
        long late = in.readUnsigned("number of late ticks", 0, Long.MAX_VALUE);
        long refused = in.readUnsigned("number of refused ticks", 0, Long.MAX_VALUE);
        WindowIndex<WindowTotals> restored = readWindows(in);
        in.requireEnd();
        feedTime = restoredTime;
        watermark = restoredWatermark;
        lateTicks = late;
        refusedTicks = refused;
        open = restored;
        current = open.none();
    }

    private WindowIndex<WindowTotals> readWindows(BytesReader in) {
        int size = in.readCount("open windows", WindowTotals.MIN_BYTES);
        Arguments.require(size <= maxOpenWindows, "the snapshot has more open windows than maxOpenWindows", size);
        WindowIndex<WindowTotals> restored = new WindowIndex<>(new WindowTotals(), new WindowTotals());
        for (int i = 0; i < size; i++) {
            restored.addLatest(WindowTotals.read(in, windows, ""));
        }
        return restored;
    }

    private void addToWindows(List<TickValues> ticks) {
        for (TickValues tick : ticks) {
            addToWindow(tick.epochNanos, tick.priceUnits, tick.quantityUnits, tick.seq);
        }
    }

    private void addToWindow(long epochNanos, long priceUnits, long quantityUnits, long seq) {
        if (current.contains(epochNanos)) {
            current.add(epochNanos, priceUnits, quantityUnits, seq);
        } else {
            addToOtherWindow(epochNanos, priceUnits, quantityUnits, seq);
        }
    }

    private void addToOtherWindow(long epochNanos, long priceUnits, long quantityUnits, long seq) {
        WindowTotals window = open.find(epochNanos);
        if (window == open.none()) {
            if (open.size() >= maxOpenWindows) {
                refusedTicks++;
                return;
            }
            window = new WindowTotals(windows.boundsAt(epochNanos), "");
            open.add(window);
        }
        if (window.end() <= watermark) {
            lateTicks++; // never the current window, so that a tick of that needs no look at the watermark
        } else {
            current = window;
        }
        window.add(epochNanos, priceUnits, quantityUnits, seq);
    }
}

package io.tradeops.core.average;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.codec.BytesWriter;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.trade.Ticker;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Averages the ticks of many tickers over windows of event time, in bounded memory. Late ticks revise the results. Not
 * thread-safe.
 *
 * <p>The feed's own time ends windows, from the second tick on: {@link #close()} returns the windows that end at or before
 * the newest tick of all tickers, less {@code allowedLateness}. So ticks that are out of order by no more than that are in the first
 * result of their window. When the feed is silent, a clock can end windows instead, with {@link #close(Instant)}.
 *
 * <p>A tick of a closed window is late. It is counted, and the next {@code close} returns the window again: the averages
 * of all its ticks, with the next revision. Windows are retained for this until the watermark is {@code revisableFor}
 * after their end. A tick of an older window is expired: it is refused and counted.
 *
 * <p>A tick without a quantity, which is a quantity of 0, counts for all figures but volume and VWAP. A tick that is
 * more than {@code maxAhead} after the newest time is held back, and then added or refused, as {@link PriceAverager}
 * does; here the newest time is that of all tickers.
 *
 * <p>At the limit of {@code maxWindows} the oldest windows whose results were returned are given up: their late ticks
 * are expired from then on. If there are none, a tick that needs another window is refused and counted. So is a tick of
 * a window that already has {@code maxTickers} tickers. Room comes back when windows pass.
 *
 * <p>Only the first tick of a ticker in a window, a late tick, a tick that is held back, and results allocate memory.
 *
 * <pre>{@code
 * KeyedPriceAverager averager = KeyedPriceAverager.builder(TimeWindows.of(Duration.ofMinutes(5))).build();
 * averager.add(tick);
 * for (TickerAverage result : averager.close()) { … } // stores result, or replaces that of the revision before it
 * }</pre>
 */
public final class KeyedPriceAverager {

    private static final String MAGIC = "TOKA";
    private static final int VERSION = 1;

    private final TimeWindows windows;
    private final Duration maxAhead;
    private final long allowedLateness;
    private final long revisableFor;
    private final int maxTickers;
    private final int maxWindows;

    private FeedTime feedTime;
    private WindowIndex<WindowGroup> groups = new WindowIndex<>(new WindowGroup(), new WindowGroup());
    private WindowGroup current = groups.none();
    private List<WindowTotals> revised = new ArrayList<>();
    private int size;

    /** The end of the earliest open window; {@link Long#MAX_VALUE} if there is none. */
    private long earliestOpenEnd = Long.MAX_VALUE;

    private long watermark;
    private long expiredUntil;
    private long lateTicks;
    private long expiredTicks;
    private long refusedTicks;

    /**
     * The size of an averager's state, and the numbers of ticks that were not added as usual. Immutable.
     *
     * @param windows the number of windows with state, counted once for each ticker
     * @param heldTicks the number of ticks that are held back because their time is too far ahead
     * @param lateTicks the number of ticks that were added to a closed window
     * @param expiredTicks the number of ticks that were refused because their window is no longer retained
     * @param aheadTicks the number of ticks that were refused because their time was too far ahead
     * @param refusedTicks the number of ticks that were refused because of {@link Builder#maxTickers} or
     *     {@link Builder#maxWindows}
     */
    public record Counts(
            int windows, int heldTicks, long lateTicks, long expiredTicks, long aheadTicks, long refusedTicks) {}

    private KeyedPriceAverager(Builder builder) {
        this.windows = builder.windows;
        this.maxAhead = builder.maxAhead;
        this.allowedLateness = FeedTime.nanos(builder.allowedLateness);
        this.revisableFor = FeedTime.nanos(builder.revisableFor);
        this.maxTickers = builder.maxTickers;
        this.maxWindows = builder.maxWindows;
        this.feedTime = new FeedTime(maxAhead);
    }

    /** An averager with the settings of another and the state of a snapshot. */
    private KeyedPriceAverager(KeyedPriceAverager settings, byte[] snapshot) {
        this.windows = settings.windows;
        this.maxAhead = settings.maxAhead;
        this.allowedLateness = settings.allowedLateness;
        this.revisableFor = settings.revisableFor;
        this.maxTickers = settings.maxTickers;
        this.maxWindows = settings.maxWindows;
        this.feedTime = new FeedTime(maxAhead);
        BytesReader in = new BytesReader(snapshot, MAGIC, VERSION);
        windows.requireNotation(in.readText());
        feedTime.readFrom(in);
        feedTime.requireTickers();
        watermark = in.readUnsigned("watermark", 0, EpochNanos.MAX + 1);
        expiredUntil = in.readUnsigned("expiredUntil", 0, watermark);
        lateTicks = in.readUnsigned("lateTicks", 0, Long.MAX_VALUE);
        expiredTicks = in.readUnsigned("expiredTicks", 0, Long.MAX_VALUE);
        refusedTicks = in.readUnsigned("refusedTicks", 0, Long.MAX_VALUE);
        readGroups(in);
        in.requireEnd();
    }

    /** Returns a builder with the default settings. */
    public static Builder builder(TimeWindows windows) {
        return new Builder(windows);
    }

    /**
     * Adds a tick to its window.
     *
     * @param ticker the ticker, valid as defined by {@link Ticker}
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}
     * @param priceUnits the price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param quantityUnits the quantity in 10⁻⁸ units, 0 to {@link FixedDecimal#MAX_UNITS}; 0 if the tick has none
     * @param seq the feed's sequence number, which orders ticks of the same time
     * @throws IllegalArgumentException if an argument is out of its range; the averager's state is then unchanged
     */
    public void add(String ticker, long epochNanos, long priceUnits, long quantityUnits, long seq) {
        TickValues.require(epochNanos, priceUnits, quantityUnits);
        WindowTotals window = find(ticker, epochNanos);
        if (window == null) {
            TickValues.requireTicker(ticker);
        }
        if (!feedTime.admits(epochNanos)) {
            addAll(feedTime.offer(new TickValues(ticker, epochNanos, priceUnits, quantityUnits, seq)));
        } else if (window == null) {
            addToNewWindow(ticker, epochNanos, priceUnits, quantityUnits, seq);
        } else {
            add(window, epochNanos, priceUnits, quantityUnits, seq);
        }
    }

    /**
     * Adds a tick to its window.
     *
     * @param ticker the ticker, valid as defined by {@link Ticker}
     * @param time the time, 1970-01-01T00:00:00Z to {@link EpochNanos#MAX}
     * @param price the price: more than 0, at most 10 integer digits and 8 decimals
     * @param quantity the quantity: 0 if the tick has none, at most 10 integer digits and 8 decimals
     * @param seq the feed's sequence number, which orders ticks of the same time
     * @throws IllegalArgumentException if an argument is out of its range; the averager's state is then unchanged
     */
    public void add(String ticker, Instant time, BigDecimal price, BigDecimal quantity, long seq) {
        add(ticker, EpochNanos.of(time), FixedDecimal.of(price), FixedDecimal.of(quantity), seq);
    }

    /** Adds a tick to its window. */
    public void add(Tick tick) {
        add(tick.ticker(), tick.epochNanos(), tick.priceUnits(), tick.quantityUnits(), tick.seq());
    }

    /**
     * Closes the windows that the feed's own time has ended. It costs O(1) and allocates nothing if there is no result,
     * so it can be called after each tick.
     *
     * @return the results of the windows that have ended, and of closed windows that late ticks have changed, in the
     *     order of (start of the window, ticker)
     */
    public List<TickerAverage> close() {
        return closeUntil(feedTime.closingTime() - allowedLateness);
    }

    /**
     * Closes the windows that end at or before a watermark.
     *
     * @param newWatermark 1970-01-01T00:00:00Z or later; a watermark after {@link EpochNanos#MAX}, such as
     *     {@link Instant#MAX}, closes all windows. A watermark before an earlier one has no effect
     * @return the results of the windows that have ended, and of closed windows that late ticks have changed, in the
     *     order of (start of the window, ticker)
     * @throws IllegalArgumentException if the watermark is before 1970
     */
    public List<TickerAverage> close(Instant newWatermark) {
        long nanos = FeedTime.watermarkNanos(newWatermark);
        addAll(feedTime.advanceTo(nanos));
        return closeUntil(nanos);
    }

    /** Returns the size of the state and the numbers of ticks that were not added as usual. */
    public Counts counts() {
        return new Counts(size, feedTime.heldTicks(), lateTicks, expiredTicks, feedTime.refused(), refusedTicks);
    }

    /**
     * Returns the averager's state as bytes, from which {@link #restore} continues, also in another process. A later
     * version of this library reads them.
     */
    public byte[] snapshot() {
        BytesWriter out = new BytesWriter(MAGIC, VERSION).writeText(windows.notation());
        feedTime.writeTo(out);
        out.writeUnsigned(watermark)
                .writeUnsigned(expiredUntil)
                .writeUnsigned(lateTicks)
                .writeUnsigned(expiredTicks)
                .writeUnsigned(refusedTicks)
                .writeUnsigned(groups.size());
        for (WindowGroup group : groups) {
            group.writeTo(out);
        }
        return out.toByteArray();
    }

    /**
     * Replaces the averager's state by that of a snapshot. The settings stay those of this averager.
     *
     * @throws IllegalArgumentException if the bytes are damaged, are of a newer version, are not a snapshot of this
     *     class, are of other windows, or are beyond a bound of this averager; the state is then unchanged
     */
    public void restore(byte[] snapshot) {
        KeyedPriceAverager restored = new KeyedPriceAverager(this, snapshot);
        feedTime = restored.feedTime;
        groups = restored.groups;
        current = groups.none();
        revised = restored.revised;
        size = restored.size;
        earliestOpenEnd = restored.earliestOpenEnd;
        watermark = restored.watermark;
        expiredUntil = restored.expiredUntil;
        lateTicks = restored.lateTicks;
        expiredTicks = restored.expiredTicks;
        refusedTicks = restored.refusedTicks;
    }

    private void readGroups(BytesReader in) {
        int count = in.readCount("windows", WindowGroup.MIN_BYTES);
        for (int i = 0; i < count; i++) {
            WindowGroup group = WindowGroup.read(in, windows, watermark);
            if (group.end() <= expiredUntil) {
                throw BytesReader.damaged("a window is expired");
            }
            groups.addLatest(group);
            size += group.size();
            if (group.size() > maxTickers || size > maxWindows) {
                throw new IllegalArgumentException("the snapshot is beyond maxTickers or maxWindows");
            }
            for (WindowTotals window : group.tickers()) {
                if (window.awaitsResult()) {
                    revised.add(window);
                }
            }
            if (group.end() > watermark) {
                earliestOpenEnd = Math.min(earliestOpenEnd, group.end());
            }
        }
    }

    private @Nullable WindowTotals find(String ticker, long epochNanos) {
        if (!current.contains(epochNanos)) {
            current = groups.find(epochNanos);
        }
        return current.get(ticker);
    }

    private void addAll(List<TickValues> ticks) {
        for (TickValues tick : ticks) {
            WindowTotals window = find(tick.ticker, tick.epochNanos);
            if (window == null) {
                addToNewWindow(tick.ticker, tick.epochNanos, tick.priceUnits, tick.quantityUnits, tick.seq);
            } else {
                add(window, tick.epochNanos, tick.priceUnits, tick.quantityUnits, tick.seq);
            }
        }
    }

    private void add(WindowTotals window, long epochNanos, long priceUnits, long quantityUnits, long seq) {
        window.add(epochNanos, priceUnits, quantityUnits, seq);
        if (window.end() <= watermark) {
            onLateTick(window);
        }
    }

    private void onLateTick(WindowTotals window) {
        lateTicks++;
        if (!window.awaitsResult()) {
            window.markAwaitsResult();
            revised.add(window);
        }
    }

    private void addToNewWindow(String ticker, long epochNanos, long priceUnits, long quantityUnits, long seq) {
        WindowBounds bounds = current.contains(epochNanos) ? current : windows.boundsAt(epochNanos);
        if (bounds.end() <= expiredUntil) {
            expiredTicks++;
        } else if (current.size() >= maxTickers || !makeRoom(bounds.start())) {
            refusedTicks++;
        } else {
            WindowTotals window = groupOf(bounds).add(ticker);
            size++;
            add(window, epochNanos, priceUnits, quantityUnits, seq);
        }
    }

    private WindowGroup groupOf(WindowBounds bounds) {
        if (bounds != current) {
            current = new WindowGroup(bounds);
            groups.add(current);
            if (bounds.end() > watermark) {
                earliestOpenEnd = Math.min(earliestOpenEnd, bounds.end());
            }
        }
        return current;
    }

    /** Gives up the earliest window at the limit, if it is closed and before the one that needs room. */
    private boolean makeRoom(long start) {
        if (size < maxWindows) {
            return true;
        }
        long end = groups.earliestEnd();
        if (end > watermark || end > start || !revised.isEmpty()) {
            return false;
        }
        expire(end);
        return true;
    }

    private List<TickerAverage> closeUntil(long nanos) {
        long before = watermark;
        watermark = Math.max(watermark, nanos);
        if (watermark < earliestOpenEnd && revised.isEmpty()) {
            return List.of();
        }
        List<WindowTotals> changed = takeChanged(before);
        Collections.sort(changed);
        List<TickerAverage> results = new ArrayList<>(changed.size());
        for (WindowTotals window : changed) {
            results.add(window.nextResult(windows));
        }
        expire(watermark - revisableFor);
        return Collections.unmodifiableList(results);
    }

    /** The windows that late ticks have changed, and those that end after {@code before}, up to the watermark. */
    private List<WindowTotals> takeChanged(long before) {
        List<WindowTotals> changed = revised;
        revised = new ArrayList<>();
        earliestOpenEnd = Long.MAX_VALUE;
        for (WindowGroup group : groups) {
            if (group.end() > watermark) {
                earliestOpenEnd = group.end();
                break;
            }
            if (group.end() > before) {
                changed.addAll(group.tickers());
            }
        }
        return changed;
    }

    /** Forgets the windows that end at a time or before it. */
    private void expire(long until) {
        expiredUntil = Math.max(expiredUntil, until);
        while (groups.earliestEnd() <= expiredUntil) {
            size -= groups.removeEarliest().size();
        }
        if (current.end() <= expiredUntil) {
            current = groups.none();
        }
    }

    /** Builds a {@link KeyedPriceAverager}. Not thread-safe. */
    public static final class Builder {

        private final TimeWindows windows;
        private Duration allowedLateness = Duration.ofSeconds(2);
        private Duration maxAhead = FeedTime.DEFAULT_MAX_AHEAD;
        private Duration revisableFor = Duration.ofHours(1);
        private int maxTickers = 100_000;
        private int maxWindows = 1_000_000;

        private Builder(TimeWindows windows) {
            this.windows = requireNonNull(windows, "windows");
        }

        /**
         * Sets the allowed lateness, 0 or more: how long {@link KeyedPriceAverager#close()} waits, in the feed's own
         * time, for ticks that are out of order. The default is 2 seconds.
         *
         * @throws IllegalArgumentException if the duration is negative
         */
        public Builder allowedLateness(Duration duration) {
            Arguments.require(!duration.isNegative(), "allowedLateness must be 0 or more", duration);
            allowedLateness = duration;
            return this;
        }

        /**
         * Sets how far after the newest time a tick may be, more than 0. The default is 5 minutes.
         *
         * @throws IllegalArgumentException if the duration is not more than 0
         */
        public Builder maxAhead(Duration duration) {
            FeedTime.requireMaxAhead(duration);
            maxAhead = duration;
            return this;
        }

        /**
         * Sets how long a window is retained after its end, so that late ticks revise it: 0 or more. The default is 1
         * hour.
         *
         * @throws IllegalArgumentException if the duration is negative
         */
        public Builder revisableFor(Duration duration) {
            Arguments.require(!duration.isNegative(), "revisableFor must be 0 or more", duration);
            revisableFor = duration;
            return this;
        }

        /**
         * Sets the largest number of tickers in one window, 1 or more. The default is 100,000.
         *
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder maxTickers(int tickers) {
            Arguments.require(tickers >= 1, "maxTickers must be positive", tickers);
            maxTickers = tickers;
            return this;
        }

        /**
         * Sets the largest number of windows of all tickers together, open or retained: 1 or more. A window takes 300
         * bytes. The default is 1,000,000.
         *
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder maxWindows(int number) {
            Arguments.require(number >= 1, "maxWindows must be positive", number);
            maxWindows = number;
            return this;
        }

        /** Creates an averager without state. */
        public KeyedPriceAverager build() {
            return new KeyedPriceAverager(this);
        }
    }
}

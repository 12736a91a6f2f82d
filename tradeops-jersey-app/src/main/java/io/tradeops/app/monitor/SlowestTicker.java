package io.tradeops.app.monitor;

import io.tradeops.core.trade.Tick;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Finds the slowest ticker: the one whose newest time is the oldest. A feed may have tickers whose times are far behind
 * the others', or one whose time is far ahead. A ticker without ticks for a span of the other tickers' time is removed.
 * A time far ahead that no other ticker reaches is ignored after some thousand ticks. Not thread-safe.
 */
final class SlowestTicker {

    private static final long SEARCH_NANOS = Duration.ofSeconds(1).toNanos();

    /**
     * The number of ticks of a generation, or two per ticker if that is more. After each generation the newest time of
     * all is that of this generation and the one before, so that a time far ahead does not count any longer.
     */
    static final int GENERATION = 1_000;

    private final long quietNanos;
    private final Map<String, TickerTimes> tickers = new HashMap<>();
    private long newest;
    private long newestOfGeneration;
    private long newestOfPreviousGeneration;
    private int ticksOfGeneration;
    private long slowest = Long.MAX_VALUE;
    private long newestAtSearch;

    private static final class TickerTimes {

        private long newest;

        /** The newest time of all tickers when this one ticked last. */
        private long newestOfAll;
    }

    /** Starts without tickers. A ticker without ticks for {@code quiet} is removed. */
    SlowestTicker(Duration quiet) {
        this.quietNanos = quiet.toNanos();
    }

    /** Whether a tick is older than its ticker's newest one by more than {@code byMoreThanNanos}. */
    boolean isLate(Tick tick, long byMoreThanNanos) {
        TickerTimes times = tickers.get(tick.ticker());
        return times != null && times.newest - tick.epochNanos() > byMoreThanNanos;
    }

    void add(Tick tick) {
        newest = Math.max(newest, tick.epochNanos());
        TickerTimes times = tickers.computeIfAbsent(tick.ticker(), ticker -> new TickerTimes());
        times.newest = Math.max(times.newest, tick.epochNanos());
        times.newestOfAll = newest;
        slowest = Math.min(slowest, times.newest);
        newestOfGeneration = Math.max(newestOfGeneration, tick.epochNanos());
        if (++ticksOfGeneration >= Math.max(GENERATION, 2 * tickers.size())) {
            endGeneration();
            search();
        } else if (newest - newestAtSearch >= SEARCH_NANOS) {
            search();
        }
    }

    /**
     * The slowest ticker's newest time in nanoseconds since 1970, or an earlier one; undefined before the first tick.
     */
    long epochNanos() {
        return slowest;
    }

    /** The newest time of all tickers in nanoseconds since 1970; 0 before the first tick. */
    long newestNanos() {
        return newest;
    }

    /** Writes the state for {@link #read}. */
    void write(DataOutput out) throws IOException {
        out.writeLong(newest);
        out.writeLong(newestOfGeneration);
        out.writeLong(newestOfPreviousGeneration);
        out.writeInt(ticksOfGeneration);
        out.writeLong(slowest);
        out.writeLong(newestAtSearch);
        out.writeInt(tickers.size());
        for (Map.Entry<String, TickerTimes> ticker : tickers.entrySet()) {
            out.writeUTF(ticker.getKey());
            out.writeLong(ticker.getValue().newest);
            out.writeLong(ticker.getValue().newestOfAll);
        }
    }

    /** Reads a state that {@link #write} wrote. */
    void read(DataInput in) throws IOException {
        newest = in.readLong();
        newestOfGeneration = in.readLong();
        newestOfPreviousGeneration = in.readLong();
        ticksOfGeneration = in.readInt();
        slowest = in.readLong();
        newestAtSearch = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            TickerTimes times = new TickerTimes();
            tickers.put(in.readUTF(), times);
            times.newest = in.readLong();
            times.newestOfAll = in.readLong();
        }
    }

    private void endGeneration() {
        newest = Math.max(newestOfGeneration, newestOfPreviousGeneration);
        newestOfPreviousGeneration = newestOfGeneration;
        newestOfGeneration = 0;
        ticksOfGeneration = 0;
    }

    private void search() {
        newestAtSearch = newest;
        slowest = Long.MAX_VALUE;
        for (Iterator<TickerTimes> all = tickers.values().iterator(); all.hasNext(); ) {
            TickerTimes times = all.next();
            times.newestOfAll = Math.min(times.newestOfAll, newest);
            if (newest - times.newestOfAll > quietNanos) {
                all.remove();
            } else {
                slowest = Math.min(slowest, times.newest);
            }
        }
    }
}

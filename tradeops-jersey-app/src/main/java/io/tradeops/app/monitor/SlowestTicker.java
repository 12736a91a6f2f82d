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
 * Finds the ticker whose newest time is the oldest, of those that tick: a feed may have tickers whose times are far behind
 * the others', or one whose time is far ahead. A ticker that is quiet for a span of the others' time is forgotten. A time far
 * ahead that no other follows is forgotten, too, some thousand ticks later. Not thread-safe.
 */
final class SlowestTicker {

    private static final long SEARCH_NANOS = Duration.ofSeconds(1).toNanos();

    /** What the newest time is, is told by so many ticks and as many before them, or two of each ticker if that is more. */
    static final int GENERATION = 1_000;

    private final long quietNanos;
    private final Map<String, Last> lasts = new HashMap<>();
    private long newest;
    private long newestOfGeneration;
    private long newestOfLast;
    private int generation;
    private long slowest = Long.MAX_VALUE;
    private long sought;

    /** A ticker's newest time, and what the newest of all was when it ticked last. */
    private static final class Last {

        private long nanos;
        private long allNanos;
    }

    /** None has ticked yet; one that is quiet for {@code quiet} is forgotten. */
    SlowestTicker(Duration quiet) {
        this.quietNanos = quiet.toNanos();
    }

    /** Whether a tick is older than its ticker's newest by more than some time. */
    boolean isLate(Tick tick, long byMoreThanNanos) {
        Last last = lasts.get(tick.ticker());
        return last != null && last.nanos - tick.epochNanos() > byMoreThanNanos;
    }

    void add(Tick tick) {
        newest = Math.max(newest, tick.epochNanos());
        Last last = lasts.computeIfAbsent(tick.ticker(), ticker -> new Last());
        last.nanos = Math.max(last.nanos, tick.epochNanos());
        last.allNanos = newest;
        slowest = Math.min(slowest, last.nanos);
        newestOfGeneration = Math.max(newestOfGeneration, tick.epochNanos());
        if (++generation >= Math.max(GENERATION, 2 * lasts.size())) {
            newest = Math.max(newestOfGeneration, newestOfLast);
            newestOfLast = newestOfGeneration;
            newestOfGeneration = 0;
            generation = 0;
            search();
        } else if (newest - sought >= SEARCH_NANOS) {
            search();
        }
    }

    /** Its newest time in nanoseconds since 1970, or one before; meaningless before the first tick. */
    long epochNanos() {
        return slowest;
    }

    /** The newest time of any ticker in nanoseconds since 1970; 0 before the first tick. */
    long newestNanos() {
        return newest;
    }

    /** Writes what it knows, to be {@link #read} again. */
    void write(DataOutput out) throws IOException {
        out.writeLong(newest);
        out.writeLong(newestOfGeneration);
        out.writeLong(newestOfLast);
        out.writeInt(generation);
        out.writeLong(slowest);
        out.writeLong(sought);
        out.writeInt(lasts.size());
        for (Map.Entry<String, Last> last : lasts.entrySet()) {
            out.writeUTF(last.getKey());
            out.writeLong(last.getValue().nanos);
            out.writeLong(last.getValue().allNanos);
        }
    }

    /** Goes on from what another has written. */
    void read(DataInput in) throws IOException {
        newest = in.readLong();
        newestOfGeneration = in.readLong();
        newestOfLast = in.readLong();
        generation = in.readInt();
        slowest = in.readLong();
        sought = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            Last last = new Last();
            lasts.put(in.readUTF(), last);
            last.nanos = in.readLong();
            last.allNanos = in.readLong();
        }
    }

    private void search() {
        sought = newest;
        slowest = Long.MAX_VALUE;
        for (Iterator<Last> all = lasts.values().iterator(); all.hasNext(); ) {
            Last last = all.next();
            last.allNanos = Math.min(last.allNanos, newest);
            if (newest - last.allNanos > quietNanos) {
                all.remove();
            } else {
                slowest = Math.min(slowest, last.nanos);
            }
        }
    }
}

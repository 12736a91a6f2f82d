package io.tradeops.app.feed;

import java.util.function.Predicate;

/** The feed's newest ticks, each encoded once, by their numbers. Thread-safe. */
final class TickRing {

    private final String[] tickers;
    private final String[] encoded;
    private long nextSeq;
    private long held;

    /** A ring of {@code capacity} ticks whose first will have the number {@code firstSeq}. */
    TickRing(int capacity, long firstSeq) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
        }
        this.tickers = new String[capacity];
        this.encoded = new String[capacity];
        this.nextSeq = firstSeq;
    }

    /** Adds the tick with the number {@link #nextSeq()}. */
    synchronized void add(FeedMessage.Tick tick) {
        int index = index(nextSeq);
        tickers[index] = tick.ticker();
        encoded[index] = FeedJson.encode(tick);
        nextSeq++;
        held = Math.min(held + 1, encoded.length);
    }

    /** How many ticks it holds at most. */
    int capacity() {
        return encoded.length;
    }

    /** The number of the next tick. */
    synchronized long nextSeq() {
        return nextSeq;
    }

    /** The number of the oldest tick that is held; the next tick's if none is. */
    synchronized long oldestSeq() {
        return nextSeq - held;
    }

    /**
     * Appends ticks to a frame, in order, separated by commas.
     *
     * @param fromSeq where to begin, at least {@link #oldestSeq()}
     * @param maxTicks the most ticks to append
     * @param wanted which tickers
     * @param frame where to
     * @return where to go on
     */
    synchronized long collect(long fromSeq, int maxTicks, Predicate<String> wanted, StringBuilder frame) {
        int appended = 0;
        long seq = fromSeq;
        for (; seq < nextSeq && appended < maxTicks; seq++) {
            int index = index(seq);
            if (wanted.test(tickers[index])) {
                frame.append(frame.isEmpty() ? "" : ",").append(encoded[index]);
                appended++;
            }
        }
        return seq;
    }

    private int index(long seq) {
        return (int) (seq % encoded.length);
    }
}

package io.tradeops.app.feed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The feed's newest ticks, each encoded once, by their numbers. Thread-safe. */
final class TickRing {

    private static final int SHARED_FRAMES = 16;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final String[] tickers;
    private final @Nullable String[] encoded;
    /** Each ticker's newest tick, for who wants the newest only and is further behind than the ring reaches. */
    private final Map<String, Newest> newest = new HashMap<>();

    private long nextSeq;
    private long held;
    private final @Nullable Frame[] shared = new Frame[SHARED_FRAMES];

    /** A ring of {@code capacity} ticks whose first will have the number {@code firstSeq}. */
    TickRing(int capacity, long firstSeq) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
        }
        this.tickers = new String[capacity];
        this.encoded = new String[capacity];
        this.nextSeq = firstSeq;
    }

    /**
     * Ticks as one text.
     *
     * @param json a JSON array in UTF-8, read by several at once, so by duplicates only; empty if there are none
     * @param fromSeq where it begins
     * @param nextSeq where to go on
     */
    record Frame(ByteBuffer json, long fromSeq, long nextSeq) {

        static Frame of(List<String> ticks, long fromSeq, long nextSeq) {
            String text = ticks.isEmpty() ? "" : "[" + String.join(",", ticks) + "]";
            return new Frame(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), fromSeq, nextSeq);
        }
    }

    private record Newest(long seq, String encoded) {}

    /** Adds the tick with the number {@link #nextSeq()}. */
    synchronized void add(FeedMessage.Tick tick) {
        String text = FeedJson.encode(tick);
        put(tick.ticker(), text);
        newest.put(tick.ticker(), new Newest(tick.seq(), text));
    }

    /** Uses up numbers for ticks that the source has lost. */
    synchronized void skip(long count) {
        for (long i = 0; i < Math.min(count, encoded.length); i++) {
            encoded[index(nextSeq + i)] = null;
        }
        nextSeq += count;
        held = Math.min(held + count, encoded.length);
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

    /** How many ticks in a row are lost from a number on; 0 if it is no longer held. */
    synchronized long lostFrom(long seq) {
        long end = seq;
        while (seq >= oldestSeq() && end < nextSeq && encoded[index(end)] == null) {
            end++;
        }
        return end - seq;
    }

    /**
     * Every tick from a number on, up to the next that is lost. Who asks for the same as another did just before gets
     * the same frame.
     *
     * @param fromSeq where to begin
     * @param endSeq where to end, at the next tick's at the latest; the same for all who are to share
     * @param maxTicks the most ticks
     */
    synchronized Frame frame(long fromSeq, long endSeq, int maxTicks) {
        int count = (int) Math.max(0, Math.min(maxTicks, Math.min(endSeq, nextSeq) - fromSeq));
        if (count == 0) {
            return new Frame(NOTHING, fromSeq, fromSeq); // and leave the last frame to those who still want it
        }
        int slot = (int) (fromSeq / maxTicks % SHARED_FRAMES);
        Frame frame = shared[slot];
        if (frame == null || frame.fromSeq != fromSeq || frame.nextSeq != fromSeq + count) {
            frame = frame(fromSeq, count, ticker -> true);
            shared[slot] = frame;
        }
        return frame;
    }

    /** The wanted ticks from a number on, in order, up to the next that is lost; none if it is no longer held. */
    synchronized Frame frame(long fromSeq, int maxTicks, Predicate<String> wanted) {
        List<String> ticks = new ArrayList<>();
        long seq = fromSeq;
        for (; fromSeq >= oldestSeq() && seq < nextSeq && ticks.size() < maxTicks; seq++) {
            String tick = encoded[index(seq)];
            if (tick == null) {
                break;
            }
            if (wanted.test(tickers[index(seq)])) {
                ticks.add(tick);
            }
        }
        return Frame.of(ticks, fromSeq, seq);
    }

    /** Of each wanted ticker the newest tick from a number on, in order; the number needn't be held any more. */
    synchronized Frame newest(long fromSeq, Predicate<String> wanted) {
        if (fromSeq < oldestSeq()) {
            return Frame.of(
                    newest.entrySet().stream()
                            .filter(entry -> entry.getValue().seq >= fromSeq && wanted.test(entry.getKey()))
                            .map(Map.Entry::getValue)
                            .sorted((a, b) -> Long.compare(a.seq, b.seq))
                            .map(Newest::encoded)
                            .toList(),
                    fromSeq,
                    nextSeq);
        }
        List<String> ticks = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (long seq = nextSeq - 1; seq >= fromSeq; seq--) {
            String tick = encoded[index(seq)];
            if (tick != null && wanted.test(tickers[index(seq)]) && seen.add(tickers[index(seq)])) {
                ticks.add(tick);
            }
        }
        Collections.reverse(ticks);
        return Frame.of(ticks, fromSeq, nextSeq);
    }

    private void put(String ticker, String text) {
        tickers[index(nextSeq)] = ticker;
        encoded[index(nextSeq)] = text;
        nextSeq++;
        held = Math.min(held + 1, encoded.length);
    }

    private int index(long seq) {
        return (int) (seq % encoded.length);
    }
}

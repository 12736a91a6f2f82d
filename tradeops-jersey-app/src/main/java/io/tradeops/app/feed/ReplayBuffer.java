package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedJson;
import io.tradeops.app.feed.wire.FeedMessage.Failure;
import io.tradeops.app.feed.wire.FeedMessage.Gap;
import io.tradeops.core.trade.Tick;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The feed's newest ticks, each encoded once, and among them notices to everybody: that numbers are lost, or begin anew.
 * Each of them has a place, which goes on by one whatever the numbers do. Thread-safe.
 */
final class ReplayBuffer {

    /** Of how many tickers the newest tick is known when the ring no longer holds it. */
    static final int MOST_TICKERS = 1 << 16;

    private static final int SHARED_FRAMES = 16;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** A fast feed gives up its oldest ticks before they can be sent: who begins there begins so much of it later. */
    private static final int EDGE = 64;

    private static final String ANEW =
            FeedJson.encode(new Failure(Failure.BEYOND_LAST, "the feed counts anew; ask for it from_seq 1"));

    /** Null where a notice is. */
    private final @Nullable String[] tickers;

    private final String[] encoded;
    /** The number of each tick, and the first that is lost. */
    private final long[] seqs;
    /**
     * Each ticker's newest tick, the oldest first, for who wants the newest only and is further behind than the ring
     * reaches. Of too many tickers, that which ticked longest ago is forgotten.
     */
    private final Map<String, Newest> newest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Newest> eldest) {
            return size() > MOST_TICKERS;
        }
    };

    private long nextSeq;
    private long nextPlace;
    /** Where the counting that goes on has begun. */
    private long countedFrom;

    private final @Nullable Frame[] shared = new Frame[SHARED_FRAMES];

    /** A ring of {@code capacity} ticks and notices whose first tick will have the number {@code firstSeq}. */
    ReplayBuffer(int capacity, long firstSeq) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
        }
        this.tickers = new String[capacity];
        this.encoded = new String[capacity];
        this.seqs = new long[capacity];
        this.nextSeq = firstSeq;
    }

    /**
     * Ticks and notices as one text.
     *
     * @param json a JSON array in UTF-8, read by several at once, so by duplicates only; empty if there are none
     * @param fromPlace where it begins
     * @param nextPlace where to go on
     * @param lastSeq the number before that of the tick that is or will be there
     */
    record Frame(ByteBuffer json, long fromPlace, long nextPlace, long lastSeq) {

        static Frame of(List<String> texts, long fromPlace, long nextPlace, long lastSeq) {
            String text = texts.isEmpty() ? "" : "[" + String.join(",", texts) + "]";
            return new Frame(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), fromPlace, nextPlace, lastSeq);
        }
    }

    /**
     * A place to begin at.
     *
     * @param seq the number there
     * @param missing why numbers before it can't be had
     * @param anew whether the numbers before it are of another counting
     */
    record Start(long place, long seq, String missing, boolean anew) {}

    private record Newest(long place, String encoded) {}

    /** Adds a tick. Before one whose number is not the next there is a notice, be it far ahead or back. */
    synchronized void add(Tick tick) {
        if (tick.seq() > nextSeq) {
            skip(tick.seq() - nextSeq);
        } else if (tick.seq() < nextSeq) {
            put(null, ANEW, 0);
            nextSeq = tick.seq();
            countedFrom = nextPlace;
        }
        String text = FeedJson.encode(tick);
        newest.put(tick.ticker(), new Newest(nextPlace, text));
        put(tick.ticker(), text, 1);
    }

    /** Uses up numbers, at least one, for ticks that the source has lost. */
    synchronized void skip(long count) {
        put(null, FeedJson.encode(new Gap(nextSeq, nextSeq + count - 1, "lost")), count);
    }

    /** How many ticks and notices it holds at most. */
    int capacity() {
        return encoded.length;
    }

    /** The number of the next tick. */
    synchronized long nextSeq() {
        return nextSeq;
    }

    /** The next tick's place. */
    synchronized long nextPlace() {
        return nextPlace;
    }

    /** The oldest place that is held; the next one if none is. */
    synchronized long oldestPlace() {
        return Math.max(0, nextPlace - encoded.length);
    }

    /** Where the next tick will be. */
    synchronized Start next() {
        return new Start(nextPlace, nextSeq, "lost", false);
    }

    /** Where a number is, or what follows it; empty if it is beyond the next one. */
    synchronized Optional<Start> find(long seq) {
        long place = Math.max(oldestPlace(), countedFrom);
        if (seq > nextSeq) {
            return Optional.empty();
        }
        if (seq < seqAt(place)) {
            return Optional.of(new Start(place, seqAt(place), "not_retained", false));
        }
        for (long high = nextPlace; place < high; ) {
            long middle = place + (high - place + 1) / 2;
            if (seqAt(middle) <= seq) {
                place = middle;
            } else {
                high = middle - 1;
            }
        }
        long next = seqAt(place) == seq ? place : place + 1;
        return Optional.of(new Start(next, seqAt(next), "lost", false));
    }

    /** Where who is at a place that is no longer held goes on. */
    synchronized Start nextHeld(long place) {
        long next = Math.min(oldestPlace() + capacity() / EDGE, nextPlace);
        return new Start(next, seqAt(next), "not_retained", place < countedFrom && countedFrom <= next);
    }

    /**
     * Everything from a place on. Who asks for the same as another did just before gets the same frame.
     *
     * @param from where to begin
     * @param end where to end, at the next place at the latest; the same for all who are to share
     * @param most how much of it
     */
    synchronized Frame frame(long from, long end, int most) {
        int count = (int) Math.max(0, Math.min(most, Math.min(end, nextPlace) - from));
        if (count == 0) {
            return new Frame(NOTHING, from, from, 0); // and leave the last frame to those who still want it
        }
        int slot = (int) (from / most % SHARED_FRAMES);
        Frame frame = shared[slot];
        if (frame == null || frame.fromPlace != from || frame.nextPlace != from + count) {
            frame = frame(from, count, ticker -> true);
            shared[slot] = frame;
        }
        return frame;
    }

    /** Notices and the wanted ticks from a place on, in order; nothing if it is no longer held. */
    synchronized Frame frame(long from, int most, Predicate<String> wanted) {
        if (from < oldestPlace()) {
            return new Frame(NOTHING, from, from, 0);
        }
        List<String> texts = new ArrayList<>();
        long place = from;
        for (; place < nextPlace && texts.size() < most; place++) {
            String ticker = tickers[index(place)];
            if (ticker == null || wanted.test(ticker)) {
                texts.add(encoded[index(place)]);
            }
        }
        return Frame.of(texts, from, place, seqAt(place) - 1);
    }

    /**
     * Of each wanted ticker the newest tick from a place on, in order; the place needn't be held any more, save for those
     * beyond {@link #MOST_TICKERS}.
     */
    synchronized Frame newest(long from, Predicate<String> wanted) {
        long counted = Math.max(from, countedFrom);
        List<String> texts = new ArrayList<>();
        if (from < countedFrom) {
            texts.add(ANEW);
        }
        texts.addAll(counted < oldestPlace() ? newestOfAll(counted, wanted) : newestHeld(counted, wanted));
        return Frame.of(texts, from, nextPlace, nextSeq - 1);
    }

    private List<String> newestOfAll(long from, Predicate<String> wanted) {
        return newest.entrySet().stream()
                .filter(entry -> entry.getValue().place >= from && wanted.test(entry.getKey()))
                .map(entry -> entry.getValue().encoded)
                .toList();
    }

    private List<String> newestHeld(long from, Predicate<String> wanted) {
        List<String> texts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (long place = nextPlace - 1; place >= from; place--) {
            String ticker = tickers[index(place)];
            if (ticker != null && wanted.test(ticker) && seen.add(ticker)) {
                texts.add(encoded[index(place)]);
            }
        }
        Collections.reverse(texts);
        return texts;
    }

    private void put(@Nullable String ticker, String text, long numbers) {
        int index = index(nextPlace);
        tickers[index] = ticker;
        encoded[index] = text;
        seqs[index] = nextSeq;
        nextSeq += numbers;
        nextPlace++;
    }

    /** The number at a place that is held, or the next. */
    private long seqAt(long place) {
        return place == nextPlace ? nextSeq : seqs[index(place)];
    }

    private int index(long place) {
        return (int) (place % encoded.length);
    }
}

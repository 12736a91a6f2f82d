package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedJson;
import io.tradeops.app.feed.wire.FeedMessage.Failure;
import io.tradeops.app.feed.wire.FeedMessage.Gap;
import io.tradeops.core.trade.Tick;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The feed's newest ticks, each encoded once. Between them are notices to all clients: of lost ticks, and of sequence
 * restarts. Every tick and every notice has an offset. Offsets increase by one, whatever the sequence numbers do. Readers
 * search copies of a few hundred entries, so that they hardly delay the publisher. Thread-safe.
 */
final class ReplayBuffer {

    /** The number of tickers whose newest tick is known even when it is no longer retained. */
    static final int MAX_TICKERS = 1 << 16;

    /** Sent to all clients at a sequence restart. */
    static final Failure SEQUENCE_RESTARTED =
            new Failure(Failure.BEYOND_LAST, "the feed restarted its sequence; subscribe with from_seq 1");

    private static final String SEQUENCE_RESTARTED_JSON = FeedJson.encode(SEQUENCE_RESTARTED);
    /** The usual limit of a frame. */
    static final int PAGE = 256;

    /** The most entries that are copied within the lock. */
    private static final int SLICE = 512;
    /** The most entries that a frame of some tickers is searched for. */
    private static final int MAX_SEARCHED = 4_096;

    private static final ByteBuffer NO_JSON = ByteBuffer.allocate(0);

    /**
     * A fast feed evicts its oldest ticks before they can be sent. So a client that starts with those starts this
     * fraction of the capacity later.
     */
    private static final int EVICTION_MARGIN = 64;

    /** Null for a notice. */
    private final @Nullable String[] tickers;

    private final String[] encoded;
    /** The sequence number of each tick, or the first one that a notice stands for. */
    private final long[] seqs;
    /** Each ticker's newest tick, for conflating clients that are behind the retained ticks; read without the lock. */
    private final Map<String, Newest> newest = new ConcurrentHashMap<>();

    /** The tickers of {@link #newest}. Beyond the limit, the ticker that ticked longest ago is removed from both. */
    private final Map<String, Boolean> byLastTick = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            boolean isBeyondLimit = size() > MAX_TICKERS;
            if (isBeyondLimit) {
                newest.remove(eldest.getKey());
            }
            return isBeyondLimit;
        }
    };

    private long nextSeq;
    private long nextOffset;
    /** The offset of the first tick of the current sequence. */
    private long sequenceOffset;

    /** For each page the frame that was made last, so that replays share frames, too. */
    private final @Nullable Frame[] shared;

    /**
     * An empty buffer.
     *
     * @param capacity the most ticks and notices that it retains, at least 1
     * @param firstSeq the sequence number of the first tick
     */
    ReplayBuffer(int capacity, long firstSeq) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
        }
        this.tickers = new String[capacity];
        this.encoded = new String[capacity];
        this.seqs = new long[capacity];
        this.shared = new Frame[capacity / PAGE + 2];
        this.nextSeq = firstSeq;
    }

    /**
     * Ticks and notices as one text.
     *
     * @param json a JSON array in UTF-8; empty without ticks and notices. Several threads share it, so read a duplicate
     * @param fromOffset the first offset
     * @param nextOffset the offset after the last
     * @param lastSeq one less than the sequence number at {@code nextOffset}
     */
    record Frame(ByteBuffer json, long fromOffset, long nextOffset, long lastSeq) {

        static Frame of(List<String> texts, long fromOffset, long nextOffset, long lastSeq) {
            String text = texts.isEmpty() ? "" : "[" + String.join(",", texts) + "]";
            return new Frame(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), fromOffset, nextOffset, lastSeq);
        }

        private static Frame empty(long offset) {
            return new Frame(NO_JSON, offset, offset, 0);
        }
    }

    /**
     * An offset to send from.
     *
     * @param offset a retained offset, or the next one
     * @param seq the sequence number there
     * @param missing the reason why the sequence numbers before it are not sent
     * @param sequenceRestarted whether the sequence numbers before it are of an earlier sequence
     */
    record Start(long offset, long seq, String missing, boolean sequenceRestarted) {}

    private record Newest(long offset, String encoded) {}

    /** A copy of consecutive entries, to be searched without the lock. */
    private static final class Slice {

        private final @Nullable String[] tickers;
        private final String[] encoded;
        /** One more than there are entries: also the sequence number after the last. */
        private final long[] seqs;

        private Slice(int size) {
            this.tickers = new String[size];
            this.encoded = new String[size];
            this.seqs = new long[size + 1];
        }

        private int size() {
            return encoded.length;
        }
    }

    /** Adds a tick. If its sequence number is not the next one, a notice of a gap or of a sequence restart precedes it. */
    synchronized void add(Tick tick) {
        if (tick.seq() > nextSeq) {
            skip(tick.seq() - nextSeq);
        } else if (tick.seq() < nextSeq) {
            restartSequence(tick.seq());
        }
        String text = FeedJson.encode(tick);
        newest.put(tick.ticker(), new Newest(nextOffset, text));
        byLastTick.put(tick.ticker(), true);
        put(tick.ticker(), text, 1);
    }

    private void restartSequence(long firstSeq) {
        put(null, SEQUENCE_RESTARTED_JSON, 0);
        nextSeq = firstSeq;
        sequenceOffset = nextOffset;
    }

    /** Adds a notice that the source has lost {@code count} ticks, at least one, and uses up their sequence numbers. */
    synchronized void skip(long count) {
        put(null, FeedJson.encode(new Gap(nextSeq, nextSeq + count - 1, "lost")), count);
    }

    /** The most ticks and notices that are retained. */
    int capacity() {
        return encoded.length;
    }

    /** The sequence number of the next tick. */
    synchronized long nextSeq() {
        return nextSeq;
    }

    /** The offset of the next tick or notice. */
    synchronized long nextOffset() {
        return nextOffset;
    }

    /** The oldest retained offset; the next offset if the buffer is empty. */
    synchronized long oldestOffset() {
        return Math.max(0, nextOffset - encoded.length);
    }

    /** The start that sends only ticks added from now on. */
    synchronized Start next() {
        return new Start(nextOffset, nextSeq, "lost", false);
    }

    /** The offset of a sequence number of the current sequence, or the first one after it; empty beyond the next tick. */
    synchronized Optional<Start> find(long seq) {
        long oldest = Math.max(oldestOffset(), sequenceOffset);
        if (seq > nextSeq) {
            return Optional.empty();
        }
        if (seq < seqAt(oldest)) {
            return Optional.of(new Start(oldest, seqAt(oldest), "not_retained", false));
        }
        long offset = lastAtMost(seq, oldest);
        long found = seqAt(offset) == seq ? offset : offset + 1;
        return Optional.of(new Start(found, seqAt(found), "lost", false));
    }

    /** Binary search for the last offset whose sequence number is at most {@code seq}; at {@code from} it is. */
    private long lastAtMost(long seq, long from) {
        long low = from;
        long high = nextOffset;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (seqAt(middle) <= seq) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The start for a client at an offset that is no longer retained. */
    synchronized Start nextRetained(long offset) {
        long next = Math.min(oldestOffset() + capacity() / EVICTION_MARGIN, nextOffset);
        return new Start(next, seqAt(next), "not_retained", offset < sequenceOffset && sequenceOffset <= next);
    }

    /**
     * All ticks and notices from an offset on, to the end of a page of {@code limit} offsets at most. Calls with the same
     * arguments shortly after each other return the same frame.
     *
     * @param from the first offset
     * @param end the offset to stop before; the same for all clients that share frames
     * @param limit the most ticks and notices
     * @return an empty frame at {@code from} if it is not before {@code end}, or no longer retained
     */
    Frame frame(long from, long end, int limit) {
        long page = from / limit;
        long stop = Math.min(Math.min(end, nextOffset()), (page + 1) * limit);
        int slot = (int) (page % shared.length);
        Frame frame = sharedFrame(slot);
        if (frame == null || frame.fromOffset != from || frame.nextOffset != stop) {
            frame = newFrame(from, stop, limit, ticker -> true);
            share(slot, frame);
        }
        return frame;
    }

    private synchronized @Nullable Frame sharedFrame(int slot) {
        return shared[slot];
    }

    /** An empty frame leaves the place to the clients that still need the other. */
    private synchronized void share(int slot, Frame frame) {
        if (frame.nextOffset > frame.fromOffset) {
            shared[slot] = frame;
        }
    }

    /**
     * Notices and the ticks of the filtered tickers from an offset on, in order. It may stop before it has found any; its
     * {@code nextOffset} is where to continue.
     *
     * @param from the first offset
     * @param end the offset to stop before
     * @param limit the most ticks and notices
     * @return an empty frame at {@code from} if it is not before {@code end}, or no longer retained
     */
    Frame frame(long from, long end, int limit, Predicate<String> filter) {
        return newFrame(from, Math.min(end, from + MAX_SEARCHED), limit, filter);
    }

    private Frame newFrame(long from, long end, int limit, Predicate<String> filter) {
        List<String> texts = new ArrayList<>();
        long offset = from;
        long seq = 1;
        while (texts.size() < limit) {
            Slice slice = slice(offset, end);
            if (slice.size() == 0) {
                break;
            }
            int i = 0;
            for (; i < slice.size() && texts.size() < limit; i++) {
                String ticker = slice.tickers[i];
                if (ticker == null || filter.test(ticker)) {
                    texts.add(slice.encoded[i]);
                }
            }
            offset += i;
            seq = slice.seqs[i];
        }
        return offset == from ? Frame.empty(from) : Frame.of(texts, from, offset, seq - 1);
    }

    /**
     * The newest tick of each filtered ticker, of those from an offset on, in order. The offset need not be retained,
     * except for tickers beyond {@link #MAX_TICKERS}.
     */
    Frame newest(long from, Predicate<String> filter) {
        long end;
        long lastSeq;
        long firstOffset;
        synchronized (this) {
            end = nextOffset;
            lastSeq = nextSeq - 1;
            firstOffset = sequenceOffset;
        }
        long start = Math.max(from, firstOffset);
        List<String> texts = new ArrayList<>();
        if (from < firstOffset) {
            texts.add(SEQUENCE_RESTARTED_JSON);
        }
        texts.addAll(newestRetained(start, end, filter).orElseGet(() -> newestKnown(start, end, filter)));
        return Frame.of(texts, from, end, lastSeq);
    }

    /** A ticker that ticks meanwhile has a tick beyond the end, which belongs to the next frame. */
    private List<String> newestKnown(long from, long end, Predicate<String> filter) {
        return newest.entrySet().stream()
                .filter(entry -> filter.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(tick -> tick.offset >= from && tick.offset < end)
                .sorted(Comparator.comparingLong(Newest::offset))
                .map(Newest::encoded)
                .toList();
    }

    /** Empty if some of the ticks are not retained. */
    private Optional<List<String>> newestRetained(long from, long end, Predicate<String> filter) {
        if (from < oldestOffset()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (long offset = end; offset > from; offset -= SLICE) {
            long start = Math.max(from, offset - SLICE);
            Slice slice = slice(start, offset);
            if (slice.size() < offset - start) {
                return Optional.empty(); // evicted meanwhile
            }
            for (int i = slice.size() - 1; i >= 0; i--) {
                String ticker = slice.tickers[i];
                if (ticker != null && filter.test(ticker) && seen.add(ticker)) {
                    texts.add(slice.encoded[i]);
                }
            }
        }
        Collections.reverse(texts);
        return Optional.of(texts);
    }

    /** Copies entries from an offset on, a few hundred at most; none if the offset is not retained. */
    private synchronized Slice slice(long from, long end) {
        boolean isRetained = from >= oldestOffset();
        int size = isRetained ? (int) Math.max(0, Math.min(SLICE, Math.min(end, nextOffset) - from)) : 0;
        Slice slice = new Slice(size);
        for (int i = 0; i < size; i++) {
            int index = index(from + i);
            slice.tickers[i] = tickers[index];
            slice.encoded[i] = encoded[index];
            slice.seqs[i] = seqs[index];
        }
        if (size > 0) {
            slice.seqs[size] = seqAt(from + size);
        }
        return slice;
    }

    private void put(@Nullable String ticker, String text, long seqCount) {
        int index = index(nextOffset);
        tickers[index] = ticker;
        encoded[index] = text;
        seqs[index] = nextSeq;
        nextSeq += seqCount;
        nextOffset++;
    }

    /** The sequence number at a retained offset, or at the next one. */
    private long seqAt(long offset) {
        return offset == nextOffset ? nextSeq : seqs[index(offset)];
    }

    private int index(long offset) {
        return (int) (offset % encoded.length);
    }
}

package io.tradeops.core.window;

import io.tradeops.core.window.PriceMove.Point;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The ticks of the allowed lateness, in the order of their times, with ticks of equal times in the order of their
 * arrival. A tick can be inserted anywhere. A lower key is better; of equal keys the latest tick is the best. Not
 * thread-safe.
 */
final class RecentTicks {

    /*
     * The ticks are in blocks of 32 to 128, so that an insertion moves few of them. The newest block, the tail, is open:
     * a tick in order is appended to it. The others are sealed. A summary of each sealed block holds the time of its
     * last tick, and key and time of its best tick. The best tick of all sealed blocks is known, so a tick in order
     * compares two keys. A query for any range of time reads the summaries, and at most two blocks and the tail.
     *
     * Once no tick can be inserted into the oldest block any more, its ticks move to a monotonic queue: from the back, each
     * that is better than all behind it. So the queue sees few of them, which is faster than one push for each tick.
     *
     * The arrays of removed blocks are kept for later blocks, at the end of the array of blocks. So a steady stream of
     * ticks allocates nothing.
     */

    /** The key of no tick; greater than all others. */
    static final long NO_KEY = Long.MAX_VALUE;

    private static final int STRIDE = MonotonicTicks.STRIDE;
    private static final int KEY = MonotonicTicks.KEY;
    private static final int SEQ = MonotonicTicks.SEQ;

    private static final int FIRST_CAPACITY = 4;
    private static final int SMALLEST_BLOCK = 32;
    private static final int LARGEST_BLOCK = 128;
    private static final int BLOCKS_DROPPED_AT_ONCE = 64;
    private static final int MOST_SPARES = 4;

    private static final int SUMMARY_BITS = 2;
    private static final int BEST_KEY = 1;
    private static final int BEST_TIME = 2;
    private static final int SIZE = 3;

    private static final long[] NONE = {};
    private static final long[][] NO_BLOCKS = {};

    private final TickBudget budget;
    private long[] tail = NONE;
    private int tailSize;
    private long tailBestKey = NO_KEY;
    private long tailBestTime;
    private int sealed;
    private int best;
    private int ticks;
    private int spares;
    private int allocated;
    private long[][] blocks = NO_BLOCKS;
    private long[] summaries = NONE;

    RecentTicks(TickBudget budget) {
        this.budget = budget;
    }

    /** The best key of the ticks from a time on. */
    long bestKey(long from) {
        if (tailSize > 0 && tailBestTime < from) {
            return bestKey(from, Long.MAX_VALUE);
        }
        if (sealed == 0) {
            return tailBestKey;
        }
        int summary = best << SUMMARY_BITS;
        return summaries[summary + BEST_TIME] < from
                ? bestKey(from, Long.MAX_VALUE)
                : Math.min(tailBestKey, summaries[summary + BEST_KEY]);
    }

    /** The best key of the ticks between two times, both inclusive. */
    long bestKey(long from, long to) {
        long found = NO_KEY;
        int i = firstBlock(from - 1);
        for (; i < sealed; i++) {
            int summary = i << SUMMARY_BITS;
            boolean inside = summaries[summary + BEST_TIME] >= from && summaries[summary + BEST_TIME] <= to;
            long key = inside ? summaries[summary + BEST_KEY] : bestKey(blocks[i], sizeOf(i), from, to);
            found = Math.min(found, key);
            if (summaries[summary] > to) {
                return found;
            }
        }
        boolean inside = tailBestTime >= from && tailBestTime <= to;
        return Math.min(found, inside ? tailBestKey : bestKey(tail, tailSize, from, to));
    }

    /** The latest tick with a key between two times, both inclusive. */
    Optional<Point> latest(long key, long from, long to, RuleArithmetic rule) {
        int found = latest(tail, tailSize, key, from, to);
        if (found >= 0) {
            return Optional.of(MonotonicTicks.point(tail, found, rule));
        }
        for (int i = Math.min(firstBlock(to), sealed - 1); i >= 0; i--) {
            boolean possible = summaries[i << SUMMARY_BITS] >= from && summaries[(i << SUMMARY_BITS) + BEST_KEY] <= key;
            found = possible ? latest(blocks[i], sizeOf(i), key, from, to) : -1;
            if (found >= 0) {
                return Optional.of(MonotonicTicks.point(blocks[i], found, rule));
            }
        }
        return Optional.empty();
    }

    /** Appends the newest tick; false if there is no room for it and it does not replace another. */
    boolean append(long time, long key, long seq) {
        if (tailSize * STRIDE == tail.length && !extendTail()) {
            return replaceNewest(time, key, seq);
        }
        put(tail, tailSize, time, key, seq);
        tailSize++;
        ticks++;
        noteInTail(time, key);
        return true;
    }

    /** Inserts a tick behind those that are not later; false if there is no room for it. */
    boolean insert(long time, long key, long seq) {
        int block = firstBlock(time);
        if (block < sealed) {
            return insertInto(block, time, key, seq);
        }
        if (tailSize * STRIDE == tail.length) {
            return extendTail() && insert(time, key, seq);
        }
        insertAt(tail, tailSize, firstAfter(tail, tailSize, time), time, key, seq);
        tailSize++;
        ticks++;
        noteInTail(time, key);
        return true;
    }

    /**
     * Moves the ticks of the oldest block to a queue if none is after the watermark, and removes blocks whose ticks are
     * all before {@code expiry}. Ticks that are inserted later must not be before the watermark.
     */
    void moveTo(MonotonicTicks older, long watermark, long expiry) {
        if (sealed == 0) {
            if (tailSize > 0 && tail[(tailSize - 1) * STRIDE] <= watermark) {
                move(tail, tailSize, older);
                clearTail();
                ticks = 0;
            }
        } else if (summaries[0] <= watermark) {
            moveFirstBlock(older, expiry);
        }
    }

    /** Passes on every tick in order. */
    void forEach(RuleArithmetic rule, Consumer<Point> consumer) {
        for (int block = 0; block < sealed; block++) {
            for (int i = 0; i < sizeOf(block); i++) {
                consumer.accept(MonotonicTicks.point(blocks[block], i * STRIDE, rule));
            }
        }
        for (int i = 0; i < tailSize; i++) {
            consumer.accept(MonotonicTicks.point(tail, i * STRIDE, rule));
        }
    }

    /** Removes all ticks and returns the capacity to the budget. */
    void release() {
        budget.release(allocated);
        allocated = 0;
        tail = NONE;
        clearTail();
        blocks = NO_BLOCKS;
        summaries = NONE;
        sealed = 0;
        best = 0;
        ticks = 0;
        spares = 0;
    }

    private int sizeOf(int block) {
        return (int) summaries[(block << SUMMARY_BITS) + SIZE];
    }

    private void noteInTail(long time, long key) {
        if (key < tailBestKey || (key == tailBestKey && time >= tailBestTime)) {
            tailBestKey = key;
            tailBestTime = time;
        }
    }

    private void clearTail() {
        tailSize = 0;
        tailBestKey = NO_KEY;
    }

    /** The first sealed block with a tick after a time; the number of sealed blocks if there is none. */
    private int firstBlock(long time) {
        int low = 0;
        int high = sealed;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (summaries[middle << SUMMARY_BITS] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The index of a block's first tick after a time; the size if there is none. */
    private static int firstAfter(long[] block, int size, long time) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (block[middle * STRIDE] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long bestKey(long[] block, int size, long from, long to) {
        long found = NO_KEY;
        int end = firstAfter(block, size, to) * STRIDE;
        for (int slot = firstAfter(block, size, from - 1) * STRIDE; slot < end; slot += STRIDE) {
            found = Math.min(found, block[slot + KEY]);
        }
        return found;
    }

    /** The slot of a block's latest tick with a key between two times; -1 if there is none. */
    private static int latest(long[] block, int size, long key, long from, long to) {
        int slot = (firstAfter(block, size, to) - 1) * STRIDE;
        while (slot >= 0 && block[slot] >= from) {
            if (block[slot + KEY] == key) {
                return slot;
            }
            slot -= STRIDE;
        }
        return -1;
    }

    /** Without room the newest tick is replaced by a tick that is as good, which is the better reference from now on. */
    private boolean replaceNewest(long time, long key, long seq) {
        if (tailSize == 0 || tail[(tailSize - 1) * STRIDE + KEY] < key) {
            return false;
        }
        put(tail, tailSize - 1, time, key, seq);
        noteInTail(time, key);
        return true;
    }

    private static void put(long[] block, int index, long time, long key, long seq) {
        int slot = index * STRIDE;
        block[slot] = time;
        block[slot + KEY] = key;
        block[slot + SEQ] = seq;
    }

    private static void insertAt(long[] block, int size, int index, long time, long key, long seq) {
        System.arraycopy(block, index * STRIDE, block, (index + 1) * STRIDE, (size - index) * STRIDE);
        put(block, index, time, key, seq);
    }

    private boolean insertInto(int block, long time, long key, long seq) {
        int size = sizeOf(block);
        if (size * STRIDE == blocks[block].length) {
            return extend(block) && insert(time, key, seq);
        }
        insertAt(blocks[block], size, firstAfter(blocks[block], size, time), time, key, seq);
        int summary = block << SUMMARY_BITS;
        summaries[summary + SIZE] = size + 1L;
        ticks++;
        if (key < summaries[summary + BEST_KEY]
                || (key == summaries[summary + BEST_KEY] && time >= summaries[summary + BEST_TIME])) {
            summaries[summary + BEST_KEY] = key;
            summaries[summary + BEST_TIME] = time;
            noteSealed(block);
        }
        return true;
    }

    /** Compares a sealed block's best tick with that of all sealed blocks. */
    private void noteSealed(int block) {
        long key = summaries[(block << SUMMARY_BITS) + BEST_KEY];
        long bestKey = summaries[(best << SUMMARY_BITS) + BEST_KEY];
        if (key < bestKey || (key == bestKey && block > best)) {
            best = block;
        }
    }

    private void findBest() {
        best = 0;
        for (int block = 1; block < sealed; block++) {
            noteSealed(block);
        }
    }

    /** The capacity that a new block should have: about an eighth of the ticks. */
    private int blockCapacity() {
        return Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, Integer.highestOneBit(Math.max(1, ticks)) >> 3));
    }

    /** Makes room in the full tail: it grows, or it is sealed and an empty one takes its place. */
    private boolean extendTail() {
        int capacity = tail.length / STRIDE;
        if (capacity < SMALLEST_BLOCK) {
            int larger = Math.max(FIRST_CAPACITY, 2 * capacity);
            if (!allocate(larger - capacity)) {
                return false;
            }
            tail = Arrays.copyOf(tail, larger * STRIDE);
            return true;
        }
        return sealTail();
    }

    private boolean sealTail() {
        long[] next = newBlock(SMALLEST_BLOCK, blockCapacity());
        if (next.length == 0) {
            return false;
        }
        addBlock(sealed, tail, tailSize);
        int summary = (sealed - 1) << SUMMARY_BITS;
        summaries[summary] = tail[(tailSize - 1) * STRIDE];
        summaries[summary + BEST_KEY] = tailBestKey;
        summaries[summary + BEST_TIME] = tailBestTime;
        noteSealed(sealed - 1);
        tail = next;
        clearTail();
        return true;
    }

    /** Makes room in a full sealed block: it grows, or it is split into two. */
    private boolean extend(int block) {
        int capacity = blocks[block].length / STRIDE;
        if (capacity < blockCapacity()) {
            if (!allocate(capacity)) {
                return false;
            }
            blocks[block] = Arrays.copyOf(blocks[block], 2 * capacity * STRIDE);
            return true;
        }
        long[] upper = newBlock(capacity, capacity);
        if (upper.length == 0) {
            return false;
        }
        int half = capacity / 2;
        System.arraycopy(blocks[block], half * STRIDE, upper, 0, (capacity - half) * STRIDE);
        addBlock(block + 1, upper, capacity - half);
        summaries[(block << SUMMARY_BITS) + SIZE] = half;
        summarize(block);
        summarize(block + 1);
        findBest();
        return true;
    }

    private void addBlock(int at, long[] block, int size) {
        if (sealed + spares == blocks.length) {
            growBlocks();
        }
        int summary = at << SUMMARY_BITS;
        if (at < sealed) {
            int next = summary + (1 << SUMMARY_BITS);
            System.arraycopy(blocks, at, blocks, at + 1, sealed - at);
            System.arraycopy(summaries, summary, summaries, next, (sealed - at) << SUMMARY_BITS);
        }
        blocks[at] = block;
        summaries[summary + SIZE] = size;
        sealed++;
    }

    private void growBlocks() {
        long[][] more = new long[Math.max(4, 2 * blocks.length)][];
        System.arraycopy(blocks, 0, more, 0, sealed);
        System.arraycopy(blocks, sealed, more, more.length - spares, spares);
        blocks = more;
        summaries = Arrays.copyOf(summaries, more.length << SUMMARY_BITS);
    }

    /** Writes a sealed block's summary, whose size is already right. */
    private void summarize(int block) {
        long[] from = blocks[block];
        int end = sizeOf(block) * STRIDE;
        long bestKey = NO_KEY;
        long bestTime = 0;
        for (int slot = 0; slot < end; slot += STRIDE) {
            if (from[slot + KEY] <= bestKey) {
                bestKey = from[slot + KEY];
                bestTime = from[slot];
            }
        }
        int summary = block << SUMMARY_BITS;
        summaries[summary] = from[end - STRIDE];
        summaries[summary + BEST_KEY] = bestKey;
        summaries[summary + BEST_TIME] = bestTime;
    }

    private void moveFirstBlock(MonotonicTicks older, long expiry) {
        if (summaries[0] < expiry) {
            removeBefore(expiry);
            return;
        }
        long[] block = blocks[0];
        move(block, sizeOf(0), older);
        ticks -= sizeOf(0);
        removeBlocks(1);
        keep(block);
    }

    /** Moves the ticks of a block, which is then empty. */
    private void move(long[] block, int size, MonotonicTicks older) {
        int end = size * STRIDE;
        int kept = end;
        long best = NO_KEY;
        for (int slot = end - STRIDE; slot >= 0; slot -= STRIDE) {
            long key = block[slot + KEY];
            if (key < best) {
                best = key;
                kept -= STRIDE;
                block[kept] = block[slot];
                block[kept + KEY] = key;
                block[kept + SEQ] = block[slot + SEQ];
            }
        }
        for (int slot = kept; slot < end; slot += STRIDE) {
            if (!older.push(block[slot], block[slot + KEY], block[slot + SEQ])) {
                budget.countRefused();
            }
        }
    }

    private void removeBefore(long time) {
        int count = 0;
        while (count < BLOCKS_DROPPED_AT_ONCE && count < sealed && summaries[count << SUMMARY_BITS] < time) {
            ticks -= sizeOf(count);
            release(blocks[count]);
            count++;
        }
        removeBlocks(count);
    }

    private void removeBlocks(int count) {
        sealed -= count;
        System.arraycopy(blocks, count, blocks, 0, sealed);
        Arrays.fill(blocks, sealed, sealed + count, NONE);
        System.arraycopy(summaries, count << SUMMARY_BITS, summaries, 0, sealed << SUMMARY_BITS);
        if (best >= count) {
            best -= count;
        } else {
            findBest();
        }
    }

    /** Keeps the array of a removed block for a later one, unless there are enough of them. */
    private void keep(long[] block) {
        if (spares < MOST_SPARES && spares <= sealed) {
            spares++;
            blocks[blocks.length - spares] = block;
        } else {
            release(block);
        }
    }

    /**
     * An empty block: one that was kept if it has the least capacity, or a new one; an array of length 0 if the budget
     * has no room for that.
     */
    private long[] newBlock(int leastCapacity, int capacity) {
        long[] kept = spares > 0 ? blocks[blocks.length - spares] : NONE;
        if (kept.length >= leastCapacity * STRIDE) {
            blocks[blocks.length - spares] = NONE;
            spares--;
            return kept;
        }
        return allocate(capacity) ? new long[capacity * STRIDE] : NONE;
    }

    private boolean allocate(int capacity) {
        if (!budget.allocate(capacity)) {
            return false;
        }
        allocated += capacity;
        return true;
    }

    private void release(long[] block) {
        allocated -= block.length / STRIDE;
        budget.release(block.length / STRIDE);
    }
}

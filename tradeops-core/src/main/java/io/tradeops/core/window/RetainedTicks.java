package io.tradeops.core.window;

import io.tradeops.core.window.PriceMove.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The ticks of a detector that can still be references, in the order of their times, with ticks of equal times in the
 * order of their arrival. A tick of the allowed lateness can be inserted anywhere. A lower key is better; of equal keys
 * the latest tick is the best. Not thread-safe.
 */
final class RetainedTicks {

    /*
     * The ticks are in blocks of up to 128. The newest block, the tail, is open: a tick in order is appended to it. The
     * others are sealed, and have a summary. So an insertion moves the ticks of one block, and a query reads summaries
     * and at most three blocks.
     *
     * Once no tick can be inserted before a tick any more, it is aged. An aged tick replaces the earlier ticks that are not
     * better (the ascending minima algorithm). But that waits until the tail is full, so most ticks only write
     * themselves. Then the aged part of the tail and at most two sealed blocks are thinned out. So no tick pays for all
     * others, and what is left is moved in bulk.
     *
     * The best tick of the window is remembered until it leaves the window. Then the next best is the first in the window,
     * if that is in a part that is thinned out and no later part has a better one. What is best in later parts is known.
     */

    /** The key of no tick; greater than all others. */
    private static final long NO_KEY = Long.MAX_VALUE;

    private static final int STRIDE = 4;
    private static final int KEY = 1;
    private static final int SEQ = 2;

    private static final int FIRST_CAPACITY = 4;
    private static final int BLOCK = 128;
    private static final int THINNED_AT_ONCE = 2;
    private static final int MOST_SPARES = 4;

    /** A summary: the time of the block's last tick, its best key, that of it and all later sealed blocks, its size. */
    private static final int SUMMARY_BITS = 2;

    private static final int BEST = 1;
    private static final int BEST_FROM_HERE = 2;
    private static final int SIZE = 3;

    private static final long[] NONE = {};
    private static final long[][] NO_BLOCKS = {};

    private final RuleArithmetic rule;
    private final TickBudget budget;

    private long[] tail = NONE;
    private int tailSize;

    /** The first ticks of the tail, which are aged and thinned out: their keys rise. */
    private int tailThinned;

    /** The best key of the other ticks of the tail. */
    private long tailRestBest = NO_KEY;

    /** The best key of all ticks from any time up to {@code bestTime} on. */
    private long bestKey = NO_KEY;

    private long bestTime = Long.MAX_VALUE;

    /** The sealed blocks, and behind them the spare ones. */
    private long[][] blocks = NO_BLOCKS;

    private long[] summaries = NONE;
    private int sealed;
    private int spares;

    /** The first sealed blocks, whose ticks are aged and thinned out: their keys rise. */
    private int thinned;

    /** The first sealed blocks, which are before the window. */
    private int outdated;

    /** The first ticks of the block after them, which are before the window as well. */
    private int outdatedTicks;

    private int allocated;

    RetainedTicks(RuleArithmetic rule, TickBudget budget) {
        this.rule = rule;
        this.budget = budget;
    }

    /** The best price of the ticks from a time on, which is not before that of an earlier call. */
    long bestPrice(long from) {
        if (bestTime < from) {
            findBest(from);
        }
        return price(bestKey);
    }

    /** The best price of the ticks between two times, both inclusive. */
    long bestPrice(long from, long to) {
        int i = firstBlock(from - 1);
        long found = i < sealed ? lowest(blocks[i], sizeOf(i), from, to) : NO_KEY;
        while (i < sealed && summaries[i << SUMMARY_BITS] <= to) {
            i++;
            if (i < sealed) {
                boolean whole = summaries[i << SUMMARY_BITS] <= to;
                long key = whole ? summaries[(i << SUMMARY_BITS) + BEST] : lowest(blocks[i], sizeOf(i), from, to);
                found = Math.min(found, key);
            }
        }
        return price(i < sealed ? found : Math.min(found, lowest(tail, tailSize, from, to)));
    }

    /** The latest tick with a price between two times, both inclusive. There must be one. */
    Point latest(long price, long from, long to) {
        long key = rule.key(price);
        int slot = latest(tail, tailSize, key, from, to);
        long[] block = tail;
        for (int i = Math.min(firstBlock(to), sealed - 1); slot < 0; i--) {
            if (summaries[(i << SUMMARY_BITS) + BEST] <= key) {
                block = blocks[i];
                slot = latest(block, sizeOf(i), key, from, to);
            }
        }
        return point(block, slot);
    }

    /** Appends the newest tick. */
    void append(long time, long price, long seq) {
        long key = rule.key(price);
        if (tailSize * STRIDE == tail.length && !makeRoom(time, key)) {
            replaceNewest(time, key, seq);
            return;
        }
        put(tail, tailSize, time, key, seq);
        tailSize++;
        tailRestBest = Math.min(tailRestBest, key);
        noteBest(time, key);
    }

    /** Inserts a tick of the allowed lateness behind those that are not later. */
    void insert(long time, long price, long seq, long newest) {
        long key = rule.key(price);
        int block = firstBlock(time);
        boolean full = block < sealed ? sizeOf(block) == BLOCK : tailSize * STRIDE == tail.length;
        if (full) {
            if (block < sealed ? split(block) : makeRoom(newest, NO_KEY)) {
                insert(time, price, seq, newest);
            } else {
                budget.countRefused();
            }
            return;
        }
        if (block < sealed) {
            insertInto(blocks[block], sizeOf(block), time, key, seq);
            summaries[(block << SUMMARY_BITS) + SIZE]++;
            summaries[(block << SUMMARY_BITS) + BEST] = Math.min(summaries[(block << SUMMARY_BITS) + BEST], key);
            noteFromHere(block, key);
        } else {
            insertInto(tail, tailSize, time, key, seq);
            tailSize++;
            tailRestBest = Math.min(tailRestBest, key);
        }
        if (time >= newest - rule.windowNanos) {
            noteBest(time, key);
        }
    }

    /**
     * The ticks that can still be references, in the order of their times. They depend only on the ticks that arrived,
     * not on how many of them have been replaced or removed so far.
     */
    List<Point> inOrder(long newest) {
        List<Point> ticks = new ArrayList<>();
        for (int block = 0; block < sealed; block++) {
            addInOrder(ticks, blocks[block], sizeOf(block), newest);
        }
        addInOrder(ticks, tail, tailSize, newest);
        return ticks;
    }

    private void addInOrder(List<Point> ticks, long[] block, int size, long newest) {
        long watermark = newest - rule.allowedLatenessNanos;
        for (int i = 0; i < size; i++) {
            Point tick = point(block, i * STRIDE);
            if (tick.epochNanos() >= watermark - rule.windowNanos) {
                while (tick.epochNanos() <= watermark
                        && !ticks.isEmpty()
                        && rule.key(ticks.get(ticks.size() - 1).priceUnits()) >= rule.key(tick.priceUnits())) {
                    ticks.remove(ticks.size() - 1);
                }
                ticks.add(tick);
            }
        }
    }

    /** Removes all ticks and returns the capacity to the budget. */
    void release() {
        budget.release(allocated);
        allocated = 0;
        tail = NONE;
        emptyTail();
        bestKey = NO_KEY;
        bestTime = Long.MAX_VALUE;
        blocks = NO_BLOCKS;
        summaries = NONE;
        sealed = 0;
        spares = 0;
        thinned = 0;
        outdated = 0;
        outdatedTicks = 0;
    }

    private long price(long key) {
        return key == NO_KEY ? RuleArithmetic.NO_PRICE : rule.price(key);
    }

    private Point point(long[] block, int slot) {
        return new Point(block[slot], rule.price(block[slot + KEY]), block[slot + SEQ]);
    }

    private void noteBest(long time, long key) {
        if (key < bestKey || (key == bestKey && time > bestTime)) {
            bestKey = key;
            bestTime = time;
        }
    }

    private void findBest(long from) {
        if (outdated < sealed && summaries[outdated << SUMMARY_BITS] < from) {
            outdated = firstBlock(from - 1);
            outdatedTicks = 0;
        }
        if (outdated < sealed) {
            int size = sizeOf(outdated);
            findBest(blocks[outdated], size, outdated < thinned ? size : 0, from);
            long later = outdated + 1 < sealed ? summaries[((outdated + 1) << SUMMARY_BITS) + BEST_FROM_HERE] : NO_KEY;
            later = Math.min(later, tailThinned > 0 ? Math.min(tail[KEY], tailRestBest) : tailRestBest);
            noteLater(summaries[outdated << SUMMARY_BITS] + 1, later);
            return;
        }
        if (tailThinned == 0 || tail[(tailThinned - 1) * STRIDE] < from) {
            thinTail(from + rule.windowNanos - rule.allowedLatenessNanos, NO_KEY);
        }
        findBest(tail, tailSize, tailThinned, from);
        if (outdatedTicks < tailThinned) {
            noteLater(tail[(tailThinned - 1) * STRIDE] + 1, tailRestBest);
        }
    }

    /** Finds the best tick of a block from a time on. The keys of its first ticks rise. */
    private void findBest(long[] block, int size, int rising, long from) {
        int first = outdatedTicks;
        while (first < size && block[first * STRIDE] < from) {
            first++;
        }
        outdatedTicks = first;
        bestKey = NO_KEY;
        bestTime = Long.MAX_VALUE;
        int end = (first < rising ? first + 1 : size) * STRIDE;
        for (int slot = first * STRIDE; slot < end; slot += STRIDE) {
            if (block[slot + KEY] <= bestKey) {
                bestKey = block[slot + KEY];
                bestTime = block[slot];
            }
        }
    }

    private void noteLater(long from, long key) {
        if (key < bestKey) {
            bestKey = key;
            bestTime = from;
        }
    }

    private int sizeOf(int block) {
        return (int) summaries[(block << SUMMARY_BITS) + SIZE];
    }

    /** The first sealed block with a tick after a time; the number of sealed blocks if there is none. */
    private int firstBlock(long time) {
        return firstAfter(summaries, sealed, time);
    }

    private static int firstAfter(long[] block, int size, long time) {
        return firstAfter(block, 0, size, time);
    }

    /** The index of the first tick or summary with a number that is greater; the size if there is none. */
    private static int firstAfter(long[] block, int field, int size, long number) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (block[middle * STRIDE + field] <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long lowest(long[] block, int size, long from, long to) {
        return lowest(block, firstAfter(block, size, from - 1), firstAfter(block, size, to));
    }

    private static long lowest(long[] block, int from, int to) {
        long found = NO_KEY;
        for (int slot = from * STRIDE; slot < to * STRIDE; slot += STRIDE) {
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

    private static void put(long[] block, int index, long time, long key, long seq) {
        int slot = index * STRIDE;
        block[slot] = time;
        block[slot + KEY] = key;
        block[slot + SEQ] = seq;
    }

    private static void insertInto(long[] block, int size, long time, long key, long seq) {
        int index = firstAfter(block, size, time);
        System.arraycopy(block, index * STRIDE, block, (index + 1) * STRIDE, (size - index) * STRIDE);
        put(block, index, time, key, seq);
    }

    /** Without room the newest tick is replaced by a tick that is as good, which is the better reference from now on. */
    private void replaceNewest(long time, long key, long seq) {
        if (tailSize == 0 || tail[(tailSize - 1) * STRIDE + KEY] < key) {
            budget.countRefused();
            return;
        }
        tailThinned = Math.min(tailThinned, tailSize - 1);
        put(tail, tailSize - 1, time, key, seq);
        tailRestBest = Math.min(tailRestBest, key);
        noteBest(time, key);
    }

    /**
     * Makes room in the full tail: it is thinned out, it grows, or it is sealed and an empty one takes its place. False
     * if there is no room.
     *
     * @param nextKey the key of the next tick, if that replaces ticks at once
     */
    private boolean makeRoom(long newest, long nextKey) {
        long watermark = newest - rule.allowedLatenessNanos;
        removeBlocks(0, firstBlock(watermark - rule.windowNanos - 1));
        for (int i = 0;
                i < THINNED_AT_ONCE && thinned < sealed && summaries[thinned << SUMMARY_BITS] <= watermark;
                i++) {
            thinFirst();
        }
        thinTail(watermark, rule.allowedLatenessNanos == 0 ? nextKey : NO_KEY);
        int capacity = tail.length / STRIDE;
        if (tailSize > capacity / 2 || capacity == 0) {
            return (capacity < BLOCK ? growTail() : sealTail()) || tailSize < capacity;
        }
        return true;
    }

    private void thinTail(long watermark, long nextKey) {
        int aged = firstAfter(tail, tailSize, watermark);
        int size = thin(tail, aged, tailSize, watermark - rule.windowNanos, nextKey);
        tailThinned = aged - (tailSize - size);
        tailSize = size;
        tailRestBest = lowest(tail, tailThinned, tailSize);
        outdatedTicks = 0;
        if (aged > 0 && thinned == sealed) {
            removeNotBetter(Math.min(nextKey, tailSize > 0 ? tail[KEY] : NO_KEY));
        }
    }

    /**
     * Removes those of the first ticks of a block that are before a time, or not better than a later one of them, or than
     * {@code nextKey}. Returns the number of ticks that are left.
     */
    private static int thin(long[] block, int aged, int size, long expiry, long nextKey) {
        int kept = aged * STRIDE;
        long best = nextKey;
        for (int slot = kept - STRIDE; slot >= 0 && block[slot] >= expiry; slot -= STRIDE) {
            if (block[slot + KEY] < best) {
                best = block[slot + KEY];
                kept -= STRIDE;
                System.arraycopy(block, slot, block, kept, STRIDE);
            }
        }
        System.arraycopy(block, kept, block, 0, size * STRIDE - kept);
        return size - kept / STRIDE;
    }

    /** Thins out the first block that is not, and merges it into the block before it if there is room. */
    private void thinFirst() {
        int size = sizeOf(thinned);
        size = thin(blocks[thinned], size, size, Long.MIN_VALUE, NO_KEY);
        summaries[(thinned << SUMMARY_BITS) + SIZE] = size;
        removeNotBetter(blocks[thinned][KEY]);
        int before = thinned - 1;
        if (before >= 0 && sizeOf(before) + size <= BLOCK) {
            System.arraycopy(blocks[thinned], 0, blocks[before], sizeOf(before) * STRIDE, size * STRIDE);
            summaries[before << SUMMARY_BITS] = summaries[thinned << SUMMARY_BITS];
            summaries[(before << SUMMARY_BITS) + SIZE] += size;
            outdated = Math.min(outdated, before);
            removeBlocks(thinned, thinned + 1);
        } else {
            thinned++;
        }
    }

    /** Removes the ticks of thinned blocks that are not better than a later one. */
    private void removeNotBetter(long key) {
        removeBlocks(firstAfter(summaries, BEST, thinned, key - 1), thinned);
        if (thinned > 0) {
            int summary = (thinned - 1) << SUMMARY_BITS;
            int size = firstAfter(blocks[thinned - 1], KEY, sizeOf(thinned - 1), key - 1);
            summaries[summary] = blocks[thinned - 1][(size - 1) * STRIDE];
            summaries[summary + SIZE] = size;
        }
    }

    private boolean growTail() {
        int capacity = tail.length / STRIDE;
        int larger = Math.max(FIRST_CAPACITY, 2 * capacity);
        if (!allocate(larger - capacity)) {
            return false;
        }
        tail = Arrays.copyOf(tail, larger * STRIDE);
        return true;
    }

    private boolean sealTail() {
        long[] next = newBlock();
        if (next.length == 0) {
            return false;
        }
        addBlock(sealed, tail, tailSize);
        tail = next;
        emptyTail();
        return true;
    }

    private void emptyTail() {
        tailSize = 0;
        tailThinned = 0;
        tailRestBest = NO_KEY;
    }

    /** Splits a full sealed block into two; false if there is no room. */
    private boolean split(int block) {
        long[] upper = newBlock();
        if (upper.length == 0) {
            return false;
        }
        int half = BLOCK / 2;
        System.arraycopy(blocks[block], half * STRIDE, upper, 0, half * STRIDE);
        addBlock(block + 1, upper, half);
        summarize(block, half);
        return true;
    }

    /** Adds a block to the sealed ones. A spare one, or room for one, must be there. */
    private void addBlock(int at, long[] block, int size) {
        if (sealed + spares + MOST_SPARES >= blocks.length) {
            growBlocks();
        }
        int summary = at << SUMMARY_BITS;
        System.arraycopy(blocks, at, blocks, at + 1, sealed + spares - at);
        System.arraycopy(summaries, summary, summaries, summary + STRIDE, (sealed - at) << SUMMARY_BITS);
        blocks[at] = block;
        sealed++;
        summarize(at, size);
    }

    private void growBlocks() {
        int used = blocks.length;
        blocks = Arrays.copyOf(blocks, Math.max(4 * MOST_SPARES, 2 * used));
        Arrays.fill(blocks, used, blocks.length, NONE);
        summaries = Arrays.copyOf(summaries, blocks.length << SUMMARY_BITS);
    }

    private void summarize(int block, int size) {
        int summary = block << SUMMARY_BITS;
        long best = lowest(blocks[block], 0, size);
        summaries[summary] = blocks[block][(size - 1) * STRIDE];
        summaries[summary + BEST] = best;
        summaries[summary + BEST_FROM_HERE] =
                Math.min(best, block + 1 < sealed ? summaries[summary + STRIDE + BEST_FROM_HERE] : NO_KEY);
        summaries[summary + SIZE] = size;
        noteFromHere(block - 1, best);
    }

    /** Notes a key in the summary of a block and of the blocks before it. */
    private void noteFromHere(int block, long key) {
        for (int i = block; i >= 0 && summaries[(i << SUMMARY_BITS) + BEST_FROM_HERE] > key; i--) {
            summaries[(i << SUMMARY_BITS) + BEST_FROM_HERE] = key;
        }
    }

    /** Removes sealed blocks; some of them become spare. */
    private void removeBlocks(int from, int to) {
        int count = to - from;
        if (count == 0) {
            return;
        }
        int used = sealed + spares;
        int kept = Math.min(count, MOST_SPARES - spares);
        System.arraycopy(blocks, from, blocks, used, kept);
        System.arraycopy(blocks, to, blocks, from, used + kept - to);
        Arrays.fill(blocks, used + kept - count, used + kept, NONE);
        System.arraycopy(summaries, to << SUMMARY_BITS, summaries, from << SUMMARY_BITS, (sealed - to) << SUMMARY_BITS);
        sealed -= count;
        spares += kept;
        thinned = thinned <= from ? thinned : Math.max(from, thinned - count);
        outdated = outdated <= from ? outdated : Math.max(from, outdated - count);
        allocated -= (count - kept) * BLOCK;
        budget.release((count - kept) * BLOCK);
    }

    /** An empty block: a spare one, or a new one; an array of length 0 if the budget has no room for that. */
    private long[] newBlock() {
        if (spares > 0) {
            spares--;
            long[] spare = blocks[sealed + spares];
            blocks[sealed + spares] = NONE;
            return spare;
        }
        return allocate(BLOCK) ? new long[BLOCK * STRIDE] : NONE;
    }

    private boolean allocate(int capacity) {
        if (!budget.allocate(capacity)) {
            return false;
        }
        allocated += capacity;
        return true;
    }
}

package io.tradeops.core.window;

import io.tradeops.core.window.PriceMove.Point;
import java.util.Arrays;

/**
 * A monotonic queue of ticks (the ascending minima algorithm). From front to back the times rise and the keys rise, so
 * the front is the best tick, and behind each tick stands the best of those after it. A lower key is better. Indices are
 * 0 (the front) to size − 1; they are not checked. Not thread-safe.
 */
final class MonotonicTicks {

    /*
     * Neither growth nor removal copies more than a page, so that no single tick has to pay for all others. Up to a
     * page's size the queue is a ring in one array, which doubles. Beyond that it is a ring of pages. A page is
     * allocated when the first tick is written to it, and released when its last tick is removed. The back never enters
     * the page of the front, so the ring grows by rotating and doubling the array of pages.
     *
     * A search in one array goes tick by tick, which a processor predicts well. A search in pages gallops: it doubles its
     * steps, so it is logarithmic.
     */

    static final int STRIDE = 4;
    static final int KEY = 1;
    static final int SEQ = 2;

    private static final int INITIAL_CAPACITY = 8;
    private static final int PAGE_BITS = 8;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final long[] NONE = {};
    private static final long[][] NO_PAGES = {};

    private final TickBudget budget;
    private long[] only = NONE;
    private long[][] pages = NO_PAGES;
    private long[] spare = NONE;
    private int mask = -1;
    private int front;
    private int size;
    private int outdated;
    private int allocated;

    MonotonicTicks(TickBudget budget) {
        this.budget = budget;
    }

    int size() {
        return size;
    }

    /** The key of the best tick that is not outdated; {@link RecentTicks#NO_KEY} if there is none. */
    long bestKey() {
        return outdated < size ? key(outdated) : RecentTicks.NO_KEY;
    }

    long time(int index) {
        int at = (front + index) & mask;
        return page(at)[slot(at)];
    }

    long key(int index) {
        int at = (front + index) & mask;
        return page(at)[slot(at) + KEY];
    }

    Point tick(int index, RuleArithmetic rule) {
        int at = (front + index) & mask;
        return point(page(at), slot(at), rule);
    }

    static Point point(long[] ticks, int slot, RuleArithmetic rule) {
        return new Point(ticks[slot], rule.price(ticks[slot + KEY]), ticks[slot + SEQ]);
    }

    /** Counts the ticks before {@code windowStart} as outdated, and removes those before {@code expiry}. */
    void advance(long windowStart, long expiry) {
        if (outdated < size && time(outdated) < windowStart) {
            outdated = firstAtOrAfter(outdated + 1, windowStart);
        }
        if (outdated > 0 && time(0) < expiry) {
            int expired = firstAtOrAfter(1, expiry);
            outdated -= expired;
            removeFront(expired);
        }
    }

    /** Removes the ticks before a time. */
    void removeBefore(long time) {
        if (size > 0 && time(0) < time) {
            removeFront(firstAtOrAfter(1, time));
        }
    }

    /** The index of the first tick from {@code from} on that is not before a time; the size if there is none. */
    int firstAtOrAfter(int from, long time) {
        if (mask >= PAGE) {
            return gallop(from, time);
        }
        int found = from;
        while (found < size && only[((front + found) & mask) * STRIDE] < time) {
            found++;
        }
        return found;
    }

    private int gallop(int from, long time) {
        int low = from;
        int step = 1;
        while (low + step <= size && time(low + step - 1) < time) {
            low += step;
            step <<= 1;
        }
        int high = Math.min(size, low + step - 1);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time(middle) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Adds the newest tick. It replaces the ticks that are not better. False if the budget has no room for it; the ticks
     * that it replaces are then removed all the same.
     */
    boolean push(long time, long key, long seq) {
        if (mask >= PAGE) {
            if (size > 0 && key(size - 1) >= key) {
                truncate(gallopBack(key));
            }
            return pushInPage(time, key, seq);
        }
        int count = countBetter(key);
        if (count > mask) {
            return grow() && push(time, key, seq);
        }
        outdated = Math.min(outdated, count);
        put(only, ((front + count) & mask) * STRIDE, time, key, seq);
        size = count + 1;
        return true;
    }

    private boolean pushInPage(long time, long key, long seq) {
        if (size + (front & (PAGE - 1)) > mask && !growPages()) {
            return false;
        }
        int at = (front + size) & mask;
        long[] page = page(at);
        if (page.length == 0) {
            page = newPage();
            if (page.length == 0) {
                return false;
            }
            pages[at >> PAGE_BITS] = page;
        }
        put(page, slot(at), time, key, seq);
        size++;
        return true;
    }

    private static void put(long[] page, int slot, long time, long key, long seq) {
        page[slot] = time;
        page[slot + KEY] = key;
        page[slot + SEQ] = seq;
    }

    /** Removes all ticks and returns the capacity to the budget. */
    void release() {
        budget.release(allocated);
        only = NONE;
        pages = NO_PAGES;
        spare = NONE;
        mask = -1;
        front = 0;
        size = 0;
        outdated = 0;
        allocated = 0;
    }

    private long[] page(int at) {
        return mask < PAGE ? only : pages[at >> PAGE_BITS];
    }

    private static int slot(int at) {
        return (at & (PAGE - 1)) * STRIDE;
    }

    /** The number of ticks in the one array whose key is less than {@code key}. */
    private int countBetter(long key) {
        long[] ticks = only;
        int wrap = mask;
        int start = front - 1;
        int count = size;
        while (count > 0 && ticks[((start + count) & wrap) * STRIDE + KEY] >= key) {
            count--;
        }
        return count;
    }

    /** The number of ticks in pages whose key is less than {@code key}. */
    private int gallopBack(long key) {
        int high = size;
        int step = 1;
        while (high >= step && key(high - step) >= key) {
            high -= step;
            step <<= 1;
        }
        int low = Math.max(0, high - step + 1);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (key(middle) < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void truncate(int newSize) {
        int start = front & (PAGE - 1);
        releasePages((start + newSize + PAGE - 1) >> PAGE_BITS, ((start + size - 1) >> PAGE_BITS) + 1);
        size = newSize;
        outdated = Math.min(outdated, newSize);
    }

    private void removeFront(int count) {
        if (mask >= PAGE) {
            releasePages(0, ((front & (PAGE - 1)) + count) >> PAGE_BITS);
        }
        front = (front + count) & mask;
        size -= count;
    }

    /** Releases pages, counted from the page of the front; one of them is kept for the next that is needed. */
    private void releasePages(int from, int to) {
        if (to <= from) {
            return;
        }
        int released = (to - from) * PAGE;
        int first = ((front >> PAGE_BITS) + from) & (pages.length - 1);
        if (spare.length == 0) {
            spare = pages[first];
            released -= PAGE;
        }
        int end = first + to - from;
        Arrays.fill(pages, first, Math.min(end, pages.length), NONE);
        Arrays.fill(pages, 0, Math.max(0, end - pages.length), NONE);
        allocated -= released;
        budget.release(released);
    }

    /** An empty page; an array of length 0 if the budget has no room for it. */
    private long[] newPage() {
        if (spare.length > 0) {
            long[] page = spare;
            spare = NONE;
            return page;
        }
        return allocate(PAGE) ? new long[PAGE * STRIDE] : NONE;
    }

    /** Makes room in the full array: it doubles, or pages take its place. */
    private boolean grow() {
        if (mask < PAGE - 1) {
            return growArray(Math.max(INITIAL_CAPACITY, 2 * size));
        }
        long[] first = newPage();
        if (first.length == 0) {
            return false;
        }
        pages = new long[][] {linear(first), NONE};
        allocated -= PAGE;
        budget.release(PAGE);
        only = NONE;
        front = 0;
        mask = 2 * PAGE - 1;
        return true;
    }

    private boolean growPages() {
        if (pages.length > Integer.MAX_VALUE / PAGE / 4) {
            return false;
        }
        long[][] more = new long[2 * pages.length][];
        Arrays.fill(more, NONE);
        for (int i = 0; i < pages.length; i++) {
            more[i] = pages[((front >> PAGE_BITS) + i) & (pages.length - 1)];
        }
        pages = more;
        front &= PAGE - 1;
        mask = pages.length * PAGE - 1;
        return true;
    }

    private boolean growArray(int capacity) {
        if (!allocate(capacity - size)) {
            return false;
        }
        only = linear(new long[capacity * STRIDE]);
        front = 0;
        mask = capacity - 1;
        return true;
    }

    /** Copies the ring to the start of another array. */
    private long[] linear(long[] target) {
        int head = only.length - front * STRIDE;
        System.arraycopy(only, front * STRIDE, target, 0, head);
        System.arraycopy(only, 0, target, head, only.length - head);
        return target;
    }

    private boolean allocate(int ticks) {
        if (!budget.allocate(ticks)) {
            return false;
        }
        allocated += ticks;
        return true;
    }
}

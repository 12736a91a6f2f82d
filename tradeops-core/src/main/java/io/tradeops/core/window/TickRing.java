package io.tradeops.core.window;

import io.tradeops.core.window.PriceMove.Point;

/**
 * A queue of ticks in one array that grows by doubling, as far as a {@link TickBudget} allows. Indices are 0 (the
 * front) to size − 1; they are not checked. Not thread-safe.
 */
final class TickRing {

    /*
     * A tick is four adjacent longs, half a cache line: time, price, seq, and a mark that the owner defines. So reading
     * the front and pushing at the back touch two cache lines, where one array per field would touch six. The capacity
     * is a power of two, so a mask wraps an index around the end of the array.
     */

    private static final int STRIDE_BITS = 2;
    private static final int PRICE = 1;
    private static final int SEQ = 2;
    private static final int MARK = 3;

    private static final long[] NONE = {};

    private final TickBudget budget;
    private long[] slots = NONE;
    private int front;
    private int size;

    TickRing(TickBudget budget) {
        this.budget = budget;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == capacity();
    }

    long time(int index) {
        return slots[at(index)];
    }

    long price(int index) {
        return slots[at(index) + PRICE];
    }

    long mark(int index) {
        return slots[at(index) + MARK];
    }

    Point tick(int index) {
        int at = at(index);
        return new Point(slots[at], slots[at + PRICE], slots[at + SEQ]);
    }

    void removeFront() {
        front = (front + 1) & (capacity() - 1);
        size--;
    }

    /** Removes all ticks but the first {@code newSize}. */
    void truncate(int newSize) {
        size = newSize;
    }

    /** Adds a tick at the back; false if the budget has no room for it. */
    boolean push(long time, long price, long seq, long mark) {
        if (size == capacity() && !grow()) {
            return false;
        }
        set(size++, time, price, seq, mark);
        return true;
    }

    /** Adds a copy of another ring's tick at the back, with another mark; false if the budget has no room for it. */
    boolean pushCopy(TickRing other, int index, long mark) {
        int at = other.at(index);
        return push(other.slots[at], other.slots[at + PRICE], other.slots[at + SEQ], mark);
    }

    /**
     * Replaces the ticks from {@code from} (inclusive) to {@code to} (exclusive) by one tick; false if the budget has
     * no room for it.
     */
    boolean replace(int from, int to, long time, long price, long seq) {
        int removed = to - from;
        if (removed == 0 && size == capacity() && !grow()) {
            return false;
        }
        if (removed == 0) {
            for (int i = size; i > to; i--) {
                copy(i - 1, i);
            }
        } else {
            for (int i = to; i < size; i++) {
                copy(i, i - removed + 1);
            }
        }
        size += 1 - removed;
        set(from, time, price, seq, 0);
        return true;
    }

    /** Removes all ticks and returns the capacity to the budget. */
    void release() {
        budget.release(capacity());
        slots = NONE;
        front = 0;
        size = 0;
    }

    private int at(int index) {
        return ((front + index) << STRIDE_BITS) & (slots.length - 1);
    }

    private int capacity() {
        return slots.length >> STRIDE_BITS;
    }

    private void set(int index, long time, long price, long seq, long mark) {
        int at = at(index);
        slots[at] = time;
        slots[at + PRICE] = price;
        slots[at + SEQ] = seq;
        slots[at + MARK] = mark;
    }

    private void copy(int from, int to) {
        System.arraycopy(slots, at(from), slots, at(to), 1 << STRIDE_BITS);
    }

    private boolean grow() {
        int added = budget.allocate(capacity());
        if (added == 0) {
            return false;
        }
        long[] larger = new long[slots.length + (added << STRIDE_BITS)];
        int head = slots.length - (front << STRIDE_BITS);
        System.arraycopy(slots, front << STRIDE_BITS, larger, 0, head);
        System.arraycopy(slots, 0, larger, head, slots.length - head);
        slots = larger;
        front = 0;
        return true;
    }
}

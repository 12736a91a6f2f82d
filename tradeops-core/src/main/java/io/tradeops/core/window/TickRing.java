package io.tradeops.core.window;

import io.tradeops.core.window.PriceMove.Point;

/**
 * A queue of ticks in one array that grows by doubling, as far as a {@link TickBudget} lets it. Callers keep to the
 * indices 0 (front) to size − 1. Not thread-safe.
 */
final class TickRing {

    /*
     * A tick is four adjacent longs (time, price, seq and a mark of the owner's), half a cache line: looking at the
     * front and pushing at the back touch two lines, where one array per field would touch six. The capacity is a power
     * of two, so an index is taken round the end by a mask.
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

    /** Keeps the first {@code newSize}. */
    void truncate(int newSize) {
        size = newSize;
    }

    /** Adds at the back; says whether there was room. */
    boolean push(long time, long price, long seq, long mark) {
        if (size == capacity() && !grow()) {
            return false;
        }
        set(size++, time, price, seq, mark);
        return true;
    }

    /** Adds another ring's tick at the back, with a mark of its own; says whether there was room. */
    boolean pushCopy(TickRing other, int index, long mark) {
        int at = other.at(index);
        return push(other.slots[at], other.slots[at + PRICE], other.slots[at + SEQ], mark);
    }

    /** Replaces the ticks from {@code from} to {@code to} by one; says whether there was room. */
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

    /** Gives the room back; the ring is empty then. */
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
        int added = budget.take(capacity());
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

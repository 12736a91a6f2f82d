package io.tradeops.core.window;

/** Limits the capacity of the rings of one detector, in ticks. Not thread-safe. */
final class TickBudget {

    private static final int INITIAL_CAPACITY = 8;
    private static final int MAX_GROWTH = 1 << 27;

    private long free;
    private long allocated;
    private long refused;

    TickBudget(long ticks) {
        this.free = ticks;
    }

    /**
     * Allocates capacity to a ring that must grow.
     *
     * @param capacity the ring's present capacity
     * @return the additional capacity: as much as the ring has, at least 8; 0 if that much is not free
     */
    int allocate(int capacity) {
        int added = Math.max(capacity, INITIAL_CAPACITY);
        if (added > free || added > MAX_GROWTH) {
            refused++;
            return 0;
        }
        free -= added;
        allocated += added;
        return added;
    }

    void release(int capacity) {
        free += capacity;
        allocated -= capacity;
    }

    /** The capacity of all rings together. */
    long allocated() {
        return allocated;
    }

    /** The number of calls of {@link #allocate} that were refused. */
    long refused() {
        return refused;
    }
}

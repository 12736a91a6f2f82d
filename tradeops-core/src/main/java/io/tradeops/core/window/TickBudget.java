package io.tradeops.core.window;

/** Limits the capacity of all lists of ticks of one detector, in ticks. Not thread-safe. */
final class TickBudget {

    private final long limit;
    private long allocated;
    private long refused;

    TickBudget(long ticks) {
        this.limit = ticks;
    }

    /** Allocates capacity; false, and nothing is allocated, if that much is not free. */
    boolean allocate(int ticks) {
        if (ticks > limit - allocated) {
            return false;
        }
        allocated += ticks;
        return true;
    }

    void release(int ticks) {
        allocated -= ticks;
    }

    /** Counts a tick that could not be retained. */
    void countRefused() {
        refused++;
    }

    /** Tells whether less than a quarter of the capacity is free. */
    boolean isScarce() {
        return allocated > limit - (limit >> 2);
    }

    /** The capacity of all lists together. */
    long allocated() {
        return allocated;
    }

    /** The number of ticks that could not be retained. */
    long refused() {
        return refused;
    }

    /** Sets the number of ticks that could not be retained, when a snapshot is restored. */
    void setRefused(long ticks) {
        refused = ticks;
    }
}

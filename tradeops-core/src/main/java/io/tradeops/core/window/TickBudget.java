package io.tradeops.core.window;

/** How much room for ticks there is, shared by the rings of one detector. Not thread-safe. */
final class TickBudget {

    private static final int FIRST_ROOM = 8;
    private static final int LARGEST_ROOM = 1 << 27;

    private long left;
    private long taken;
    private long refused;

    TickBudget(long ticks) {
        this.left = ticks;
    }

    /** As much room as a ring has, 8 for one that has none; 0 if that isn't left. */
    int take(int room) {
        int wanted = Math.max(room, FIRST_ROOM);
        if (wanted > left || wanted > LARGEST_ROOM) {
            refused++;
            return 0;
        }
        left -= wanted;
        taken += wanted;
        return wanted;
    }

    void release(int room) {
        left += room;
        taken -= room;
    }

    /** Room that rings hold, in ticks. */
    long taken() {
        return taken;
    }

    /** How often there was no room. */
    long refused() {
        return refused;
    }
}

package io.tradeops.core.average;

/**
 * The bounds of a window as {@code long}s of nanoseconds since 1970-01-01T00:00:00Z, in the order of their starts. Not
 * thread-safe.
 */
class WindowBounds implements Comparable<WindowBounds> {

    /** Not final: {@link WindowIndex} searches with bounds whose start it sets. */
    private long start;

    private final long end;

    private WindowBounds(long start, long end) {
        this.start = start;
        this.end = end;
    }

    WindowBounds(TimeWindow window) {
        this(window.startNanos(), window.endNanos());
    }

    WindowBounds(WindowBounds other) {
        this(other.start, other.end);
    }

    /** The bounds of a window that contains no time. */
    WindowBounds() {
        this(0, 0);
    }

    final boolean contains(long time) {
        return time >= start && time < end;
    }

    @Override
    public int compareTo(WindowBounds other) {
        return Long.compare(start, other.start);
    }

    final long start() {
        return start;
    }

    final long end() {
        return end;
    }

    final void setStart(long time) {
        start = time;
    }
}

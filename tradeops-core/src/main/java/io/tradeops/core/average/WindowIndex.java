package io.tradeops.core.average;

import io.tradeops.core.codec.BytesReader;
import java.util.Iterator;
import java.util.TreeSet;

/** Windows that do not overlap, in the order of time. Not thread-safe. */
final class WindowIndex<W extends WindowBounds> implements Iterable<W> {

    /*
     * A set that is searched with a window whose start is the time that is looked for. A map with the start as its key
     * would allocate that key at each search.
     */

    private final TreeSet<W> windows = new TreeSet<>();
    private final W none;
    private final W probe;

    /**
     * Creates an index without windows.
     *
     * @param none a window that contains no time
     * @param probe another one, with which the index searches
     */
    WindowIndex(W none, W probe) {
        this.none = none;
        this.probe = probe;
    }

    /** The window that contains a time; one that contains no time if there is none. O(log n); allocates nothing. */
    W find(long time) {
        probe.setStart(time);
        W found = windows.floor(probe);
        return found != null && found.contains(time) ? found : none;
    }

    /** A window that contains no time. */
    W none() {
        return none;
    }

    void add(W window) {
        windows.add(window);
    }

    /**
     * Adds a window that was read from bytes, in the order of time.
     *
     * @throws IllegalArgumentException if it is not after the windows that are already here
     */
    void addLatest(W window) {
        if (!windows.isEmpty() && window.start() < windows.last().end()) {
            throw BytesReader.damaged("windows are not in the order of time");
        }
        windows.add(window);
    }

    int size() {
        return windows.size();
    }

    /** The end of the earliest window; {@link Long#MAX_VALUE} if there is no window. */
    long earliestEnd() {
        return windows.isEmpty() ? Long.MAX_VALUE : windows.first().end();
    }

    /** Removes and returns the earliest window. There must be one. */
    W removeEarliest() {
        W earliest = windows.first();
        windows.remove(earliest);
        return earliest;
    }

    @Override
    public Iterator<W> iterator() {
        return windows.iterator();
    }
}

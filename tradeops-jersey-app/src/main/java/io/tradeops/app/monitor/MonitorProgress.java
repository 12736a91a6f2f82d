package io.tradeops.app.monitor;

/** How far a monitor has come. Written by the monitor's thread alone, read by any: thread-safe. */
final class MonitorProgress {

    private volatile boolean live;
    private volatile long lastSeq;
    private volatile long newestStoredNanos;
    private volatile ConnectionTicks connection = new ConnectionTicks();
    private volatile long unjudgedTicks;

    boolean isLive() {
        return live;
    }

    void live(boolean now) {
        live = now;
    }

    /** The number of the last tick that is stored. */
    long lastSeq() {
        return lastSeq;
    }

    void lastSeq(long seq) {
        lastSeq = seq;
    }

    /** The greatest time of a stored tick. */
    long newestStoredNanos() {
        return newestStoredNanos;
    }

    void newestStoredNanos(long epochNanos) {
        newestStoredNanos = Math.max(newestStoredNanos, epochNanos);
    }

    /** The ticks of the connection of this moment. */
    ConnectionTicks connection() {
        return connection;
    }

    /** What was received over the last connection and not stored is given up: it is asked for again. */
    ConnectionTicks newConnection() {
        ConnectionTicks ticks = new ConnectionTicks();
        connection = ticks;
        return ticks;
    }

    long unjudgedTicks() {
        return unjudgedTicks;
    }

    void unjudgedTicks(long count) {
        unjudgedTicks = count;
    }
}

package io.tradeops.app.feed;

import io.tradeops.jobs.thread.WatchedLoop;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends new ticks to all clients in rounds, from one thread. A round starts at once after an idle time, and otherwise after
 * a short pause. Ticks that arrive during a round go with the next one, so many clients cost frames and not ticks.
 * Thread-safe.
 */
final class FeedSender implements AutoCloseable {

    /** Between two rounds. */
    private static final long PAUSE_NANOS = 2_000_000;

    private static final long LONGEST_WAIT_MILLIS = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_WAIT = Duration.ofSeconds(2);

    private final Runnable round;
    private final WatchedLoop loop = WatchedLoop.of("feed-sender", LIMIT, this::run);
    private boolean due;

    private FeedSender(Runnable round) {
        this.round = round;
    }

    /** Starts a sender that runs {@code round} in each round. */
    static FeedSender start(Runnable round) {
        FeedSender sender = new FeedSender(round);
        sender.loop.start();
        return sender;
    }

    /** Requests a round. */
    synchronized void wake() {
        if (!due) {
            due = true;
            notifyAll();
        }
    }

    @Override
    public void close() {
        loop.stop(STOP_WAIT);
    }

    /** The sender's thread. */
    WatchedLoop loop() {
        return loop;
    }

    /** A round that fails stays due. */
    private void run() throws InterruptedException {
        if (!awaitDue()) {
            return;
        }
        try {
            round.run();
        } catch (RuntimeException | Error e) {
            wake();
            throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    @SuppressWarnings("WaitNotInLoop") // a round without work is harmless, and the next one waits again
    private synchronized boolean awaitDue() throws InterruptedException {
        if (!due) {
            wait(LONGEST_WAIT_MILLIS);
        }
        boolean isDue = due;
        due = false;
        return isDue;
    }
}

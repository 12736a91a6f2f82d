package io.tradeops.app.feed;

import io.tradeops.jobs.thread.ThreadStop;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends new ticks to all clients in rounds, from one thread. A round starts at once after an idle time, and otherwise after
 * a short pause. Ticks that arrive during a round go with the next one, so many clients cost frames and not ticks.
 * Thread-safe.
 */
final class FeedSender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FeedSender.class);

    /** Between two rounds. */
    private static final long PAUSE_NANOS = 2_000_000;

    private static final Duration STOP_WAIT = Duration.ofSeconds(2);

    private final Runnable round;
    private final Thread thread;
    private boolean due;
    private volatile boolean stopped;

    private FeedSender(Runnable round) {
        this.round = round;
        this.thread = new Thread(this::run, "feed-sender");
        this.thread.setDaemon(true);
    }

    /** Starts a sender that runs {@code round} in each round. */
    static FeedSender start(Runnable round) {
        FeedSender sender = new FeedSender(round);
        sender.thread.start();
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
        stopped = true;
        ThreadStop.stop(thread, STOP_WAIT);
    }

    private void run() {
        try {
            while (!stopped) {
                awaitDue();
                sendRound();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (InterruptedException e) {
            log.debug("the feed's sender stops");
        }
    }

    private synchronized void awaitDue() throws InterruptedException {
        while (!due) {
            wait();
        }
        due = false;
    }

    private void sendRound() {
        try {
            round.run();
        } catch (RuntimeException e) {
            log.error("a round of the feed's sender failed; it continues with the next", e);
        }
    }
}

package io.tradeops.jobs.thread;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named thread that repeats a round of work until it is stopped. No exception and no error ends it: a failed round is
 * counted by {@link ThreadFailures} and logged, and the next one starts after a pause of 0.1 s, which doubles with each
 * failure up to 5 s. A round that completes is a beat. A loop without a beat for longer than its limit is down; a
 * {@link LoopWatch} reports it. Thread-safe.
 *
 * <pre>{@code
 * WatchedLoop loop = WatchedLoop.of("api-keys", Duration.ofSeconds(60), this::refresh)
 *         .withPause(Duration.ofSeconds(2))
 *         .start();
 * }</pre>
 */
public final class WatchedLoop {

    private static final Logger log = LoggerFactory.getLogger(WatchedLoop.class);

    private static final long SHORTEST_RETRY_MILLIS = 100;
    private static final long LONGEST_RETRY_MILLIS = 5_000;
    private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String name;
    private final Duration limit;
    private final Round round;
    private final long pauseMillis;
    private final AtomicLong failures;
    private Thread thread;
    private volatile boolean started;
    private volatile boolean stopped;
    private volatile long beatNanos;

    // only the loop's own thread uses these
    private long failedRounds;
    private long firstFailureNanos;
    private long loggedNanos;

    /** One round of work. It should end when it is interrupted. */
    @FunctionalInterface
    public interface Round {

        /** Does the work, and waits for more of it if the loop has no pause. */
        void run() throws InterruptedException;
    }

    private WatchedLoop(String name, Duration limit, Round round, long pauseMillis) {
        this.name = name;
        this.limit = limit;
        this.round = round;
        this.pauseMillis = pauseMillis;
        this.failures = ThreadFailures.counter(name);
        this.thread = newThread();
    }

    /**
     * Creates a loop that is not started, without a pause between its rounds.
     *
     * @param name the name of the thread, in logs, readiness and metrics
     * @param limit the longest time from beat to beat, pause included; above 0
     * @param round must complete within the limit also while there is nothing to do, or call {@link #beat}
     */
    public static WatchedLoop of(String name, Duration limit, Round round) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit must be positive: " + limit);
        }
        return new WatchedLoop(name, limit, round, 0);
    }

    /** Returns the same loop, not started, with a pause after each round, to the millisecond. */
    public WatchedLoop withPause(Duration pause) {
        return new WatchedLoop(name, limit, round, pause.toMillis());
    }

    /** Starts the thread, once. */
    public synchronized WatchedLoop start() {
        if (!started) {
            beat();
            thread.start();
            started = true;
        }
        return this;
    }

    /** Says that a long round makes progress. */
    public void beat() {
        beatNanos = System.nanoTime();
    }

    /** Whether {@link #stop} was called; a long round should then end. */
    public boolean isStopped() {
        return stopped;
    }

    /**
     * Interrupts the round and waits for the end of the thread. No round starts after this call.
     *
     * @param wait how long to wait, at least 1 ms
     */
    public void stop(Duration wait) {
        stopped = true;
        ThreadStop.stop(current(), wait);
    }

    /** Interrupts the round and does not wait. No round starts after this call. */
    public void cancel() {
        stopped = true;
        current().interrupt();
    }

    /** The name of the thread. */
    public String name() {
        return name;
    }

    /** What is wrong with the loop, in words that may leave the server; empty if it beats, or is stopped. */
    public Optional<String> problem() {
        if (!started || stopped) {
            return Optional.empty();
        }
        long silentNanos = System.nanoTime() - beatNanos;
        return silentNanos <= limit.toNanos()
                ? Optional.empty()
                : Optional.of(
                        name + " has completed no round for " + TimeUnit.NANOSECONDS.toSeconds(silentNanos) + " s");
    }

    /** Starts a new thread if the last one has ended although the loop was not stopped. */
    synchronized void revive() {
        if (started && !stopped && !thread.isAlive()) {
            log.error("thread {} has ended; starting it again", name);
            thread = newThread();
            thread.start();
        }
    }

    /** Where the thread is, as a throwable that can be logged. */
    Throwable where() {
        Throwable where = new Throwable("where thread " + name + " is");
        where.setStackTrace(current().getStackTrace());
        return where;
    }

    private synchronized Thread current() {
        return thread;
    }

    private Thread newThread() {
        Thread created = new Thread(this::run, name);
        created.setDaemon(true);
        return created;
    }

    private void run() {
        while (!stopped) {
            try {
                round.run();
                onCompleted();
                TimeUnit.MILLISECONDS.sleep(pauseMillis);
            } catch (InterruptedException e) {
                log.debug("thread {} was interrupted", name);
            } catch (Throwable e) { // an OutOfMemoryError, too: the memory may be free again in a moment
                onFailure(e);
            }
        }
    }

    private void onCompleted() {
        beat();
        if (failedRounds > 0) {
            log.info("thread {} works again after {} failed rounds in {} s", name, failedRounds, failingSeconds());
            failedRounds = 0;
        }
    }

    /** Nothing that is thrown here may end the thread: without memory, logging fails as well. */
    private void onFailure(Throwable thrown) {
        try {
            failures.incrementAndGet();
            ThreadFailures.note(thrown);
            failedRounds++;
            if (!stopped) {
                logFailure(thrown);
            }
            TimeUnit.MILLISECONDS.sleep(retryMillis());
        } catch (Throwable e) {
            Thread.onSpinWait(); // the next round follows at once
        }
    }

    private void logFailure(Throwable thrown) {
        long now = System.nanoTime();
        if (failedRounds == 1) {
            firstFailureNanos = now;
            loggedNanos = now;
            log.error("a round of thread {} failed; it continues", name, thrown);
        } else if (now - loggedNanos >= LOG_NANOS) {
            loggedNanos = now;
            log.error("{} rounds of thread {} have failed in {} s: {}", failedRounds, name, failingSeconds(), thrown);
        }
    }

    private long failingSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - firstFailureNanos);
    }

    private long retryMillis() {
        long doublings = Math.min(failedRounds - 1, 10);
        return Math.min(LONGEST_RETRY_MILLIS, SHORTEST_RETRY_MILLIS << doublings);
    }
}

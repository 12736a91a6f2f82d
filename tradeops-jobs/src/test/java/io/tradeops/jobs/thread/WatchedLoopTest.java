package io.tradeops.jobs.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The log lines are tested in the app, whose tests have a logger. */
@Timeout(60)
class WatchedLoopTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration STOP_WAIT = Duration.ofSeconds(10);

    private final Semaphore rounds = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger toThrow = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // each test sets it
    private WatchedLoop loop;

    @AfterEach
    void stop() {
        mayEnd.release(1_000_000);
        loop.stop(STOP_WAIT);
    }

    @Test
    void continuesAfterAnOutOfMemoryError() throws Exception {
        long before = count("out-of-memory");
        long errors = ThreadFailures.outOfMemoryErrors();
        toThrow.set(1);
        loop = WatchedLoop.of("out-of-memory", LONG, () -> round(new OutOfMemoryError("artificial")))
                .start();
        rounds.acquire(3);

        assertThat(count("out-of-memory") - before).isEqualTo(1);
        assertThat(ThreadFailures.outOfMemoryErrors()).isGreaterThan(errors);
        assertThat(loop.problem()).isEmpty();
    }

    @Test
    void continuesAfterAnyOtherThrowable() throws Exception {
        long before = count("failing");
        toThrow.set(3);
        List<Throwable> thrown = List.of(new IllegalStateException("x"), new StackOverflowError(), new Throwable("x"));
        loop = WatchedLoop.of("failing", LONG, () -> round(thrown.get(toThrow.get() % 3)))
                .start();
        rounds.acquire(5);

        assertThat(count("failing") - before).isEqualTo(3);
    }

    @Test
    void continuesAfterAnInterruptThatIsNoStop() throws Exception {
        AtomicInteger interrupts = new AtomicInteger(2);
        loop = WatchedLoop.of("interrupted", LONG, () -> {
                    if (interrupts.getAndDecrement() > 0) {
                        Thread.currentThread().interrupt();
                    } else {
                        rounds.release();
                        mayEnd.acquire();
                    }
                })
                .withPause(Duration.ofMillis(1))
                .start();

        rounds.acquire();
        assertThat(loop.problem()).isEmpty();
    }

    @Test
    void loopWhoseEveryRoundFailsIsDown() throws Exception {
        toThrow.set(Integer.MAX_VALUE);
        loop = WatchedLoop.of("always-failing", SHORT, () -> round(new IllegalStateException("x")))
                .start();

        awaitDown();
        toThrow.set(0);
        awaitUp();
    }

    @Test
    void loopThatIsStuckIsDownUntilItBeats() throws Exception {
        loop = WatchedLoop.of("stuck", SHORT, () -> {
                    rounds.release();
                    mayEnd.acquire();
                })
                .start();

        rounds.acquire();
        awaitDown();
        assertThat(loop.problem().orElseThrow()).matches("stuck has completed no round for \\d+ s");
        loop.beat();
        assertThat(loop.problem()).isEmpty();
    }

    @Test
    void stoppedLoopStartsNoRoundAndIsNotDown() throws Exception {
        loop = WatchedLoop.of("stopped", SHORT, () -> {
                    rounds.release();
                    mayEnd.acquire();
                })
                .start();
        rounds.acquire();
        loop.stop(STOP_WAIT);
        loop.revive();

        assertThat(loop.where().getStackTrace()).isEmpty(); // no thread
        assertThat(rounds.availablePermits()).isZero();
        assertThat(loop.problem()).isEmpty();
    }

    @Test
    void loopThatIsNotStartedIsNotDown() {
        loop = WatchedLoop.of("new", SHORT, rounds::release);

        assertThat(loop.problem()).isEmpty();
        loop.revive();
        assertThat(rounds.availablePermits()).isZero();
    }

    @Test
    void refusesALimitThatIsNotPositive() {
        loop = WatchedLoop.of("other", SHORT, rounds::release);

        assertThatThrownBy(() -> WatchedLoop.of("zero", Duration.ZERO, rounds::release))
                .hasMessage("limit must be positive: PT0S");
    }

    @Test
    void watchNamesTheLoopsThatDoNotBeat() throws Exception {
        loop = WatchedLoop.of("stuck", SHORT, mayEnd::acquire).start();
        WatchedLoop beating = WatchedLoop.of("beating", LONG, () -> {})
                .withPause(Duration.ofMillis(1))
                .start();
        try (LoopWatch watch = LoopWatch.start()) {
            watch.add(() -> List.of(loop, beating));
            awaitDown();

            assertThat(watch.problem().orElseThrow()).startsWith("stuck has").doesNotContain("beating");
            assertThat(watch.downCount()).isEqualTo(1);
            beating.stop(STOP_WAIT);
            loop.stop(STOP_WAIT);
            assertThat(watch.problem()).isEmpty();
        }
    }

    @Test
    void watchSurvivesAPartThatFails() throws Exception {
        loop = WatchedLoop.of("other", LONG, mayEnd::acquire);
        toThrow.set(1);
        try (LoopWatch watch = LoopWatch.start()) {
            watch.add(() -> {
                rounds.release();
                if (toThrow.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("artificial");
                }
                return List.of();
            });
            rounds.acquire(2);
            assertThat(watch.problem()).isEmpty();
        }
    }

    @Test
    void countsExceptionsThatEndAThread() throws Exception {
        loop = WatchedLoop.of("other", LONG, mayEnd::acquire);
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        try {
            ThreadFailures.watchAllThreads();
            for (int i = 0; i < 2; i++) {
                Thread thread = new Thread(
                        () -> {
                            throw new IllegalStateException("artificial");
                        },
                        "some-pool-7-thread-" + i);
                thread.start();
                thread.join();
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }

        assertThat(count("some-pool-thread")).isEqualTo(2);
    }

    private void round(Throwable thrown) throws InterruptedException {
        if (toThrow.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            WatchedLoopTest.<RuntimeException>sneakyThrow(thrown);
        }
        rounds.release();
        TimeUnit.MILLISECONDS.sleep(1); // so that the loop does not spin
    }

    /** A round may throw what it does not declare, by way of a library in another language. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneakyThrow(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private void awaitDown() throws InterruptedException {
        while (loop.problem().isEmpty()) {
            LockSupport.parkNanos(1_000_000); // polls, with the limit of the class
        }
    }

    private void awaitUp() throws InterruptedException {
        while (loop.problem().isPresent()) {
            LockSupport.parkNanos(1_000_000); // polls, with the limit of the class
        }
    }

    private static long count(String thread) {
        return ThreadFailures.counts().getOrDefault(thread, 0L);
    }
}

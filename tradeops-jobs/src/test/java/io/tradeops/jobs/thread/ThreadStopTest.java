package io.tradeops.jobs.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The log line is tested in the app, whose tests have a logger. */
@Timeout(60)
class ThreadStopTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(50);

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);

    @AfterEach
    void letThreadsEnd() {
        mayEnd.release();
    }

    @Test
    void interruptsAThreadAndWaitsForItsEnd() throws Exception {
        Thread thread = started(this::waitUntilInterrupted);
        ThreadStop.stop(thread, LONG);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void interruptsAllThreadsBeforeItWaits() throws Exception {
        Semaphore second = new Semaphore(0);
        Thread endsAfterTheOther = started(() -> {
            waitUntilInterrupted();
            second.acquireUninterruptibly();
        });
        Thread other = started(() -> {
            waitUntilInterrupted();
            second.release();
        });
        ThreadStop.stop(List.of(endsAfterTheOther, other), LONG);
        assertThat(endsAfterTheOther.isAlive()).isFalse();
        assertThat(other.isAlive()).isFalse();
    }

    @Test
    void leavesAThreadThatDoesNotEndInTime() throws Exception {
        Thread thread = started(mayEnd::acquireUninterruptibly);
        ThreadStop.stop(thread, SHORT);
        assertThat(thread.isAlive()).isTrue();
    }

    @Test
    void stopsTheThreadOfAnExecutor() throws Exception {
        AtomicBoolean queuedTaskRan = new AtomicBoolean();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.execute(signalling(this::waitUntilInterrupted));
        executor.execute(() -> queuedTaskRan.set(true));
        begun.acquire();
        ThreadStop.stop(executor, "test", LONG);
        assertThat(executor.isTerminated()).isTrue();
        assertThat(queuedTaskRan).isFalse();
    }

    @Test
    void leavesAnExecutorWhoseThreadDoesNotEndInTime() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.execute(signalling(mayEnd::acquireUninterruptibly));
        begun.acquire();
        ThreadStop.stop(executor, "test", SHORT);
        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.isTerminated()).isFalse();
    }

    @Test
    void secondStopIsHarmless() throws Exception {
        Thread thread = started(this::waitUntilInterrupted);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        for (int i = 0; i < 2; i++) {
            ThreadStop.stop(thread, LONG);
            ThreadStop.stop(executor, "test", LONG);
        }
        assertThat(thread.isAlive()).isFalse();
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void threadThatWasNeverStartedNeedsNoWait() {
        ThreadStop.stop(new Thread(() -> {}), LONG);
    }

    @Test
    void callerThatIsInterruptedWhileItWaitsStaysInterrupted() throws Exception {
        Thread stuck = started(mayEnd::acquireUninterruptibly);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            ThreadStop.stop(stuck, LONG);
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        while (caller.isAlive() && caller.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        caller.join();
        assertThat(interrupted).isTrue();
        assertThat(stuck.isAlive()).isTrue();
    }

    @Test
    void callerThatIsInterruptedAlreadyStopsThreadsWithoutAWait() throws Exception {
        Thread thread = started(this::waitUntilInterrupted);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.execute(signalling(this::waitUntilInterrupted));
        begun.acquire();
        Thread.currentThread().interrupt();
        ThreadStop.stop(thread, LONG);
        ThreadStop.stop(executor, "test", LONG);
        assertThat(Thread.interrupted()).isTrue();
        thread.join();
        assertThat(executor.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void refusesALimitThatWouldWaitForEver() {
        assertThatThrownBy(() -> ThreadStop.stop(Thread.currentThread(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit must be at least 1 ms: PT0S");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private Thread started(Runnable work) throws InterruptedException {
        Thread thread = new Thread(signalling(work));
        thread.start();
        begun.acquire();
        return thread;
    }

    private Runnable signalling(Runnable work) {
        return () -> {
            begun.release();
            work.run();
        };
    }

    private void waitUntilInterrupted() {
        try {
            mayEnd.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

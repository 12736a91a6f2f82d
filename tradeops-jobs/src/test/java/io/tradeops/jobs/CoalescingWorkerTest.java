package io.tradeops.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CoalescingWorkerTest {

    private static final long LIMIT_SECONDS = 30;
    private static final Duration LIMIT = Duration.ofSeconds(LIMIT_SECONDS);

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @Test
    void requestsDuringARunCauseOneMoreRun() throws Exception {
        try (CoalescingWorker worker = new CoalescingWorker("test", LIMIT, this::work)) {
            worker.request();
            awaitRun();
            for (int i = 0; i < 1_000; i++) {
                worker.request(); // does not wait
            }
            mayEnd.release();
            awaitRun();
            mayEnd.release(2);
            worker.request();
            awaitRun();

            assertThat(begun.availablePermits()).isZero();
        }
    }

    @Test
    void closeInterruptsTheWorkAndNoOtherRunStarts() throws Exception {
        CoalescingWorker worker = new CoalescingWorker("test", LIMIT, this::work);
        worker.request();
        awaitRun();
        worker.request();
        worker.close();
        worker.request();

        assertThat(interrupted.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(begun.availablePermits()).isZero();
    }

    @Test
    void failedWorkRunsAgain() throws Exception {
        AtomicBoolean fails = new AtomicBoolean(true);
        Runnable failsOnce = () -> {
            begun.release();
            if (fails.getAndSet(false)) {
                throw new OutOfMemoryError("on purpose");
            }
        };
        try (CoalescingWorker worker = new CoalescingWorker("test", LIMIT, failsOnce)) {
            worker.request();
            awaitRun();
            awaitRun();
            worker.request();
            awaitRun();
        }
    }

    private void awaitRun() throws InterruptedException {
        assertThat(begun.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private void work() {
        begun.release();
        try {
            mayEnd.acquire();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
    }
}

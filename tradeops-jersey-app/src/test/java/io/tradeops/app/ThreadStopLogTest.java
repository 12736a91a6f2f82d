package io.tradeops.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tradeops.jobs.thread.ThreadStop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a stop logs. The jobs' tests of {@link ThreadStop} have no logger. */
class ThreadStopLogTest {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(ThreadStop.class);

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);

    @BeforeEach
    void recordLog() {
        logged.start();
        LOGGER.addAppender(logged);
    }

    @AfterEach
    void letThreadsEnd() {
        mayEnd.release(2);
        LOGGER.detachAppender(logged);
    }

    @Test
    void namesEachThreadThatDoesNotEndInTime() throws Exception {
        Thread stuck = new Thread(this::ignoreInterrupts, "stuck-thread");
        ExecutorService executor = Executors.newSingleThreadExecutor();
        stuck.start();
        executor.execute(this::ignoreInterrupts);
        begun.acquire(2);
        ThreadStop.stop(List.of(new Thread("never-started"), stuck), Duration.ofMillis(20));
        ThreadStop.stop(executor, "stuck-executor", Duration.ofMillis(30));

        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "thread stuck-thread did not end within 20 ms",
                        "thread stuck-executor did not end within 30 ms");
    }

    @Test
    void logsNothingOfThreadsThatEnd() {
        ThreadStop.stop(new Thread("never-started"), Duration.ofMinutes(1));
        ThreadStop.stop(Executors.newSingleThreadExecutor(), "idle-executor", Duration.ofMinutes(1));

        assertThat(logged.list).isEmpty();
    }

    private void ignoreInterrupts() {
        begun.release();
        mayEnd.acquireUninterruptibly();
    }
}

package io.tradeops.app.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The fair queue of readers before the pool: with four connections, one reads at a time, in the order of the calls. */
@Timeout(60)
class ReadersQueueIT {

    private static final int CONNECTIONS = 4;

    @TempDir
    static Path directory;

    private static TestDatabase postgres;
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestDatabase.in(directory);
        database = Database.open(
                new DatabaseSettings(postgres.url(), postgres.user(), postgres.password(), CONNECTIONS), List.of());
        HikariPoolMXBean pool =
                database.dataSource().unwrap(HikariDataSource.class).getHikariPoolMXBean();
        Eventually.await("all connections are open", () -> pool.getTotalConnections() == CONNECTIONS);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        postgres.close();
    }

    @Test
    void readersLeaveConnectionsToWriters() throws Exception {
        try (Reading first = Reading.startAndAwaitPermit();
                Reading second = Reading.startWaiting();
                Reading third = Reading.startWaiting();
                Reading fourth = Reading.startWaiting()) {
            assertThat(first.hasPermit()).isTrue();
            CountDownLatch atOnce = new CountDownLatch(CONNECTIONS - 1);
            AtomicInteger together = new AtomicInteger();
            List<Thread> writers = IntStream.range(0, CONNECTIONS - 1)
                    .mapToObj(i -> new Thread(() -> database.withConnection(connection -> {
                        atOnce.countDown();
                        return together.addAndGet(await(atOnce) ? 1 : 0);
                    })))
                    .toList();
            writers.forEach(Thread::start);
            for (Thread writer : writers) {
                writer.join();
            }

            assertThat(together).hasValue(CONNECTIONS - 1);
            assertThat(List.of(second.hasPermit(), third.hasPermit(), fourth.hasPermit()))
                    .containsOnly(false);
        }
    }

    @Test
    void readerWithoutAPermitFailsAfterTheTimeLimit() throws Exception {
        try (Reading first = Reading.startAndAwaitPermit()) {
            assertThat(first.hasPermit()).isTrue();
            long start = System.nanoTime();

            assertThatThrownBy(() -> database.query(connection -> 1))
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageContaining("waiting");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(2_400), Duration.ofMillis(4_000));
        }
        assertThat(database.<Integer>query(connection -> 1)).isEqualTo(1);
    }

    @Test
    void readersRunInTheOrderOfTheirCalls() throws Exception {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> readers = new ArrayList<>();
        try (Reading first = Reading.startAndAwaitPermit()) {
            assertThat(first.hasPermit()).isTrue();
            for (int i = 0; i < 8; i++) {
                int number = i;
                Thread reader = new Thread(() -> database.query(connection -> order.add(number)));
                reader.start();
                readers.add(reader);
                awaitWaiting(reader);
            }
        }
        for (Thread reader : readers) {
            reader.join();
        }

        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    /** A reader that queries again at once runs behind one that already waits. */
    @Test
    void repeatedReaderDoesNotOvertakeAWaitingOne() throws Exception {
        for (int i = 0; i < 50; i++) {
            List<String> order = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            Thread greedy = new Thread(() -> {
                database.query(connection -> {
                    begun.countDown();
                    return await(ended);
                });
                database.query(connection -> order.add("greedy"));
            });
            greedy.start();
            begun.await();
            Thread patient = new Thread(() -> database.query(connection -> order.add("patient")));
            patient.start();
            awaitWaiting(patient);
            ended.countDown();
            greedy.join();
            patient.join();

            assertThat(order).containsExactly("patient", "greedy");
        }
    }

    @Test
    void failedQueryReturnsItsPermit() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> database.query(connection -> connection
                            .createStatement()
                            .executeQuery("select nothing from nowhere")
                            .next()))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(database.<Integer>query(connection -> 1)).isEqualTo(1);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void awaitWaiting(Thread thread) throws Exception {
        Eventually.await("the reader waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    /** A query that runs until {@link #close}. */
    private static final class Reading implements AutoCloseable {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private final Thread thread = new Thread(this::read);

        static Reading startAndAwaitPermit() throws InterruptedException {
            Reading reading = new Reading();
            reading.thread.start();
            reading.begun.await();
            return reading;
        }

        static Reading startWaiting() throws Exception {
            Reading reading = new Reading();
            reading.thread.start();
            awaitWaiting(reading.thread);
            return reading;
        }

        boolean hasPermit() {
            return begun.getCount() == 0;
        }

        @Override
        public void close() {
            ended.countDown();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void read() {
            try {
                database.query(connection -> {
                    begun.countDown();
                    return await(ended);
                });
            } catch (DatabaseUnavailableException e) {
                // it got no permit in time
            }
        }
    }
}

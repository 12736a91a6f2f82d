package io.tradeops.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tags under which requests are counted, and the cost of counting. */
class MetricsTest {

    private static final int CALLS = 20_000;
    private static final long BYTES_A_CALL = 200;

    @SuppressWarnings("NullAway.Init") // start() sets it
    private Metrics metrics;

    @BeforeEach
    void start() {
        metrics = new Metrics(ProgramVersion.current());
    }

    @AfterEach
    void stop() {
        metrics.close();
    }

    @Test
    void requestsAreCountedByMethodRouteAndStatus() {
        metrics.onRequest("GET", "/trades", 200, 1_500_000);
        metrics.onRequest("GET", "/trades", 200, 3_000_000);
        metrics.onRequest("HEAD", "/trades", 200, 1);
        metrics.onRequest("GET", "/alerts", 200, 1);
        metrics.onRequest("GET", "/trades", 503, 1);

        assertThat(lines("http_server_requests_seconds_count"))
                .containsExactlyInAnyOrder(
                        "{method=\"GET\",route=\"/trades\",status=\"200\"} 2",
                        "{method=\"HEAD\",route=\"/trades\",status=\"200\"} 1",
                        "{method=\"GET\",route=\"/alerts\",status=\"200\"} 1",
                        "{method=\"GET\",route=\"/trades\",status=\"503\"} 1");
        assertThat(metrics.scrape())
                .contains("http_server_requests_seconds_sum{method=\"GET\",route=\"/trades\",status=\"200\"} 0.0045");
    }

    @Test
    void concurrentRequestsAreAllCounted() throws Exception {
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> {
                    for (int call = 0; call < 1_000; call++) {
                        metrics.onRequest("GET", "/" + call % 10, 200, 1);
                        metrics.onInputError("code-" + call % 10);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(lines("http_server_requests_seconds_count")).hasSize(10).allMatch(line -> line.endsWith(" 800"));
        assertThat(lines("tradeops_input_errors_total")).hasSize(10).allMatch(line -> line.matches(".* 800(\\.0)?"));
    }

    @Test
    void requestsOfOneKindShareOneMeter() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        countMany();

        long before = threads.getCurrentThreadAllocatedBytes();
        countMany();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated / CALLS).isLessThan(BYTES_A_CALL);
    }

    private void countMany() {
        for (int i = 0; i < CALLS; i++) {
            metrics.onRequest("GET", "/trades", 200, 1_000);
        }
    }

    private List<String> lines(String name) {
        return Stream.of(metrics.scrape().split("\n"))
                .filter(line -> line.startsWith(name + "{"))
                .map(line -> line.substring(name.length()))
                .toList();
    }
}

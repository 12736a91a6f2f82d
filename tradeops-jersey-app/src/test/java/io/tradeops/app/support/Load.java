package io.tradeops.app.support;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that enter trades, singly and in batches, and read them. Counts the answers by status. Thread-safe. */
public final class Load implements AutoCloseable {

    public static final int CLIENTS = 32;

    private static final String TRADE = "{\"ticker\":\"LOAD\",\"price\":100,\"quantity\":1}";
    private static final int BATCH = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<HttpRequest> requests;
    private final Map<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicLong withoutRetryAfter = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    private Load(URI server, String key) {
        HttpRequest one = request(server, "trades/", key).POST(json(TRADE)).build();
        HttpRequest batch = request(server, "trades/batch", key)
                .POST(json(Collections.nCopies(BATCH, TRADE).toString()))
                .build();
        HttpRequest page = request(server, "trades/?ticker=LOAD&limit=50", key).build();
        this.requests = List.of(one, one, page, batch);
    }

    private static HttpRequest.Builder request(URI server, String path, String key) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher json(String text) {
        return HttpRequest.BodyPublishers.ofString(text);
    }

    public static Load start(URI server, String key) throws Exception {
        Load load = new Load(server, key);
        Eventually.await("the key is known", () -> load.send(load.requests.get(0)) == 201);
        for (int i = 0; i < CLIENTS; i++) {
            HttpRequest request = load.requests.get(i % load.requests.size());
            Thread thread = new Thread(() -> load.run(request), "load-" + i);
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    public long count(int status) {
        AtomicLong count = statuses.get(status);
        return count == null ? 0 : count.get();
    }

    /** The statuses of the answers so far; 0 for a request without an answer. */
    public Set<Integer> statuses() {
        return Set.copyOf(statuses.keySet());
    }

    public long refusalsWithoutRetryAfter() {
        return withoutRetryAfter.get();
    }

    /** The time of the slowest answer in milliseconds, also of answers to requests from before {@link #forgetTimes}. */
    public long slowestMillis() {
        return slowestNanos.get() / 1_000_000;
    }

    public void forgetTimes() {
        slowestNanos.set(0);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(HttpRequest request) {
        while (!stopped) {
            long start = System.nanoTime();
            int status = send(request);
            slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
            statuses.computeIfAbsent(status, each -> new AtomicLong()).incrementAndGet();
        }
    }

    private int send(HttpRequest request) {
        try {
            HttpResponse<Void> answer = http.send(request, HttpResponse.BodyHandlers.discarding());
            if (answer.statusCode() == 503
                    && answer.headers().firstValue("Retry-After").isEmpty()) {
                withoutRetryAfter.incrementAndGet();
            }
            return answer.statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}

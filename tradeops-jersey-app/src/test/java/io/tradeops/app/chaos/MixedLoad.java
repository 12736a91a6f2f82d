package io.tradeops.app.chaos;

import io.tradeops.app.support.FeedListener;
import io.tradeops.app.support.SseReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Clients that enter trades singly and in batches, read them, follow alerts and ticks, and ask for the server's health,
 * until they are closed. A trade is sent again until it is acknowledged. Thread-safe.
 */
final class MixedLoad implements AutoCloseable {

    private static final int SINGLE = 4;
    private static final int BATCH = 20;
    private static final int FEED_CLIENTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long PAUSE_NANOS = 5_000_000;
    private static final long PAUSE_AFTER_REFUSAL_NANOS = 50_000_000;

    private final URI server;
    private final Ledger ledger;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<Integer, AtomicLong> statuses = new TreeMap<>();
    private volatile boolean closed;

    private MixedLoad(URI server, Ledger ledger) {
        this.server = server;
        this.ledger = ledger;
    }

    static MixedLoad start(URI server, Ledger ledger) {
        MixedLoad load = new MixedLoad(server, ledger);
        for (int i = 0; i < SINGLE; i++) {
            load.repeat(load::enterOne);
        }
        load.repeat(() -> load.enterBatch("application/json"));
        load.repeat(() -> load.enterBatch("text/csv"));
        load.repeat(() -> load.read("trades/?ticker=CHAOS&limit=200"));
        load.repeat(() -> load.read("trades/?limit=200&order=desc"));
        load.repeat(() -> load.read("alerts/?limit=50"));
        load.repeat(() -> load.read("averages/?limit=50"));
        load.repeat(() -> load.read("metrics"));
        load.repeat(load::followAlerts);
        for (int i = 0; i < FEED_CLIENTS; i++) {
            load.repeat(load::followTicks);
        }
        return load;
    }

    /** The number of answers by status; 0 stands for requests without an answer. */
    synchronized Map<Integer, AtomicLong> statuses() {
        return new TreeMap<>(statuses);
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join(PATIENCE.toMillis() * 2);
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void repeat(Callable<Boolean> step) {
        Thread thread = new Thread(
                () -> {
                    while (!closed) {
                        LockSupport.parkNanos(succeeds(step) ? PAUSE_NANOS : PAUSE_AFTER_REFUSAL_NANOS);
                    }
                },
                "mixed-load");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private boolean succeeds(Callable<Boolean> step) {
        try {
            return step.call();
        } catch (IOException e) {
            count(0);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean enterOne() throws IOException, InterruptedException {
        String id = ledger.next();
        return enter("trades/", "application/json", trade(id), List.of(id));
    }

    private boolean enterBatch(String type) throws IOException, InterruptedException {
        List<String> ids = Stream.generate(ledger::next).limit(BATCH).toList();
        String body = type.equals("text/csv")
                ? ids.stream()
                        .map(id -> "CHAOS,1.5,2," + id + "\n")
                        .collect(Collectors.joining("", "ticker,price,quantity,trade_id\n", ""))
                : ids.stream().map(MixedLoad::trade).toList().toString();
        return enter("trades/batch", type, body, ids);
    }

    private static String trade(String id) {
        return "{\"ticker\":\"CHAOS\",\"price\":1.5,\"quantity\":2,\"trade_id\":\"" + id + "\"}";
    }

    /** Sends trades until they are stored: 409 says that an attempt without an answer has stored them. */
    private boolean enter(String path, String type, String body, List<String> ids)
            throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        boolean first = true;
        while (!closed) {
            int status = send(request);
            if (status == 201 || status == 409) {
                ledger.acknowledge(ids);
                return first;
            }
            first = false;
            LockSupport.parkNanos(PAUSE_AFTER_REFUSAL_NANOS);
        }
        return false;
    }

    private boolean read(String path) throws IOException, InterruptedException {
        return send(request(path).build()) == 200;
    }

    private int send(HttpRequest request) throws InterruptedException {
        int status;
        try {
            status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            status = 0;
        }
        count(status);
        return status;
    }

    private boolean followAlerts() throws IOException {
        try (SseReader alerts = SseReader.open(server.resolve("alerts/stream"), "")) {
            while (!closed) {
                alerts.next();
            }
            return true;
        } catch (AssertionError e) {
            return false; // refused, or the server has ended
        }
    }

    private boolean followTicks() throws Exception {
        URI feed = URI.create("ws://" + server.getAuthority() + "/prices");
        try (FeedListener listener = FeedListener.connect(feed)) {
            while (!closed) {
                try {
                    listener.closed().get(1, TimeUnit.SECONDS);
                    return false;
                } catch (TimeoutException e) {
                    listener.forget();
                }
            }
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false; // refused, or cut
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
    }

    private synchronized void count(int status) {
        statuses.computeIfAbsent(status, each -> new AtomicLong()).incrementAndGet();
    }
}

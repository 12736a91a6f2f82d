package io.tradeops.app.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tradeops.app.access.Caller;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.rest.Json;
import io.tradeops.app.rest.LongAnswer;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.app.rest.RequestSlots;
import io.tradeops.jobs.thread.WatchedLoop;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts to clients as Server-Sent Events, soon after this or another process stores them. While clients are
 * connected, one thread looks for new alerts every {@value #POLL_MILLIS} ms. The id of an event is the number of its
 * alert. Thread-safe.
 */
public final class AlertStream implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AlertStream.class);

    private static final int RETRY_MILLIS = 2_000;

    private static final int PAGE = 200;
    private static final long POLL_MILLIS = 250;
    /** Above the socket timeout of the database, so that a database that hangs is no fault of this thread. */
    private static final Duration LIMIT = Duration.ofSeconds(45);

    private static final Duration STOP_WAIT = Duration.ofSeconds(3);

    private final AlertRepository alerts;
    private final StreamLimits limits;
    private final RequestSlots places;
    private final Set<AlertClient> clients = ConcurrentHashMap.newKeySet();
    private final AtomicLong slowClients = new AtomicLong();
    private final WatchedLoop poller =
            WatchedLoop.of("alert-stream", LIMIT, this::step).withPause(Duration.ofMillis(POLL_MILLIS));
    private volatile boolean closed;
    private long lastHeartbeatNanos = System.nanoTime();

    private AlertStream(AlertRepository alerts, StreamLimits limits) {
        this.alerts = alerts;
        this.limits = limits;
        this.places = new RequestSlots(limits.clients(), limits.clientsPerAddress(), "clients of the alert stream");
    }

    /**
     * Starts a stream of a repository's alerts.
     *
     * @param clientsPerAddress the most clients with one address
     */
    public static AlertStream start(AlertRepository alerts, int clientsPerAddress) {
        return start(alerts, StreamLimits.of(clientsPerAddress));
    }

    /** Starts a stream with other limits. */
    static AlertStream start(AlertRepository alerts, StreamLimits limits) {
        AlertStream stream = new AlertStream(alerts, limits);
        stream.poller.start();
        return stream;
    }

    /** The thread that looks for new alerts. */
    public List<WatchedLoop> loops() {
        return List.of(poller);
    }

    /** How many clients are connected. */
    public int clientCount() {
        return clients.size();
    }

    /** How many clients were dropped because they read too slowly. */
    public long slowClients() {
        return slowClients.get();
    }

    /** Ends the response to every client; later clients are refused. */
    @Override
    public void close() {
        closed = true;
        poller.stop(STOP_WAIT);
        clients.forEach(AlertClient::end);
    }

    /** Prepares the response to a client. It starts after the alert that the client names, or with the next new one.
     *
     * @throws ProblemException 503 if too many clients are connected, or the stream is closed; 429 if too many are of
     *     one address */
    LongAnswer open(AlertSubscription subscription, HttpServletRequest request) {
        if (closed) {
            throw ProblemException.busy("the server is stopping");
        }
        if (request.getMethod().equals("GET")) { // HEAD gets no events
            places.takeFor(request, Caller.network(request));
        }
        long last = alerts.lastSeq();
        // a greater id is from a database that was replaced
        long lastSeq = Math.min(subscription.after().orElse(last), last);
        return answer -> connect(new AlertClient(subscription, lastSeq, limits.stall(), answer, clients::remove));
    }

    private void connect(AlertClient client) throws IOException {
        client.send(firstEvent(client.lastSeq())); // before any alert
        clients.add(client);
        client.begin();
        if (closed) {
            client.end();
        }
    }

    /** Tells the client when to reconnect, and from which id if it loses the connection before the first alert. */
    private static byte[] firstEvent(long lastSeq) {
        return ("retry: " + RETRY_MILLIS + "\nid: " + lastSeq + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private void step() {
        try {
            clients.stream().filter(client -> !client.isAllowed()).forEach(AlertClient::end);
            boolean more = !clients.isEmpty();
            while (more && !closed) {
                more = deliver();
                heartbeat();
                poller.beat();
            }
        } catch (DatabaseUnavailableException e) {
            log.debug("the alert stream waits for the database: {}", e.getMessage());
            heartbeat();
        }
    }

    /** Queues a page of alerts for each client that lags; true if one that had room still lags. */
    private boolean deliver() {
        long last = alerts.lastSeq();
        List<Long> lagging = clients.stream()
                .map(AlertClient::lastSeq)
                .filter(seq -> seq < last)
                .distinct()
                .toList();
        boolean more = false;
        for (long seq : lagging) {
            more |= deliverAfter(seq, last);
        }
        return more;
    }

    /** Clients with the same last number, as nearly all have, share one read. */
    private boolean deliverAfter(long seq, long last) {
        List<AlertClient> receivers = clients.stream()
                .filter(client -> client.lastSeq() == seq && client.hasRoom())
                .toList();
        if (receivers.isEmpty()) {
            return false;
        }
        List<NumberedAlert> page = alerts.after(seq, last, PAGE);
        long next = page.size() < PAGE ? last : page.get(PAGE - 1).seq();
        for (NumberedAlert numbered : page) {
            byte[] event = event(numbered);
            for (AlertClient client : receivers) {
                if (client.subscription().includes(numbered.alert()) && !client.send(event)) {
                    drop(client);
                }
            }
        }
        receivers.forEach(client -> client.setLastSeq(next));
        return next < last;
    }

    private void heartbeat() {
        if (System.nanoTime() - lastHeartbeatNanos < limits.heartbeat().toNanos()) {
            return;
        }
        lastHeartbeatNanos = System.nanoTime();
        for (AlertClient client : clients) {
            if (!client.heartbeat()) {
                drop(client);
            }
        }
    }

    private void drop(AlertClient client) {
        slowClients.incrementAndGet();
        client.end();
    }

    private static byte[] event(NumberedAlert numbered) {
        try {
            String json = Json.mapper().writeValueAsString(numbered.alert());
            return ("id: " + numbered.seq() + "\nevent: alert\ndata: " + json + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing an alert as JSON failed", e);
        }
    }
}

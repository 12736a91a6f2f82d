package io.tradeops.app.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.rest.Json;
import io.tradeops.app.rest.LongAnswer;
import io.tradeops.app.rest.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts to clients as they are stored, by this process or another: one thread looks for new ones, four times a second
 * and only while there are clients. Events have the alerts' numbers in the order of storing. Thread-safe.
 */
public final class AlertStream implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AlertStream.class);

    private static final int RETRY_MILLIS = 2_000;

    private static final int PAGE = 200;
    private static final long POLL_MILLIS = 250;
    private static final long STOP_SECONDS = 3;

    private final AlertRepository alerts;
    private final StreamLimits limits;
    private final Set<AlertClient> clients = ConcurrentHashMap.newKeySet();
    private final AtomicLong slowClients = new AtomicLong();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "alert-stream"));
    private volatile boolean closed;
    private long lastHeartbeat = System.nanoTime();

    private AlertStream(AlertRepository alerts, StreamLimits limits) {
        this.alerts = alerts;
        this.limits = limits;
    }

    /** Starts a stream of the alerts of a repository. */
    public static AlertStream start(AlertRepository alerts) {
        return start(alerts, StreamLimits.DEFAULT);
    }

    /** Starts one that bears more or less. */
    static AlertStream start(AlertRepository alerts, StreamLimits limits) {
        AlertStream stream = new AlertStream(alerts, limits);
        var unused =
                stream.thread.scheduleWithFixedDelay(stream::step, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
        return stream;
    }

    /** How many clients are connected. */
    public int clientCount() {
        return clients.size();
    }

    /** How many clients were dropped for being too slow. */
    public long slowClients() {
        return slowClients.get();
    }

    /** Ends every client's answer. */
    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                log.warn("the stream of alerts did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clients.forEach(AlertClient::end);
    }

    /** Makes ready for a client, whose alerts begin after the one it names, or with the next.
     *
     * @throws ProblemException 503 if there are too many, or the stream is stopping */
    LongAnswer open(AlertSubscription subscription) {
        if (closed) {
            throw ProblemException.busy("the server stops");
        }
        if (clients.size() >= limits.clients()) {
            throw ProblemException.busy("the stream of alerts has " + limits.clients() + " clients, and takes no more");
        }
        long last = alerts.lastSeq();
        // an id beyond the last is from before the database was made anew
        long position = Math.min(subscription.after().orElse(last), last);
        return answer -> connect(new AlertClient(subscription, position, limits.stall(), answer, clients::remove));
    }

    private void connect(AlertClient client) throws IOException {
        client.send(hello(client.position())); // before any alert
        clients.add(client);
        client.begin();
        if (closed) {
            client.end();
        }
    }

    /** How long to wait before connecting again, and from where on, for who is cut before the first alert. */
    private static byte[] hello(long position) {
        return ("retry: " + RETRY_MILLIS + "\nid: " + position + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private void step() {
        try {
            clients.stream().filter(client -> !client.isAllowed()).forEach(AlertClient::end);
            boolean more = !clients.isEmpty();
            while (more && !closed) {
                more = deliver();
                heartbeat();
            }
        } catch (DatabaseUnavailableException e) {
            log.debug("the stream of alerts waits for the database: {}", e.getMessage());
            heartbeat();
        } catch (RuntimeException e) {
            log.error("the stream of alerts failed; it goes on", e);
        }
    }

    /** Brings everybody a page nearer to the newest alert; true if that is not far enough for somebody who has room. */
    private boolean deliver() {
        long last = alerts.lastSeq();
        List<Long> positions = clients.stream()
                .map(AlertClient::position)
                .filter(position -> position < last)
                .distinct()
                .toList();
        boolean more = false;
        for (long position : positions) {
            more |= deliverAfter(position, last);
        }
        return more;
    }

    /** Clients at the same place, as nearly all of them are, share what is read. */
    private boolean deliverAfter(long position, long last) {
        List<AlertClient> here = clients.stream()
                .filter(client -> client.position() == position && client.hasRoom())
                .toList();
        if (here.isEmpty()) {
            return false;
        }
        List<NumberedAlert> page = alerts.after(position, last, PAGE);
        long next = page.size() < PAGE ? last : page.get(PAGE - 1).seq();
        for (NumberedAlert numbered : page) {
            byte[] event = event(numbered);
            for (AlertClient client : here) {
                if (client.subscription().wants(numbered.alert()) && !client.send(event)) {
                    drop(client);
                }
            }
        }
        here.forEach(client -> client.moveTo(next));
        return next < last;
    }

    private void heartbeat() {
        if (System.nanoTime() - lastHeartbeat < limits.heartbeat().toNanos()) {
            return;
        }
        lastHeartbeat = System.nanoTime();
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
            throw new IllegalStateException("an alert is always JSON", e);
        }
    }
}

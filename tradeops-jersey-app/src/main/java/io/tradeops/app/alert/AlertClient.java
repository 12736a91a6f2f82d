package io.tradeops.app.alert;

import io.tradeops.app.access.Caller;
import io.tradeops.app.rest.ConnectionWatch;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of the alert stream. Its bounded queue is written whenever the connection accepts more, so no thread waits
 * for a client. Thread-safe.
 */
final class AlertClient implements WriteListener {

    private static final Logger log = LoggerFactory.getLogger(AlertClient.class);

    private static final int QUEUE_CAPACITY = 1_000;
    private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);

    private final AlertSubscription subscription;
    private final long stallNanos;
    private final Consumer<AlertClient> onEnd;
    private final Queue<byte[]> queue = new ArrayDeque<>();
    private final AsyncContext answer;
    private final ServletOutputStream out;
    private final BooleanSupplier allowed;
    private boolean writable;
    private boolean ended;
    private boolean unflushed;
    private long lastProgressNanos = System.nanoTime();
    private volatile long lastSeq;

    /**
     * A client whose response has started.
     *
     * @param lastSeq the number of the last alert before the first that it may receive
     * @param stall how long it may read nothing while events are queued for it
     * @param onEnd called once, when the client is gone
     */
    AlertClient(
            AlertSubscription subscription,
            long lastSeq,
            Duration stall,
            AsyncContext answer,
            Consumer<AlertClient> onEnd)
            throws IOException {
        this.subscription = subscription;
        this.stallNanos = stall.toNanos();
        this.lastSeq = lastSeq;
        this.answer = answer;
        this.out = answer.getResponse().getOutputStream();
        this.allowed = Caller.permission(answer.getRequest());
        this.onEnd = onEnd;
    }

    AlertSubscription subscription() {
        return subscription;
    }

    /** Whether its API key is still valid. */
    boolean isAllowed() {
        return allowed.getAsBoolean();
    }

    /** The number of the last alert that was queued for it or is not in its subscription. */
    long lastSeq() {
        return lastSeq;
    }

    void setLastSeq(long seq) {
        lastSeq = seq;
    }

    /** Lets the container call {@link #onWritePossible} as soon as the connection accepts more. */
    void begin() {
        out.setWriteListener(this);
        ConnectionWatch.start(answer.getRequest(), () -> {
            log.debug("a client of the alert stream has closed its connection");
            end();
        });
    }

    @Override
    public void onWritePossible() {
        synchronized (this) {
            writable = true;
        }
        drain();
    }

    @Override
    public void onError(Throwable failure) {
        log.debug("a client of the alert stream is gone: {}", failure.toString());
        end();
    }

    /** Whether all that was queued is written: so a client that reads slowly holds no more than one page of events. */
    synchronized boolean hasRoom() {
        return queue.isEmpty();
    }

    /** Queues an event; false if the client reads too slowly. */
    boolean send(byte[] event) {
        synchronized (this) {
            if (ended) {
                return true;
            }
            boolean stalled = !queue.isEmpty() && System.nanoTime() - lastProgressNanos > stallNanos;
            if (stalled || queue.size() >= QUEUE_CAPACITY) {
                return false;
            }
            queue.add(event);
        }
        drain();
        return true;
    }

    /** Queues a heartbeat; false if the client reads too slowly. */
    boolean heartbeat() {
        return send(HEARTBEAT);
    }

    /** Ends the response. */
    void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            queue.clear();
        }
        onEnd.accept(this);
        try {
            answer.complete();
        } catch (IllegalStateException e) {
            log.debug("a client of the alert stream had already ended: {}", e.getMessage());
        }
    }

    private void drain() {
        try {
            synchronized (this) {
                while (writable && !ended && (!queue.isEmpty() || unflushed)) {
                    write();
                }
            }
        } catch (IOException | IllegalStateException e) {
            onError(e);
        }
    }

    /** Writes the next event, or flushes those that are in the buffer. */
    private void write() throws IOException {
        if (!out.isReady()) {
            writable = false; // the container will call onWritePossible
            return;
        }
        byte[] next = queue.poll();
        if (next == null) {
            unflushed = false;
            out.flush();
        } else {
            unflushed = true;
            out.write(next);
        }
        lastProgressNanos = System.nanoTime();
    }
}

package io.tradeops.app.alert;

import io.tradeops.app.access.Caller;
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
 * One client of the stream: a bounded queue, emptied as the connection takes it, so that no thread ever waits for a client.
 * Thread-safe.
 */
final class AlertClient implements WriteListener {

    private static final Logger log = LoggerFactory.getLogger(AlertClient.class);

    private static final int QUEUE = 1_000;
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
    private long lastProgress = System.nanoTime();
    private volatile long position;

    /**
     * A client whose answer has begun.
     *
     * @param position the number of the last alert that it has or doesn't want
     * @param stall how long it may take nothing of what waits for it
     * @param onEnd is called once when it is gone
     */
    AlertClient(
            AlertSubscription subscription,
            long position,
            Duration stall,
            AsyncContext answer,
            Consumer<AlertClient> onEnd)
            throws IOException {
        this.subscription = subscription;
        this.stallNanos = stall.toNanos();
        this.position = position;
        this.answer = answer;
        this.out = answer.getResponse().getOutputStream();
        this.allowed = Caller.permission(answer.getRequest());
        this.onEnd = onEnd;
    }

    AlertSubscription subscription() {
        return subscription;
    }

    /** Whether its key is still valid. */
    boolean isAllowed() {
        return allowed.getAsBoolean();
    }

    /** The number of the last alert that was queued for it, or that it didn't want. */
    long position() {
        return position;
    }

    void moveTo(long seq) {
        position = seq;
    }

    /** Lets the container call {@link #onWritePossible} as soon as the connection takes more. */
    void begin() {
        out.setWriteListener(this);
    }

    @Override
    public void onWritePossible() {
        synchronized (this) {
            writable = true;
        }
        pump();
    }

    @Override
    public void onError(Throwable failure) {
        log.debug("a client of the alerts is gone: {}", failure.toString());
        end();
    }

    /** Whether half of the queue is free. */
    synchronized boolean hasRoom() {
        return queue.size() <= QUEUE / 2;
    }

    /** Queues what is to be sent; false if the client is too slow for it. */
    boolean send(byte[] event) {
        synchronized (this) {
            if (ended) {
                return true;
            }
            boolean stalled = !queue.isEmpty() && System.nanoTime() - lastProgress > stallNanos;
            if (stalled || queue.size() >= QUEUE) {
                return false;
            }
            queue.add(event);
        }
        pump();
        return true;
    }

    /** Queues a heartbeat; false if the client is too slow for it. */
    boolean heartbeat() {
        return send(HEARTBEAT);
    }

    /** Ends the answer. */
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
            log.debug("a client of the alerts had ended: {}", e.getMessage());
        }
    }

    private void pump() {
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

    /** One step: the next event, or what was written into the buffer before. */
    private void write() throws IOException {
        if (!out.isReady()) {
            writable = false; // onWritePossible comes
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
        lastProgress = System.nanoTime();
    }
}

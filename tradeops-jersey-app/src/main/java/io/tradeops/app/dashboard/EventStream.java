package io.tradeops.app.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A stream of Server-Sent Events to one client. A write never waits for the client, so one that does not read delays no
 * other; it loses its connection. A comment every 5 s shows whether the client is still there. Thread-safe.
 */
final class EventStream {

    private static final int MAX_QUEUED_BYTES = 1 << 20;
    private static final long COMMENT_SECONDS = 5;
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Runnable onGone;
    private final ByteArrayOutputStream incomplete = new ByteArrayOutputStream();
    private final ByteArrayOutputStream queue = new ByteArrayOutputStream();
    private boolean sending;
    private long sendingSince;
    private boolean ending;
    private boolean ended;

    /**
     * The answer to a request.
     *
     * @param onGone is called if the client is gone
     */
    EventStream(Request request, Response response, Callback callback, Runnable onGone) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.onGone = onGone;
    }

    /** Sends the head. */
    void begin() {
        request.addFailureListener(this::fail);
        comment();
    }

    /** Appends a part of an event, which {@link #flush} completes. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        synchronized (this) {
            if (ending || ended) {
                throw new IOException("the stream has ended");
            }
            if (incomplete.size() + queue.size() + length <= MAX_QUEUED_BYTES) {
                incomplete.write(bytes, offset, length);
                return;
            }
        }
        abort();
        throw new IOException("the client does not read");
    }

    /** Sends what was written. */
    void flush() throws IOException {
        synchronized (this) {
            if (ended) {
                throw new IOException("the stream has ended");
            }
            incomplete.writeTo(queue);
            incomplete.reset();
        }
        pump();
    }

    /** Ends the stream after what is queued. */
    void close() {
        synchronized (this) {
            ending = true;
        }
        pump();
    }

    /** Goes on until the stream has ended, so that a client that does not read its end is noticed, too. */
    private void comment() {
        if (isStalled()) {
            abort();
        }
        synchronized (this) {
            if (ended) {
                return;
            }
            if (!sending && !ending) {
                queue.writeBytes(COMMENT);
            }
        }
        pump();
        var unused = request.getComponents().getScheduler().schedule(this::comment, COMMENT_SECONDS, TimeUnit.SECONDS);
    }

    private synchronized boolean isStalled() {
        return sending && System.nanoTime() - sendingSince > STALL_NANOS;
    }

    /** Whether nothing more can be sent. */
    synchronized boolean hasEnded() {
        return ended;
    }

    /** Sends the next part, unless one is being sent. */
    private void pump() {
        next().ifPresent(part -> {
            boolean last = !part.hasRemaining();
            response.write(last, part, Callback.from(last ? this::succeed : this::onSent, this::fail));
        });
    }

    /** What to send; a part without bytes is the end. */
    private synchronized Optional<ByteBuffer> next() {
        if (sending || ended || (queue.size() == 0 && !ending)) {
            return Optional.empty();
        }
        sending = true;
        sendingSince = System.nanoTime();
        ByteBuffer part = ByteBuffer.wrap(queue.toByteArray());
        queue.reset();
        return Optional.of(part);
    }

    private void onSent() {
        synchronized (this) {
            sending = false;
        }
        pump();
    }

    private void succeed() {
        if (markEnded()) {
            callback.succeeded();
        }
    }

    private void fail(Throwable thrown) {
        if (markEnded()) {
            onGone.run();
            callback.failed(thrown);
        }
    }

    private synchronized boolean markEnded() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    private void abort() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        fail(new IOException("the client does not read"));
    }
}

package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedJson;
import io.tradeops.app.feed.wire.FeedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The messages to one client other than ticks: answers and notices, which precede ticks, and a heartbeat, which follows
 * them. Bounded in bytes and in time. Times are of {@link System#nanoTime}. Not thread-safe.
 */
final class Outbox {

    /** The most bytes that wait. */
    static final int CAPACITY = 256 << 10;

    /** What a message takes beside its text. */
    private static final int MESSAGE_BYTES = 128;

    /** The client is then cut within 10 s, as one that does not answer a ping. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5_900);

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final InstantSource clock;
    private final Queue<Message> messages = new ArrayDeque<>();
    private int bytes;
    private boolean heartbeatDue;
    /** Whether a message was removed, and the client may not have got all of it. */
    private boolean sending;
    /** Since when the message that is sent has waited. */
    private long sendingSince;

    private record Message(ByteBuffer text, long sinceNanos) {}

    /** An empty outbox whose heartbeats have the time of {@code clock}. */
    Outbox(InstantSource clock) {
        this.clock = clock;
    }

    /** Queues a message, encoded; false if the outbox is full. */
    boolean offer(ByteBuffer text, long nowNanos) {
        if (bytes + text.remaining() + MESSAGE_BYTES > CAPACITY) {
            return false;
        }
        bytes += text.remaining() + MESSAGE_BYTES;
        return messages.add(new Message(text, nowNanos));
    }

    /** Whether no message waits, the heartbeat aside. */
    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Whether a message has waited for longer than 5.9 s, in the queue or for the client to read. */
    boolean isOverdue(long nowNanos) {
        Message oldest = messages.peek();
        return (sending && nowNanos - sendingSince > LONGEST_WAIT_NANOS)
                || (oldest != null && nowNanos - oldest.sinceNanos > LONGEST_WAIT_NANOS);
    }

    /** The message that was removed last was sent. */
    void onSent() {
        sending = false;
    }

    /** Removes the oldest message; an empty buffer if there is none. */
    ByteBuffer poll() {
        Message message = messages.poll();
        if (message == null) {
            return EMPTY;
        }
        bytes -= message.text.remaining() + MESSAGE_BYTES;
        sending = true;
        sendingSince = message.sinceNanos;
        return message.text;
    }

    /** Makes a heartbeat due, or withdraws one. */
    void setHeartbeatDue(boolean due) {
        heartbeatDue = due;
    }

    /** Removes the heartbeat, if one is due, and encodes it with {@code lastSeq}; otherwise an empty buffer. */
    ByteBuffer pollHeartbeat(long lastSeq) {
        if (!heartbeatDue) {
            return EMPTY;
        }
        heartbeatDue = false;
        return encode(new FeedMessage.Heartbeat(lastSeq, clock.instant().truncatedTo(ChronoUnit.MICROS)));
    }

    /** Removes all messages and the heartbeat. */
    void clear() {
        messages.clear();
        bytes = 0;
        heartbeatDue = false;
    }

    /** A message as it is sent. */
    static ByteBuffer encode(FeedMessage message) {
        return ByteBuffer.wrap(FeedJson.encode(message).getBytes(StandardCharsets.UTF_8));
    }
}

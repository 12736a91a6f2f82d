package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedJson;
import io.tradeops.app.feed.wire.FeedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The messages to one client other than ticks: answers and notices, which precede ticks, and a heartbeat, which follows
 * them. Not thread-safe.
 */
final class Outbox {

    /** The most messages that wait, the heartbeat aside. */
    static final int CAPACITY = 256;

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final InstantSource clock;
    private final Queue<String> messages = new ArrayDeque<>();
    private boolean heartbeatDue;

    /** An empty outbox whose heartbeats have the time of {@code clock}. */
    Outbox(InstantSource clock) {
        this.clock = clock;
    }

    /** Queues a message; false if the outbox is full. */
    boolean offer(FeedMessage message) {
        return messages.size() < CAPACITY && messages.add(FeedJson.encode(message));
    }

    /** Whether no message waits, the heartbeat aside. */
    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Removes the oldest message; an empty buffer if there is none. */
    ByteBuffer poll() {
        String message = messages.poll();
        return message == null ? EMPTY : encode(message);
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
        return encode(FeedJson.encode(
                new FeedMessage.Heartbeat(lastSeq, clock.instant().truncatedTo(ChronoUnit.MICROS))));
    }

    /** Removes all messages and the heartbeat. */
    void clear() {
        messages.clear();
        heartbeatDue = false;
    }

    private static ByteBuffer encode(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}

package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.feed.wire.FeedMessage.Failure;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The ticks for one client: its subscription, and its cursor in the replay buffer. Not thread-safe, save one method. */
final class ClientStream {

    private static final ByteBuffer NO_TICKS = ByteBuffer.allocate(0);

    private final ReplayCursor cursor;
    private ClientSubscription subscription = ClientSubscription.NONE;

    /** A stream without a subscription, at the next tick. */
    ClientStream(ReplayBuffer buffer) {
        this.cursor = new ReplayCursor(buffer);
    }

    /** The client's subscription. */
    ClientSubscription subscription() {
        return subscription;
    }

    /** Replaces the subscription; includes the ticks from before the rounds knew this client. */
    void subscribe(ClientSubscription changed) {
        subscription = changed;
        cursor.endRoundAtNext();
    }

    /**
     * Moves to a sequence number.
     *
     * @param isAddition whether the client has an earlier subscription; then none of its ticks are skipped
     * @return the answer, if there is one: a gap, or a {@link Failure}
     */
    Optional<FeedMessage> resume(long from, boolean isAddition) {
        if (from < 1) {
            return Optional.of(new Failure(Failure.BAD_COMMAND, "from_seq must be at least 1: " + from));
        }
        return cursor.find(from)
                .map(start -> cursor.resume(from, start, isAddition))
                .orElseGet(() -> Optional.of(new Failure(
                        Failure.BEYOND_LAST, "from_seq " + from + " is beyond the next tick, " + cursor.nextSeq())));
    }

    /** Whether the client gets the newest tick of each ticker only. */
    boolean conflates() {
        return subscription.conflates();
    }

    /** The number of ticks still to be sent or skipped; 0 if the client conflates. */
    long lag() {
        return conflates() ? 0 : cursor.lag();
    }

    /** The sequence number of the last tick that was sent or skipped. */
    long lastSeq() {
        return cursor.lastSeq();
    }

    /** Ends the current round at an offset, exclusive. Any thread may call this. */
    void endRoundAt(long endOffset) {
        cursor.endRoundAt(endOffset);
    }

    /** The number of offsets that are to be searched in this round; 0 for a client that has to answer a ping first. */
    long backlog(Liveness liveness) {
        return conflates() && liveness.isAwaitingPong() ? 0 : Math.max(0, cursor.untilRoundEnd());
    }

    /** Whether ticks that the client is to get are no longer retained. */
    boolean isOverrun() {
        return !conflates() && cursor.isBehindBuffer();
    }

    /** Whether no tick was sent yet since the client asked for a sequence number. */
    boolean isResuming() {
        return cursor.isResuming();
    }

    /** Skips all ticks so far. */
    void skipToNext() {
        cursor.moveToNext();
    }

    /** Skips the ticks that are no longer retained; returns the message about them. */
    Optional<FeedMessage> skipToRetained() {
        return cursor.moveToRetained();
    }

    /**
     * The next ticks as JSON that the caller owns; empty without any, and where the search has more to do. A client that conflates gets a ping with them, and
     * no more until its pong.
     */
    ByteBuffer next(Liveness liveness) {
        if (!conflates()) {
            return cursor.next(subscription, ReplayBuffer.PAGE);
        }
        if (backlog(liveness) == 0) {
            return NO_TICKS;
        }
        ByteBuffer ticks = cursor.next(subscription, ReplayBuffer.PAGE);
        if (ticks.hasRemaining()) {
            liveness.ping(System.nanoTime());
        }
        return ticks;
    }
}

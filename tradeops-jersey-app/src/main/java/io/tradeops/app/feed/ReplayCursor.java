package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedMessage;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One client's offset in the replay buffer, and the end of the current round of sending. Not thread-safe, but any thread
 * may set the end of the round.
 */
final class ReplayCursor {

    private final ReplayBuffer buffer;
    /** The offset to send next. */
    private long offset;
    /** The offset at which the current round ends, exclusive. */
    private volatile long roundEnd;
    /** The sequence number of the last tick that was sent or skipped. */
    private long lastSeq;
    /** Whether no tick was sent yet since the client asked for a sequence number. */
    private boolean resuming;

    /** A cursor at the next tick. */
    ReplayCursor(ReplayBuffer buffer) {
        this.buffer = buffer;
        moveToNext();
        this.roundEnd = offset;
    }

    /** The sequence number of the last tick that was sent or skipped. */
    long lastSeq() {
        return lastSeq;
    }

    /** The number of ticks and notices that are still to be sent or skipped. */
    long lag() {
        return buffer.nextOffset() - offset;
    }

    /** Whether the offset to send next is no longer retained. */
    boolean isBehindBuffer() {
        return offset < buffer.oldestOffset();
    }

    /** Whether no tick was sent yet since the client asked for a sequence number. */
    boolean isResuming() {
        return resuming;
    }

    /** The number of offsets up to the end of the current round; 0 or less if the round is complete. */
    long untilRoundEnd() {
        return roundEnd - offset;
    }

    /** Ends the current round at an offset, exclusive. */
    void endRoundAt(long endOffset) {
        roundEnd = endOffset;
    }

    /** Ends the current round after the newest tick. */
    void endRoundAtNext() {
        roundEnd = buffer.nextOffset();
    }

    /** Skips all ticks up to the next one. */
    void moveToNext() {
        moveTo(buffer.next());
    }

    /** Skips the ticks that are no longer retained; returns the message that tells the client. */
    Optional<FeedMessage> moveToRetained() {
        return skipTo(buffer.nextRetained(offset));
    }

    /** The start for a sequence number, or for the first one after it; empty beyond the next tick. */
    Optional<ReplayBuffer.Start> find(long seq) {
        return buffer.find(seq);
    }

    /** The sequence number of the feed's next tick. */
    long nextSeq() {
        return buffer.nextSeq();
    }

    /**
     * Moves to the start that was found for a sequence number.
     *
     * @param isAddition whether the client has an earlier subscription; then none of its ticks are skipped
     * @return the message about ticks that are not retained
     */
    Optional<FeedMessage> resume(long seq, ReplayBuffer.Start start, boolean isAddition) {
        if (isAddition && start.offset() > offset) {
            return Optional.empty();
        }
        resuming = true;
        lastSeq = seq - 1;
        return skipTo(start);
    }

    /**
     * The subscribed ticks of this round, {@code limit} at most, as JSON that the caller owns. Empty without any, and where
     * the search stops before the end of the round.
     */
    ByteBuffer next(ClientSubscription subscription, int limit) {
        ReplayBuffer.Frame frame = subscription.next(buffer, offset, roundEnd, limit);
        if (frame.nextOffset() > offset) { // otherwise there are no ticks yet, or the offset was just evicted
            resuming &= !frame.json().hasRemaining();
            offset = frame.nextOffset();
            lastSeq = frame.lastSeq();
        }
        return frame.json().duplicate();
    }

    private Optional<FeedMessage> skipTo(ReplayBuffer.Start start) {
        Optional<FeedMessage> notice = Optional.empty();
        if (start.sequenceRestarted()) {
            notice = Optional.of(ReplayBuffer.SEQUENCE_RESTARTED);
        } else if (start.seq() > lastSeq + 1) {
            notice = Optional.of(new FeedMessage.Gap(lastSeq + 1, start.seq() - 1, start.missing()));
        }
        moveTo(start);
        return notice;
    }

    private void moveTo(ReplayBuffer.Start start) {
        offset = start.offset();
        lastSeq = start.seq() - 1;
    }
}

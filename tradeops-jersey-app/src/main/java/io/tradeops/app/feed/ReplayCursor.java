package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedMessage;
import java.nio.ByteBuffer;
import java.util.Optional;

/** How far a client is in the ring. Not thread-safe. */
final class ReplayCursor {

    private final ReplayBuffer ring;
    /** The place of what comes next, and where this round ends. */
    private long place;

    private long end;
    /** The number of the last tick that was sent or passed over. */
    private long lastSeq;
    /** Whether nothing was sent yet from where the client has asked to begin. */
    private boolean resuming;

    /** At the next tick. */
    ReplayCursor(ReplayBuffer ring) {
        this.ring = ring;
        moveToEnd();
        this.end = place;
    }

    /** The number of the last tick that was sent or passed over. */
    long lastSeq() {
        return lastSeq;
    }

    /** How many ticks and notices are still to be sent or passed over. */
    long lag() {
        return ring.nextPlace() - place;
    }

    /** Whether what comes next is no longer held. */
    boolean isGone() {
        return place < ring.oldestPlace();
    }

    /** Whether nothing was sent yet from where the client has asked to begin. */
    boolean isResuming() {
        return resuming;
    }

    /** Whether everything of this round is sent. */
    boolean isAtEnd() {
        return place >= end;
    }

    /** Lets the round end at a place. */
    void endAt(long newEnd) {
        end = newEnd;
    }

    /** Lets the round end behind what there is. */
    void endNow() {
        end = ring.nextPlace();
    }

    /** Passes over everything that there is. */
    void moveToEnd() {
        moveTo(ring.next());
    }

    /** Passes over what is no longer held; gives what is to be said about it. */
    Optional<FeedMessage> moveToHeld() {
        return passOverTo(ring.nextHeld(place));
    }

    /** Where a number is, or what follows it; empty if it is beyond the next one. */
    Optional<ReplayBuffer.Start> find(long seq) {
        return ring.find(seq);
    }

    /** The number of the feed's next tick. */
    long nextSeq() {
        return ring.nextSeq();
    }

    /**
     * Goes to where a client wants to begin, which was found.
     *
     * @param isMore whether it also wants what it wanted before: then nothing of that is skipped
     * @return what is to be said about what can't be had
     */
    Optional<FeedMessage> resume(long seq, ReplayBuffer.Start start, boolean isMore) {
        if (isMore && start.place() > place) {
            return Optional.empty();
        }
        resuming = true;
        lastSeq = seq - 1;
        return passOverTo(start);
    }

    /** What is wanted of the round, {@code most} ticks at most, to be read once; empty if there is nothing now. */
    ByteBuffer next(ClientSubscription wanted, int most) {
        ReplayBuffer.Frame frame = wanted.next(ring, place, end, most);
        if (frame.nextPlace() > place) { // else it is not there yet, or just no longer held
            resuming = false;
            place = frame.nextPlace();
            lastSeq = frame.lastSeq();
        }
        return frame.json().duplicate();
    }

    private Optional<FeedMessage> passOverTo(ReplayBuffer.Start start) {
        Optional<FeedMessage> notice = Optional.empty();
        if (start.anew()) {
            notice = Optional.of(new FeedMessage.Failure(
                    FeedMessage.Failure.BEYOND_LAST, "the feed counts anew; ask for it from_seq 1"));
        } else if (start.seq() > lastSeq + 1) {
            notice = Optional.of(new FeedMessage.Gap(lastSeq + 1, start.seq() - 1, start.missing()));
        }
        moveTo(start);
        return notice;
    }

    private void moveTo(ReplayBuffer.Start start) {
        place = start.place();
        lastSeq = start.seq() - 1;
    }
}

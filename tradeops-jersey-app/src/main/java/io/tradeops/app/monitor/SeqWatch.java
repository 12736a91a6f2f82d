package io.tradeops.app.monitor;

import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.feed.wire.VendorMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Watches the numbers of a feed of which every ticker is followed: each hole is a loss, whether the next tick or a heartbeat
 * shows it. What is lost on the way the feed still holds, so it is asked for again, once. A feed that doesn't give it then
 * has holes of its own, and is believed for a while. Not thread-safe.
 */
final class SeqWatch {

    private static final long UNKNOWN = -1;
    private static final long BELIEVED_NANOS = Duration.ofMinutes(1).toNanos();

    private long last = UNKNOWN;
    private long askedAgain = UNKNOWN;
    private boolean isBelieved;
    private long believedNanos;
    private boolean subscribed;

    /** Numbers that did not come, both ends inclusive. */
    record Hole(long fromSeq, long toSeq) {

        long size() {
            return toSeq - fromSeq + 1;
        }
    }

    /** A connection begins, over which the feed is asked for this number and all behind it. */
    void connected(OptionalLong nextSeq) {
        subscribed = false;
        last = Math.max(last, nextSeq.isPresent() ? nextSeq.getAsLong() - 1 : UNKNOWN);
    }

    /** The feed counts from the beginning again. */
    void startAnew() {
        last = 0;
        askedAgain = UNKNOWN;
    }

    /** The hole that the feed's next message shows. */
    Optional<Hole> next(FeedMessage message) {
        if (message instanceof FeedMessage.Subscription) {
            subscribed = true;
        } else if (message instanceof FeedMessage.Gap gap && gap.fromSeq() <= last + 1) {
            last = Math.max(last, gap.toSeq());
        } else if (message instanceof FeedMessage.Tick tick && tick.seq() != VendorMessage.UNNUMBERED) {
            subscribed = true;
            return upTo(tick.seq(), tick.seq() - 1);
        } else if (message instanceof FeedMessage.Heartbeat heartbeat && subscribed) {
            return upTo(heartbeat.lastSeq(), heartbeat.lastSeq());
        }
        return Optional.empty();
    }

    private Optional<Hole> upTo(long seq, long expected) {
        boolean isHole = last != UNKNOWN && last < expected;
        Optional<Hole> hole = isHole ? Optional.of(new Hole(last + 1, expected)) : Optional.empty();
        last = Math.max(last, seq);
        return hole;
    }

    /** Whether a hole is to be asked for again, over a new connection; else it is the feed's own. */
    boolean asksAgain(Hole hole, long nowNanos) {
        if (isBelieved && nowNanos - believedNanos < BELIEVED_NANOS) {
            return false;
        }
        isBelieved = hole.fromSeq() == askedAgain;
        believedNanos = nowNanos;
        if (!isBelieved) {
            askedAgain = hole.fromSeq();
            last = hole.fromSeq() - 1;
        }
        return !isBelieved;
    }
}

package io.tradeops.app.monitor;

import io.tradeops.app.feed.wire.FeedMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds holes in the sequence numbers of a feed that is subscribed to in full: each hole is a loss, whether the next tick or
 * a heartbeat shows it. Ticks that were lost on the way are in the feed's replay buffer, so the monitor asks for them again,
 * once. If the feed does not send them then, the hole is the feed's own, and further holes are accepted for a minute. Not
 * thread-safe.
 */
final class SeqWatch {

    private static final long ACCEPTED_NANOS = Duration.ofMinutes(1).toNanos();

    private OptionalLong last = OptionalLong.empty();
    private OptionalLong askedAgain = OptionalLong.empty();
    private OptionalLong acceptedSinceNanos = OptionalLong.empty();
    private boolean subscribed;

    /** Sequence numbers that did not come, both ends inclusive. */
    record Hole(long fromSeq, long toSeq) {

        long size() {
            return toSeq - fromSeq + 1;
        }
    }

    /** A connection begins, on which the feed is asked for this number and all after it. */
    void connected(OptionalLong nextSeq) {
        subscribed = false;
        if (nextSeq.isPresent()) {
            moveTo(nextSeq.getAsLong() - 1);
        }
    }

    /** The feed restarts its sequence. */
    void restartSequence() {
        last = OptionalLong.of(0);
        askedAgain = OptionalLong.empty();
    }

    /** The hole that the feed's next message shows. */
    Optional<Hole> next(FeedMessage message) {
        if (message instanceof FeedMessage.Subscription) {
            subscribed = true;
        } else if (message instanceof FeedMessage.Gap gap && isNext(gap.fromSeq())) {
            moveTo(gap.toSeq());
        } else if (message instanceof FeedMessage.TickMessage numbered) {
            subscribed = true;
            long seq = numbered.tick().seq();
            return upTo(seq, seq - 1);
        } else if (message instanceof FeedMessage.Heartbeat heartbeat && subscribed) {
            return upTo(heartbeat.lastSeq(), heartbeat.lastSeq());
        }
        return Optional.empty();
    }

    /** A number at or before the one that comes next. */
    private boolean isNext(long seq) {
        return seq <= (last.isPresent() ? last.getAsLong() + 1 : 0);
    }

    private void moveTo(long seq) {
        last = last.isPresent() ? OptionalLong.of(Math.max(last.getAsLong(), seq)) : OptionalLong.of(seq);
    }

    private Optional<Hole> upTo(long seq, long expected) {
        boolean isHole = last.isPresent() && last.getAsLong() < expected;
        Optional<Hole> hole = isHole ? Optional.of(new Hole(last.getAsLong() + 1, expected)) : Optional.empty();
        moveTo(seq);
        return hole;
    }

    /** Whether to ask for a hole again, on a new connection; otherwise it is the feed's own. */
    boolean asksAgain(Hole hole, long nowNanos) {
        if (acceptedSinceNanos.isPresent() && nowNanos - acceptedSinceNanos.getAsLong() < ACCEPTED_NANOS) {
            return false;
        }
        boolean isFeedsOwn = askedAgain.equals(OptionalLong.of(hole.fromSeq()));
        acceptedSinceNanos = isFeedsOwn ? OptionalLong.of(nowNanos) : OptionalLong.empty();
        if (!isFeedsOwn) {
            askedAgain = OptionalLong.of(hole.fromSeq());
            last = OptionalLong.of(hole.fromSeq() - 1);
        }
        return !isFeedsOwn;
    }
}

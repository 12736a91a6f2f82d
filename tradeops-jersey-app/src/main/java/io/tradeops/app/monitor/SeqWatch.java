package io.tradeops.app.monitor;

import io.tradeops.app.feed.wire.FeedMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds holes in the sequence numbers of a feed. The monitor subscribes to all tickers, so each hole is a loss, whether
 * the next tick or a heartbeat shows it. The feed's replay buffer retains ticks that were lost on the way, so the
 * monitor requests them again, once. If the feed does not send them then, the hole is the feed's own, and further holes
 * are accepted for a minute. Not thread-safe.
 */
final class SeqWatch {

    private static final long ACCEPTED_NANOS = Duration.ofMinutes(1).toNanos();

    private OptionalLong last = OptionalLong.empty();
    private OptionalLong requestedFrom = OptionalLong.empty();
    private OptionalLong acceptedSinceNanos = OptionalLong.empty();
    private boolean subscribed;

    /** A range of missing sequence numbers, both ends inclusive. */
    record Hole(long fromSeq, long toSeq) {

        long size() {
            return toSeq - fromSeq + 1;
        }
    }

    /** A new connection requests this sequence number and all later ones; empty if it does not matter. */
    void onConnect(OptionalLong nextSeq) {
        subscribed = false;
        if (nextSeq.isPresent()) {
            moveTo(nextSeq.getAsLong() - 1);
        }
    }

    /** The feed has restarted its sequence. */
    void restartSequence() {
        last = OptionalLong.of(0);
        requestedFrom = OptionalLong.empty();
    }

    /** Returns the hole that the feed's next message shows, if any. */
    Optional<Hole> onMessage(FeedMessage message) {
        if (message instanceof FeedMessage.Subscription || message instanceof FeedMessage.SubscriptionChange) {
            subscribed = true;
        } else if (message instanceof FeedMessage.Gap gap && isAtMostNext(gap.fromSeq())) {
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

    private boolean isAtMostNext(long seq) {
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

    /** Decides whether to request a hole's ticks again, on a new connection. If not, the hole is the feed's own. */
    boolean shouldRequestAgain(Hole hole, long nowNanos) {
        if (acceptedSinceNanos.isPresent() && nowNanos - acceptedSinceNanos.getAsLong() < ACCEPTED_NANOS) {
            return false;
        }
        boolean isFeedsOwn = requestedFrom.equals(OptionalLong.of(hole.fromSeq()));
        acceptedSinceNanos = isFeedsOwn ? OptionalLong.of(nowNanos) : OptionalLong.empty();
        if (!isFeedsOwn) {
            requestedFrom = OptionalLong.of(hole.fromSeq());
            last = OptionalLong.of(hole.fromSeq() - 1);
        }
        return !isFeedsOwn;
    }
}

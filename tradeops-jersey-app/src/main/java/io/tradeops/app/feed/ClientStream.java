package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedCommand;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.feed.wire.FeedMessage.Failure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ticks for one client: its subscription, and its cursor in the replay buffer. Not thread-safe. */
final class ClientStream {

    private static final int MAX_TICKS_PER_FRAME = 256;
    private static final ByteBuffer NO_TICKS = ByteBuffer.allocate(0);

    private final ClientSubscription subscription = new ClientSubscription();
    private final ReplayCursor cursor;

    /** A stream without a subscription, at the next tick. */
    ClientStream(ReplayBuffer buffer) {
        this.cursor = new ReplayCursor(buffer);
    }

    /** Executes a command other than {@code auth}; returns its answers in order, a {@link Failure} if it is refused. */
    List<FeedMessage> execute(FeedCommand command) {
        if (command instanceof FeedCommand.Subscribe subscribe) {
            return subscribe(subscribe);
        }
        subscription.remove((FeedCommand.Unsubscribe) command);
        return List.of(subscription.describe());
    }

    /** Subscribes to all tickers until the client subscribes itself; returns the message about it. */
    FeedMessage subscribeImplicitly() {
        cursor.endRoundAtNext();
        subscription.addAllImplicitly();
        return subscription.describe();
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

    /** Ends the current round at an offset, exclusive. */
    void endRoundAt(long endOffset) {
        cursor.endRoundAt(endOffset);
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
     * The next ticks as JSON that the caller owns; empty without any. A client that conflates gets a ping with them, and
     * no more until its pong.
     */
    ByteBuffer next(Liveness liveness) {
        if (!conflates()) {
            return cursor.next(subscription, MAX_TICKS_PER_FRAME);
        }
        if (liveness.isAwaitingPong() || cursor.isAtRoundEnd()) {
            return NO_TICKS;
        }
        ByteBuffer ticks = cursor.next(subscription, MAX_TICKS_PER_FRAME);
        if (ticks.hasRemaining()) {
            liveness.ping(System.nanoTime());
        }
        return ticks;
    }

    private List<FeedMessage> subscribe(FeedCommand.Subscribe command) {
        if (!subscription.hasRoomFor(command.tickers())) {
            return List.of(new Failure(
                    Failure.TOO_MUCH,
                    "at most " + ClientSubscription.MAX_TICKERS + " tickers; subscribe to * for all"));
        }
        boolean isAddition = subscription.isExplicit();
        subscription.add(command);
        cursor.endRoundAtNext(); // includes the ticks from before the rounds knew this client
        List<FeedMessage> answers = new ArrayList<>();
        answers.add(subscription.describe());
        command.fromSeq().ifPresent(from -> resume(from, isAddition).ifPresent(answers::add));
        return answers;
    }

    private Optional<FeedMessage> resume(long from, boolean isAddition) {
        if (from < 1) {
            return Optional.of(new Failure(Failure.BAD_COMMAND, "from_seq must be at least 1: " + from));
        }
        return cursor.find(from)
                .map(start -> cursor.resume(from, start, isAddition))
                .orElseGet(() -> Optional.of(new Failure(
                        Failure.BEYOND_LAST, "from_seq " + from + " is beyond the next tick, " + cursor.nextSeq())));
    }
}

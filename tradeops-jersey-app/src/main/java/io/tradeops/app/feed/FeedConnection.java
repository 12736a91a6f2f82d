package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedCommand;
import io.tradeops.app.feed.wire.FeedFormatException;
import io.tradeops.app.feed.wire.FeedJson;
import io.tradeops.app.feed.wire.FeedMessage;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketAsyncRemote;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the feed: what it wants, how far it is, and its one writer. Its queue is the feed's ring: a client that
 * falls behind its end, or doesn't answer a ping in time, is closed with 1013, and never delays another. Thread-safe.
 */
final class FeedConnection {

    private static final Logger log = LoggerFactory.getLogger(FeedConnection.class);

    private static final int MAX_TICKS_PER_FRAME = 256;
    private static final int MAX_CONTROL_MESSAGES = 256;
    private static final int COMMAND_BURST = 100;
    private static final int MAX_REFUSED_COMMANDS = 100;
    private static final long PONG_TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(5_900);
    /** Who takes longer is not waited for. */
    private static final long READING_PONG_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** For who wants the newest only, of which one frame waits at most: then it is not slow but dead. */
    private static final long CONFLATING_PONG_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Session session;
    private final FrameWriter writer;
    private final ReplayCursor position;
    private final InstantSource clock;
    private final FeedKey key;
    private final Exits exits;
    private final Queue<String> control = new ArrayDeque<>();
    private final ClientSubscription subscription = new ClientSubscription();
    private final Liveness liveness = new Liveness();
    private final CommandBudget budget = new CommandBudget(COMMAND_BURST, System.nanoTime());
    private boolean waitedForKey;
    private boolean silent;
    private boolean spoken;
    private boolean misspoken;
    private boolean heartbeatDue;
    private boolean closed;
    private boolean leaving;
    private int refused;

    /** Is told of the connections that are closed. */
    interface Exits {

        /** One is about to be closed for being too slow. */
        void slow();

        /** A close frame is on its way. Who doesn't read doesn't read a goodbye either. */
        void closing(Session session);
    }

    /**
     * A connection that is open.
     *
     * @param key what the client may
     * @param exits is told when it is closed
     */
    FeedConnection(Session session, ReplayBuffer ring, InstantSource clock, FeedKey key, Exits exits) {
        this.clock = clock;
        this.session = session;
        this.position = new ReplayCursor(ring);
        this.key = key;
        this.exits = exits;
        this.writer = new FrameWriter(
                (JakartaWebSocketAsyncRemote) session.getAsyncRemote(), this, this::nextFrame, this::onFailed);
    }

    /** Does what a frame of the client says. */
    void onFrame(String frame) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (!budget.take(System.nanoTime())) {
                refuse(FeedMessage.Failure.TOO_MANY, "too many commands; at most 20 a second");
            } else {
                obey(frame);
            }
        }
        writer.pump();
    }

    /** Gives everything to a client that has said nothing, or nothing but its key. */
    void subscribeSilentClient() {
        synchronized (this) {
            silent = true;
            subscribeIfSilent();
        }
        writer.pump();
    }

    /** Sends a heartbeat behind the ticks that are there; ends the connection of a client without a valid key. */
    void heartbeat() {
        synchronized (this) {
            if (closed) {
                return;
            }
            boolean wasAllowed = key.isAllowed();
            if (!key.check() && (wasAllowed || waitedForKey)) {
                close(CloseCodes.VIOLATED_POLICY, wasAllowed ? "the key is no longer valid" : "a key is needed");
            }
            waitedForKey = true;
            heartbeatDue = key.isAllowed();
        }
        writer.pump();
    }

    /** Asks whether the client still reads; closes if it has not answered for a while. */
    void ping() {
        long now = System.nanoTime();
        synchronized (this) {
            long limit = subscription.conflates() ? CONFLATING_PONG_TIMEOUT_NANOS : PONG_TIMEOUT_NANOS;
            if (liveness.isAskedLongerThan(limit, now)) {
                closeSlow("a ping was not answered");
            }
            liveness.ask(now);
        }
        writer.pump();
    }

    /** The client has read what was sent before the ping. */
    void onPong() {
        synchronized (this) {
            liveness.answered();
        }
        writer.pump();
    }

    /** Tells the client that the feed is about to stop; closes once that is sent. */
    void shutdown(long retryAfterMillis) {
        synchronized (this) {
            control.clear();
            say(new FeedMessage.Shutdown(retryAfterMillis));
            leaving = true;
        }
        writer.pump();
    }

    /** Refuses what is not text. */
    synchronized void onBinary() {
        close(CloseCodes.CANNOT_ACCEPT, "the feed speaks text");
    }

    /** Sends what there is up to a place. */
    void pumpTo(long place) {
        synchronized (this) {
            position.endAt(place);
        }
        writer.pump();
    }

    /** How many ticks are still to be sent or passed over; none to a client that seems to have stopped to read. */
    synchronized long lag() {
        boolean counts = spoken
                && !subscription.conflates()
                && !liveness.isAskedLongerThan(READING_PONG_NANOS, System.nanoTime());
        return counts ? position.lag() : 0;
    }

    synchronized void markClosed() {
        closed = true;
        control.clear();
    }

    /** What is sent next; a ping before anything else, so that it is behind what was sent before it was due. */
    private synchronized Optional<Frame> nextFrame() {
        standBy();
        if (closed || mustLeave()) {
            return Optional.empty();
        }
        if (liveness.takeDue()) {
            return Optional.of(new Frame(OpCode.PING));
        }
        ByteBuffer text = nextText();
        return text.hasRemaining() ? Optional.of(new Frame(OpCode.TEXT, text)) : Optional.empty();
    }

    /** Who is subscribed within the first moment gets what came since it is there; who takes longer begins later. */
    private void standBy() {
        if (!spoken && (silent || position.isGone())) {
            position.moveToEnd();
        }
    }

    /** Closes who is told that the feed stops, or has fallen too far behind; moves on who has asked for what is gone. */
    private boolean mustLeave() {
        if (leaving && control.isEmpty()) {
            close(CloseCodes.GOING_AWAY, "the feed stops");
            return true;
        }
        if (position.isGone() && !subscription.conflates()) {
            if (!position.isResuming()) {
                closeSlow("fell behind the replay buffer");
                return true;
            }
            position.moveToHeld().ifPresent(this::say);
        }
        return false;
    }

    private ByteBuffer nextText() {
        String first = control.poll();
        if (first != null) {
            return utf8(first);
        }
        ByteBuffer ticks = spoken && key.isAllowed() ? nextTicks() : NOTHING;
        if (ticks.hasRemaining()) {
            return ticks;
        }
        if (heartbeatDue) {
            heartbeatDue = false;
            return utf8(FeedJson.encode(new FeedMessage.Heartbeat(
                    position.lastSeq(), clock.instant().truncatedTo(ChronoUnit.MICROS))));
        }
        return NOTHING;
    }

    /** Nothing more is sent. */
    private void onFailed(Throwable thrown) {
        log.debug("feed client {} is gone: {}", session.getId(), thrown.toString());
        markClosed();
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private ByteBuffer nextTicks() {
        boolean conflates = subscription.conflates();
        if (conflates && (liveness.isAsked() || position.isAtEnd())) {
            return NOTHING; // what is newest is asked for when the last frame is read, and once a round
        }
        ByteBuffer ticks = position.next(subscription, MAX_TICKS_PER_FRAME);
        if (conflates && ticks.hasRemaining()) {
            liveness.ask(System.nanoTime());
        }
        return ticks;
    }

    private void obey(String frame) {
        try {
            FeedCommand command = FeedJson.decodeCommand(frame);
            if (command instanceof FeedCommand.Auth auth) {
                authenticate(auth);
            } else if (key.isAllowed()) {
                spoken = true;
                obey(command);
            } else {
                misspoken = true;
                refuse(FeedMessage.Failure.UNAUTHORIZED, "a key is needed first: {\"action\":\"auth\",\"key\":\"…\"}");
            }
        } catch (FeedFormatException e) {
            misspoken = true;
            refuse(FeedMessage.Failure.BAD_COMMAND, String.valueOf(e.getMessage()));
        }
    }

    private void obey(FeedCommand command) {
        if (command instanceof FeedCommand.Subscribe subscribe) {
            subscribe(subscribe);
        } else if (command instanceof FeedCommand.Unsubscribe unsubscribe) {
            subscription.remove(unsubscribe);
            say(subscription.describe());
        }
    }

    private void authenticate(FeedCommand.Auth auth) {
        if (key.show(auth.key())) {
            subscribeIfSilent();
        } else {
            refuse(
                    FeedMessage.Failure.UNAUTHORIZED,
                    "this key is not known, is revoked or expired, or lacks the scope read");
        }
    }

    private void subscribeIfSilent() {
        if (silent && key.isAllowed() && !spoken && !misspoken) {
            spoken = true;
            position.endNow();
            subscription.addAllUnasked();
            say(subscription.describe());
        }
    }

    private void subscribe(FeedCommand.Subscribe subscribe) {
        if (!subscription.hasRoomFor(subscribe.tickers())) {
            refuse(
                    FeedMessage.Failure.TOO_MUCH,
                    "at most " + ClientSubscription.MAX_TICKERS + " tickers; subscribe to * for all");
            return;
        }
        boolean isMore = subscription.isAskedFor();
        subscription.add(subscribe);
        position.endNow(); // what came before this client was known to the rounds
        say(subscription.describe());
        moveTo(subscribe.fromSeq(), isMore);
    }

    private void moveTo(OptionalLong fromSeq, boolean isMore) {
        if (fromSeq.isEmpty()) {
            return;
        }
        long from = fromSeq.getAsLong();
        if (from < 1) {
            refuse(FeedMessage.Failure.BAD_COMMAND, "from_seq must be at least 1: " + from);
            return;
        }
        position.find(from)
                .ifPresentOrElse(
                        start -> position.resume(from, start, isMore).ifPresent(this::say),
                        () -> refuse(
                                FeedMessage.Failure.BEYOND_LAST,
                                "from_seq " + from + " is beyond the next tick, " + position.nextSeq()));
    }

    /** Says what is wrong, to a client that gets it wrong again and again only for a while. */
    private void refuse(int code, String message) {
        if (++refused > MAX_REFUSED_COMMANDS) {
            close(CloseCodes.VIOLATED_POLICY, "too many commands that can't be done");
        } else {
            say(new FeedMessage.Failure(code, message));
        }
    }

    private void say(FeedMessage message) {
        if (control.size() >= MAX_CONTROL_MESSAGES) {
            closeSlow("answers are not read");
            return;
        }
        control.add(FeedJson.encode(message));
    }

    private synchronized void closeSlow(String reason) {
        if (closed) {
            return;
        }
        log.info("feed client {} is too slow: {}", session.getId(), reason);
        exits.slow();
        close(CloseCodes.TRY_AGAIN_LATER, "too slow: " + reason);
    }

    void close(CloseReason.CloseCode code, String reason) {
        markClosed();
        try {
            session.close(new CloseReason(code, reason));
        } catch (IOException | IllegalStateException e) {
            log.debug("feed client {} did not close: {}", session.getId(), e.getMessage());
        }
        exits.closing(session);
    }
}

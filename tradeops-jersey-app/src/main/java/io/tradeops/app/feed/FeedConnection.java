package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedCommand;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.feed.wire.FeedMessage.Failure;
import io.tradeops.app.log.RateLimitedLog;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketAsyncRemote;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the feed: its state, its subscription, its offset in the replay buffer, and its only writer. The replay
 * buffer is its queue of ticks. A client that falls behind the buffer, or does not answer a ping or take an answer in
 * time, is closed with 1013. It never delays another client: its lock is held for a moment only, commands are executed
 * before it is taken, and long replays are left to an executor, a few frames at a time. Thread-safe.
 */
final class FeedConnection {

    private static final Logger log = LoggerFactory.getLogger(FeedConnection.class);

    private static final String NOT_CHECKED = "keys can't be checked at the moment; try again";

    private static final int MAX_REFUSED_COMMANDS = 100;
    /** More offsets than that are sent by the executor for replays, and not by the sender. */
    private static final int MAX_OFFSETS_AT_ONCE = 2_048;

    /** What connections have failed with. */
    private static final RateLimitedLog failures = new RateLimitedLog(log, "feed clients failed");

    private final Session session;
    private final FrameWriter writer;
    private final FeedKey key;
    private final Listener listener;
    private final Executor replays;
    private final ClientStream stream;
    private final Outbox outbox;
    private final Liveness liveness = new Liveness();
    private final ClientCommands commands = new ClientCommands(this);
    /** Whether the executor sends. Nobody else does then. */
    private final AtomicBoolean replaying = new AtomicBoolean();

    private ConnectionState state = ConnectionState.Waiting.NEW;
    private int refusedCommands;
    /** Whether a send had to wait for the client since it had all ticks. */
    private boolean waited;

    /** Observes how connections end. */
    interface Listener {

        /** A connection is about to be closed because its client is too slow. */
        void onTooSlow();

        /** A close frame was queued. A client that does not read will not answer it. */
        void onClosing(Session session);
    }

    /**
     * An open connection.
     *
     * @param key the client's key
     * @param listener observes its end
     * @param replays sends what takes long
     */
    FeedConnection(
            Session session,
            ReplayBuffer buffer,
            InstantSource clock,
            FeedKey key,
            Listener listener,
            Executor replays) {
        this.session = session;
        this.stream = new ClientStream(buffer);
        this.outbox = new Outbox(clock);
        this.key = key;
        this.listener = listener;
        this.replays = replays;
        this.writer = new FrameWriter(
                (JakartaWebSocketAsyncRemote) session.getAsyncRemote(),
                this,
                this::nextFrame,
                this::onSent,
                this::onFailed);
    }

    /** Executes a command. One thread at a time calls this. */
    void onFrame(String frame) {
        if (!isOpen()) {
            return;
        }
        try {
            commands.execute(frame);
            pump();
        } catch (RuntimeException | Error e) {
            fail(e); // otherwise the client would wait for an answer
        }
    }

    /** The client's time to subscribe is over: one that has sent nothing, or nothing but its key, gets all ticks. */
    void onSilence() {
        synchronized (this) {
            state = state.silenceOver();
            subscribeIfSilent();
        }
        pump();
    }

    /** Sends a heartbeat after the ticks so far. Closes the connection of a client without a valid key. */
    void heartbeat() {
        synchronized (this) {
            if (isClosed()) {
                return;
            }
            switch (key.checkAtHeartbeat()) {
                case REVOKED -> close(CloseCodes.VIOLATED_POLICY, "the key is no longer valid");
                case NOT_CHECKED -> close(CloseCodes.TRY_AGAIN_LATER, NOT_CHECKED);
                case MISSING -> close(CloseCodes.VIOLATED_POLICY, "a key is needed");
                case AWAITED -> outbox.setHeartbeatDue(false);
                case VALID -> outbox.setHeartbeatDue(true);
            }
        }
        pump();
    }

    /** Sends a ping. Closes the connection if an earlier one was not answered in time. */
    void ping() {
        long now = System.nanoTime();
        synchronized (this) {
            if (liveness.hasTimedOut(stream.conflates(), now)) {
                closeSlow("a ping was not answered");
            } else if (outbox.isOverdue(now)) {
                closeSlow("an answer was not read");
            }
            liveness.ping(now);
        }
        pump();
    }

    /** The client has read what was sent before the ping. */
    void onPong(ByteBuffer payload) {
        synchronized (this) {
            liveness.onPong(payload);
        }
        pump();
    }

    /** Sends a shutdown message, and then closes the connection. */
    void shutdown(long retryAfterMillis) {
        synchronized (this) {
            outbox.clear();
            send(Outbox.encode(new FeedMessage.Shutdown(retryAfterMillis)));
            state = state.leaving();
        }
        pump();
    }

    /** Closes the connection: a binary frame is no command. */
    synchronized void onBinary() {
        close(CloseCodes.CANNOT_ACCEPT, "the feed speaks text");
    }

    /** Sends the ticks before an offset. */
    void pumpTo(long endOffset) {
        stream.endRoundAt(endOffset);
        pump();
    }

    /** The number of ticks still to be sent or skipped; 0 for a client that conflates, or seems to have stopped reading. */
    synchronized long lag() {
        return state.hasStarted() && liveness.isReading(System.nanoTime()) ? stream.lag() : 0;
    }

    synchronized void markClosed() {
        state = state.closed();
        outbox.clear();
    }

    void close(CloseReason.CloseCode code, String reason) {
        markClosed();
        try {
            session.close(new CloseReason(code, reason));
        } catch (IOException | RuntimeException e) {
            log.debug("feed client {} did not close: {}", session.getId(), e.getMessage());
        }
        listener.onClosing(session);
    }

    /** Closes the connection after a failure of this class or what it calls. */
    void fail(Throwable thrown) {
        failures.warn(thrown.toString());
        log.debug("feed client {} failed", session.getId(), thrown);
        close(CloseCodes.UNEXPECTED_CONDITION, "the feed failed");
    }

    private synchronized boolean isOpen() {
        return !isClosed();
    }

    private boolean isClosed() {
        return state instanceof ConnectionState.Closed;
    }

    /** The subscription that a command may change; empty without a valid key. */
    synchronized Optional<ClientSubscription> subscription() {
        return key.isAllowed() ? Optional.of(stream.subscription()) : Optional.empty();
    }

    /**
     * Replaces the subscription.
     *
     * @param echo the message about it
     * @param fromSeq the first sequence number to send; empty for the next tick
     * @return the number of offsets to replay
     */
    synchronized long apply(ClientSubscription changed, ByteBuffer echo, OptionalLong fromSeq) {
        if (isClosed()) {
            return 0;
        }
        boolean isAddition = stream.subscription().isExplicit();
        state = state.started();
        stream.subscribe(changed);
        send(echo);
        if (fromSeq.isEmpty()) {
            return 0;
        }
        stream.resume(fromSeq.getAsLong(), isAddition).ifPresent(this::answer);
        return stream.backlog(liveness);
    }

    /** Refuses a command for more than the limit. */
    synchronized void refuseTooMuch(Failure answer) {
        state = state.started();
        answer(answer);
    }

    /** Refuses a command that was not readable, or came before a valid key. */
    synchronized void refuse(Failure answer) {
        state = state.refused();
        answer(answer);
    }

    /** Checks a key, and answers if it is refused. */
    synchronized void authenticate(FeedCommand.Auth auth) {
        long wait = key.replace(auth.key()).toSeconds();
        if (wait > 0) {
            answer(new Failure(Failure.TOO_MANY, "too many wrong keys from this address; wait " + wait + " s"));
        } else if (key.isAllowed()) {
            subscribeIfSilent();
        } else if (key.isUnchecked()) {
            answer(new Failure(Failure.UNAVAILABLE, NOT_CHECKED));
        } else {
            answer(new Failure(
                    Failure.UNAUTHORIZED, "this key is not known, is revoked or expired, or lacks the scope read"));
        }
    }

    private void subscribeIfSilent() {
        if (state.isSilent() && key.isAllowed()) {
            state = state.started();
            ClientSubscription.Change change = stream.subscription().addAllImplicitly();
            stream.subscribe(change.result());
            send(Outbox.encode(change.message()));
        }
    }

    /** Answers a command. A client with too many refused commands is closed. */
    synchronized void answer(FeedMessage message) {
        if (message instanceof Failure && ++refusedCommands > MAX_REFUSED_COMMANDS) {
            close(CloseCodes.VIOLATED_POLICY, "too many invalid commands");
        } else {
            send(Outbox.encode(message));
        }
    }

    private void send(ByteBuffer message) {
        if (!outbox.offer(message, System.nanoTime())) {
            closeSlow("answers are not read");
        }
    }

    /** Sends what there is to send, or has the executor do it if it takes long. */
    private void pump() {
        if (!replaying.get() && (hasBacklog(MAX_OFFSETS_AT_ONCE) || writer.pump() || hasBacklog(0))) {
            if (replaying.compareAndSet(false, true)) {
                replays.execute(this::replay);
            }
        }
    }

    /** Sends a few frames, or searches the ticks of as many, and leaves the next to another turn. */
    private void replay() {
        try {
            if (writer.pump() || hasBacklog(0)) {
                replays.execute(this::replay);
            } else {
                replaying.set(false);
                pump(); // for what came meanwhile
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Whether there are more offsets to search in this round, and no send has to end before. */
    private synchronized boolean hasBacklog(int most) {
        return state.hasStarted()
                && !isClosed()
                && key.isAllowed()
                && !writer.isSending()
                && stream.backlog(liveness) > most;
    }

    /** The next frame. A ping precedes all else, so that it follows what was sent before it was due. */
    private synchronized Optional<Frame> nextFrame() {
        outbox.onSent();
        waited &= stream.backlog(liveness) > 0;
        if (isClosed() || closesNow()) {
            return Optional.empty();
        }
        if (liveness.isPingDue()) {
            return Optional.of(new Frame(OpCode.PING, liveness.takeDuePing()));
        }
        ByteBuffer text = nextText();
        return text.hasRemaining() ? Optional.of(new Frame(OpCode.TEXT, text)) : Optional.empty();
    }

    /** Closes the connection if it has to end, and otherwise skips the ticks that are not sent. */
    private boolean closesNow() {
        if (state instanceof ConnectionState.Leaving && outbox.isEmpty()) {
            close(CloseCodes.GOING_AWAY, "the feed stops");
            return true;
        }
        if (!state.hasStarted()) {
            skipWhileWaiting();
            return false;
        }
        return stream.isOverrun() && !catchesUp();
    }

    /** A client that subscribes in time gets the ticks since it connected. One that subscribes later gets the next ones. */
    private void skipWhileWaiting() {
        if (state.skipsTicks() || stream.isOverrun()) {
            stream.skipToNext();
        }
    }

    /**
     * Moves a client that asked for ticks that are no longer retained, or whose ticks were evicted by no fault of its own.
     * Closes one that reads too slowly.
     */
    private boolean catchesUp() {
        if (!stream.isResuming() && waited) {
            closeSlow("fell behind the replay buffer");
            return false;
        }
        stream.skipToRetained().map(Outbox::encode).ifPresent(this::send);
        return true;
    }

    private ByteBuffer nextText() {
        ByteBuffer text = outbox.poll();
        if (!text.hasRemaining() && state.hasStarted() && key.isAllowed()) {
            text = stream.next(liveness);
        }
        return text.hasRemaining() ? text : outbox.pollHeartbeat(stream.lastSeq());
    }

    private void onSent() {
        synchronized (this) {
            waited = true;
        }
        pump();
    }

    private void onFailed(Throwable thrown) {
        log.debug("feed client {} is gone: {}", session.getId(), thrown.toString());
        markClosed();
    }

    private synchronized void closeSlow(String reason) {
        if (isClosed()) {
            return;
        }
        log.info("feed client {} is too slow: {}", session.getId(), reason);
        listener.onTooSlow();
        close(CloseCodes.TRY_AGAIN_LATER, "too slow: " + reason);
    }
}

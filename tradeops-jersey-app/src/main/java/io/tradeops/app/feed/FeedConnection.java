package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedCommand;
import io.tradeops.app.feed.wire.FeedFormatException;
import io.tradeops.app.feed.wire.FeedJson;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.feed.wire.FeedMessage.Failure;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketAsyncRemote;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the feed: its state, its subscription, its offset in the replay buffer, and its only writer. The replay
 * buffer is its queue of ticks. A client that falls behind the buffer, or does not answer a ping in time, is closed with
 * 1013. It never delays another client. Thread-safe.
 */
final class FeedConnection {

    private static final Logger log = LoggerFactory.getLogger(FeedConnection.class);

    private static final int COMMAND_BURST = 100;
    private static final int MAX_REFUSED_COMMANDS = 100;

    private final Session session;
    private final FrameWriter writer;
    private final FeedKey key;
    private final Listener listener;
    private final ClientStream stream;
    private final Outbox outbox;
    private final Liveness liveness = new Liveness();
    private final CommandBudget budget = new CommandBudget(COMMAND_BURST, System.nanoTime());
    private ConnectionState state = ConnectionState.Waiting.NEW;
    private int refusedCommands;

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
     */
    FeedConnection(Session session, ReplayBuffer buffer, InstantSource clock, FeedKey key, Listener listener) {
        this.session = session;
        this.stream = new ClientStream(buffer);
        this.outbox = new Outbox(clock);
        this.key = key;
        this.listener = listener;
        this.writer = new FrameWriter(
                (JakartaWebSocketAsyncRemote) session.getAsyncRemote(), this, this::nextFrame, this::onFailed);
    }

    /** Executes a command. */
    void onFrame(String frame) {
        synchronized (this) {
            if (isClosed()) {
                return;
            }
            if (budget.take(System.nanoTime())) {
                execute(frame);
            } else {
                answer(new Failure(Failure.TOO_MANY, "too many commands; at most 20 a second"));
            }
        }
        writer.pump();
    }

    /** The client's time to subscribe is over: one that has sent nothing, or nothing but its key, gets all ticks. */
    void onSilence() {
        synchronized (this) {
            state = state.silenceOver();
            subscribeIfSilent();
        }
        writer.pump();
    }

    /** Sends a heartbeat after the ticks so far. Closes the connection of a client without a valid key. */
    void heartbeat() {
        synchronized (this) {
            if (isClosed()) {
                return;
            }
            switch (key.checkAtHeartbeat()) {
                case REVOKED -> close(CloseCodes.VIOLATED_POLICY, "the key is no longer valid");
                case MISSING -> close(CloseCodes.VIOLATED_POLICY, "a key is needed");
                case AWAITED -> outbox.setHeartbeatDue(false);
                case VALID -> outbox.setHeartbeatDue(true);
            }
        }
        writer.pump();
    }

    /** Sends a ping. Closes the connection if an earlier one was not answered in time. */
    void ping() {
        long now = System.nanoTime();
        synchronized (this) {
            if (liveness.hasTimedOut(stream.conflates(), now)) {
                closeSlow("a ping was not answered");
            }
            liveness.ping(now);
        }
        writer.pump();
    }

    /** The client has read what was sent before the ping. */
    void onPong() {
        synchronized (this) {
            liveness.onPong();
        }
        writer.pump();
    }

    /** Sends a shutdown message, and then closes the connection. */
    void shutdown(long retryAfterMillis) {
        synchronized (this) {
            outbox.clear();
            send(new FeedMessage.Shutdown(retryAfterMillis));
            state = state.leaving();
        }
        writer.pump();
    }

    /** Closes the connection: a binary frame is no command. */
    synchronized void onBinary() {
        close(CloseCodes.CANNOT_ACCEPT, "the feed speaks text");
    }

    /** Sends the ticks before an offset. */
    void pumpTo(long endOffset) {
        synchronized (this) {
            stream.endRoundAt(endOffset);
        }
        writer.pump();
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
        } catch (IOException | IllegalStateException e) {
            log.debug("feed client {} did not close: {}", session.getId(), e.getMessage());
        }
        listener.onClosing(session);
    }

    private boolean isClosed() {
        return state instanceof ConnectionState.Closed;
    }

    private void execute(String frame) {
        try {
            execute(FeedJson.decodeCommand(frame));
        } catch (FeedFormatException e) {
            state = state.refused();
            answer(new Failure(Failure.BAD_COMMAND, String.valueOf(e.getMessage())));
        }
    }

    private void execute(FeedCommand command) {
        if (command instanceof FeedCommand.Auth auth) {
            authenticate(auth);
        } else if (!key.isAllowed()) {
            state = state.refused();
            answer(new Failure(Failure.UNAUTHORIZED, "a key is needed first: {\"action\":\"auth\",\"key\":\"…\"}"));
        } else {
            state = state.started();
            stream.execute(command).forEach(this::answer);
        }
    }

    private void authenticate(FeedCommand.Auth auth) {
        if (key.replace(auth.key())) {
            subscribeIfSilent();
        } else {
            answer(new Failure(
                    Failure.UNAUTHORIZED, "this key is not known, is revoked or expired, or lacks the scope read"));
        }
    }

    private void subscribeIfSilent() {
        if (state.isSilent() && key.isAllowed()) {
            state = state.started();
            send(stream.subscribeImplicitly());
        }
    }

    /** Answers a command. A client with too many refused commands is closed. */
    private void answer(FeedMessage message) {
        if (message instanceof Failure && ++refusedCommands > MAX_REFUSED_COMMANDS) {
            close(CloseCodes.VIOLATED_POLICY, "too many invalid commands");
        } else {
            send(message);
        }
    }

    private void send(FeedMessage message) {
        if (!outbox.offer(message)) {
            closeSlow("answers are not read");
        }
    }

    /** The next frame. A ping precedes all else, so that it follows what was sent before it was due. */
    private synchronized Optional<Frame> nextFrame() {
        if (isClosed() || closesNow()) {
            return Optional.empty();
        }
        if (liveness.takeDuePing()) {
            return Optional.of(new Frame(OpCode.PING));
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

    /** Moves a client that asked for ticks that are no longer retained. Closes one that reads too slowly. */
    private boolean catchesUp() {
        if (!stream.isResuming()) {
            closeSlow("fell behind the replay buffer");
            return false;
        }
        stream.skipToRetained().ifPresent(this::send);
        return true;
    }

    private ByteBuffer nextText() {
        ByteBuffer text = outbox.poll();
        if (!text.hasRemaining() && state.hasStarted() && key.isAllowed()) {
            text = stream.next(liveness);
        }
        return text.hasRemaining() ? text : outbox.pollHeartbeat(stream.lastSeq());
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

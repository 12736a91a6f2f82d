package io.tradeops.app.feed;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the feed: what it wants, how far it is, and its one writer. Its queue is the feed's ring: a client that
 * falls behind its end is closed with 1013, and never delays another. Thread-safe.
 */
final class FeedConnection {

    private static final Logger log = LoggerFactory.getLogger(FeedConnection.class);

    private static final int MAX_TICKS_PER_FRAME = 256;
    private static final int MAX_CONTROL_MESSAGES = 256;
    private static final int MAX_SUBSCRIPTIONS = 10_000;
    private static final long SEND_TIMEOUT_MILLIS = 5_000;

    private final Session session;
    private final TickRing ring;
    private final InstantSource clock;
    private final Queue<String> control = new ArrayDeque<>();
    private final Set<String> tickers = new HashSet<>();
    private boolean all;
    private boolean spoken;
    private boolean heartbeatDue;
    private boolean sending;
    private boolean closed;
    private boolean leaving;
    private volatile boolean tooSlow;
    private long position;

    FeedConnection(Session session, TickRing ring, InstantSource clock) {
        this.clock = clock;
        this.session = session;
        this.ring = ring;
        this.position = ring.nextSeq();
        session.getAsyncRemote().setSendTimeout(SEND_TIMEOUT_MILLIS);
    }

    /** Does what a frame of the client says. */
    void onFrame(String frame) {
        synchronized (this) {
            try {
                FeedCommand command = FeedJson.decodeCommand(frame);
                spoken |= !(command instanceof FeedCommand.Auth);
                obey(command);
            } catch (FeedFormatException e) {
                say(new FeedMessage.Failure(FeedMessage.Failure.BAD_COMMAND, String.valueOf(e.getMessage())));
            }
        }
        pump();
    }

    /** Gives everything to a client that has said nothing. */
    void subscribeSilentClient() {
        synchronized (this) {
            if (!spoken) {
                spoken = true;
                all = true;
                say(new FeedMessage.Subscription(List.of(FeedCommand.ALL)));
            }
        }
        pump();
    }

    /** Sends a heartbeat behind the ticks that are there. */
    void heartbeat() {
        synchronized (this) {
            heartbeatDue = true;
        }
        pump();
    }

    /** Tells the client that the feed is about to stop; closes once that is sent. */
    void shutdown(long retryAfterMillis) {
        synchronized (this) {
            control.clear();
            say(new FeedMessage.Shutdown(retryAfterMillis));
            leaving = true;
        }
        pump();
    }

    /** Sends what there is to send, unless a send is under way; its end calls again. */
    void pump() {
        for (Send send = nextSend(); send != null; send = send.hasEnded() ? nextSend() : null) {
            send.start();
        }
    }

    /** How many ticks are still to be sent or passed over. */
    synchronized long lag() {
        return spoken ? ring.nextSeq() - position : 0;
    }

    /** Whether it was closed for being too slow. */
    boolean wasTooSlow() {
        return tooSlow;
    }

    synchronized void markClosed() {
        closed = true;
        control.clear();
    }

    private synchronized @Nullable Send nextSend() {
        if (sending || closed) {
            return null;
        }
        if (leaving && control.isEmpty()) {
            close(CloseReason.CloseCodes.GOING_AWAY, "the feed stops");
            return null;
        }
        if (position < ring.oldestSeq()) {
            close(CloseReason.CloseCodes.TRY_AGAIN_LATER, "too slow: fell behind the replay buffer");
            return null;
        }
        String frame = nextFrame();
        sending = !frame.isEmpty();
        return sending ? new Send(frame) : null;
    }

    /** One send. It may end before or after the call that starts it returns; whichever comes last goes on. */
    private final class Send {

        private final String frame;
        private boolean ended;
        private boolean returned;

        Send(String frame) {
            this.frame = frame;
        }

        void start() {
            try {
                session.getAsyncRemote().sendText(frame, this::onEnd);
            } catch (RuntimeException e) {
                log.debug("feed client {} is gone: {}", session.getId(), e.getMessage());
                markClosed();
            }
        }

        boolean hasEnded() {
            synchronized (FeedConnection.this) {
                returned = true;
                return ended;
            }
        }

        private void onEnd(SendResult result) {
            boolean goOn;
            synchronized (FeedConnection.this) {
                ended = true;
                sending = false;
                goOn = returned;
            }
            if (!result.isOK()) {
                close(CloseReason.CloseCodes.TRY_AGAIN_LATER, "too slow: a send took longer than allowed");
            } else if (goOn) {
                pump();
            }
        }
    }

    private String nextFrame() {
        String first = control.poll();
        if (first != null) {
            return first;
        }
        StringBuilder ticks = new StringBuilder();
        if (spoken) {
            position = ring.collect(position, MAX_TICKS_PER_FRAME, ticker -> all || tickers.contains(ticker), ticks);
        }
        if (!ticks.isEmpty()) {
            return ticks.insert(0, '[').append(']').toString();
        }
        if (heartbeatDue) {
            heartbeatDue = false;
            return FeedJson.encode(
                    new FeedMessage.Heartbeat(position - 1, clock.instant().truncatedTo(ChronoUnit.MICROS)));
        }
        return "";
    }

    private void obey(FeedCommand command) {
        if (command instanceof FeedCommand.Subscribe subscribe) {
            subscribe(subscribe);
        } else if (command instanceof FeedCommand.Unsubscribe unsubscribe) {
            all = all && !unsubscribe.tickers().contains(FeedCommand.ALL);
            unsubscribe.tickers().forEach(tickers::remove);
            say(subscription());
        }
        // with no keys to check, auth is taken as it comes
    }

    private void subscribe(FeedCommand.Subscribe subscribe) {
        if (tickers.size() + subscribe.tickers().size() > MAX_SUBSCRIPTIONS) {
            say(new FeedMessage.Failure(
                    FeedMessage.Failure.TOO_MUCH, "at most " + MAX_SUBSCRIPTIONS + " tickers; subscribe to * for all"));
            return;
        }
        for (String ticker : subscribe.tickers()) {
            if (ticker.equals(FeedCommand.ALL)) {
                all = true;
            } else {
                tickers.add(ticker);
            }
        }
        say(subscription());
        moveTo(subscribe.fromSeq());
    }

    private void moveTo(OptionalLong fromSeq) {
        if (fromSeq.isEmpty()) {
            return;
        }
        long from = fromSeq.getAsLong();
        long oldest = ring.oldestSeq();
        long next = ring.nextSeq();
        if (from < 1) {
            say(new FeedMessage.Failure(FeedMessage.Failure.BAD_COMMAND, "from_seq must be at least 1: " + from));
        } else if (from > next) {
            say(new FeedMessage.Failure(
                    FeedMessage.Failure.BEYOND_LAST, "from_seq " + from + " is beyond the next tick, " + next));
        } else if (from < oldest) {
            say(new FeedMessage.Gap(from, oldest - 1, "not_retained"));
            position = oldest;
        } else {
            position = from;
        }
    }

    private FeedMessage.Subscription subscription() {
        return new FeedMessage.Subscription(
                all ? List.of(FeedCommand.ALL) : tickers.stream().sorted().toList());
    }

    private void say(FeedMessage message) {
        if (control.size() >= MAX_CONTROL_MESSAGES) {
            close(CloseReason.CloseCodes.TRY_AGAIN_LATER, "too slow: answers are not read");
            return;
        }
        control.add(FeedJson.encode(message));
    }

    private void close(CloseReason.CloseCode code, String reason) {
        tooSlow |= code == CloseReason.CloseCodes.TRY_AGAIN_LATER;
        markClosed();
        try {
            session.close(new CloseReason(code, reason));
        } catch (IOException | IllegalStateException e) {
            log.debug("feed client {} did not close: {}", session.getId(), e.getMessage());
        }
    }
}

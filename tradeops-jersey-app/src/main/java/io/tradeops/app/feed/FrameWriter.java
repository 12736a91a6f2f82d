package io.tradeops.app.feed;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketAsyncRemote;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Sends a client's frames one after another, pings among them: the next one is asked for when the one before is in the
 * kernel. Never blocks. Thread-safe.
 */
final class FrameWriter {

    /** Jetty's own way to send: a frame's bytes are shared by all clients instead of made from a text for each. */
    private final JakartaWebSocketAsyncRemote remote;

    /** The client's one lock: what is done within it may end a send. */
    private final Object lock;

    private final Supplier<Optional<Frame>> frames;
    private final Consumer<Throwable> onFailed;
    private boolean sending;

    /**
     * A writer that has sent nothing.
     *
     * @param lock guards this writer
     * @param frames what is next, if anything is; asked within the lock
     * @param onFailed told why a frame could not be sent; then no other will be
     */
    FrameWriter(
            JakartaWebSocketAsyncRemote remote,
            Object lock,
            Supplier<Optional<Frame>> frames,
            Consumer<Throwable> onFailed) {
        this.remote = remote;
        this.lock = lock;
        this.frames = frames;
        this.onFailed = onFailed;
        remote.setSendTimeout(0); // it would end the connection without a word; who doesn't read is found by a ping
    }

    /** Sends what there is, unless a send is under way; its end goes on. */
    void pump() {
        for (Send send = nextSend(); send != null; send = send.hasEnded() ? nextSend() : null) {
            send.start();
        }
    }

    private @Nullable Send nextSend() {
        synchronized (lock) {
            Optional<Frame> frame = sending ? Optional.empty() : frames.get();
            sending |= frame.isPresent();
            return frame.map(Send::new).orElse(null);
        }
    }

    /** One send. It may end before or after the call that starts it returns; whichever comes last goes on. */
    private final class Send {

        private final Frame frame;
        private boolean ended;
        private boolean returned;

        Send(Frame frame) {
            this.frame = frame;
        }

        void start() {
            try {
                remote.sendFrame(frame, Callback.from(this::onSent, onFailed), false);
            } catch (RuntimeException e) {
                onFailed.accept(e);
            }
        }

        boolean hasEnded() {
            synchronized (lock) {
                returned = true;
                return ended;
            }
        }

        private void onSent() {
            if (end()) {
                pump();
            }
        }

        /** Whether the call that started it has returned already. */
        private boolean end() {
            synchronized (lock) {
                ended = true;
                sending = false;
                return returned;
            }
        }
    }
}

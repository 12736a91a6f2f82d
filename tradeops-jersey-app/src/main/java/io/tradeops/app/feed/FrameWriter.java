package io.tradeops.app.feed;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketAsyncRemote;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Sends a client's frames one at a time, pings included. It asks for the next frame when the previous one is in the kernel.
 * Never blocks. Thread-safe.
 */
final class FrameWriter {

    private static final int MAX_AT_ONCE = 8;

    /** Jetty's own API: all clients share a frame's bytes. With the standard API, each would get its own from a text. */
    private final JakartaWebSocketAsyncRemote remote;

    /** The client's only lock, since code that holds it may complete a send. */
    private final Object lock;

    private final Supplier<Optional<Frame>> frames;
    private final Runnable onSent;
    private final Consumer<Throwable> onFailed;
    private boolean sending;

    /**
     * A writer that has sent nothing.
     *
     * @param lock guards this writer
     * @param frames returns the next frame, if there is one; called within the lock
     * @param onSent is called when a send has ended that {@link #pump} did not wait for
     * @param onFailed receives the reason why a frame was not sent; no frame follows it
     */
    FrameWriter(
            JakartaWebSocketAsyncRemote remote,
            Object lock,
            Supplier<Optional<Frame>> frames,
            Runnable onSent,
            Consumer<Throwable> onFailed) {
        this.remote = remote;
        this.lock = lock;
        this.frames = frames;
        this.onSent = onSent;
        this.onFailed = onFailed;
        remote.setSendTimeout(0); // a timeout would cut without a close frame; pings find clients that do not read
    }

    /**
     * Sends the next frames, a few at most. During a send it returns at once, and the send's completion continues.
     *
     * @return whether there may be more frames at once
     */
    boolean pump() {
        int sent = 0;
        for (Send send = nextSend(); send != null; send = nextSend()) {
            send.start();
            if (!send.hasEnded()) {
                return false;
            }
            if (++sent == MAX_AT_ONCE) {
                return true;
            }
        }
        return false;
    }

    /** Whether a frame is not in the kernel yet. Called within the lock. */
    boolean isSending() {
        return sending;
    }

    private @Nullable Send nextSend() {
        synchronized (lock) {
            Optional<Frame> frame = sending ? Optional.empty() : frames.get();
            sending |= frame.isPresent();
            return frame.map(Send::new).orElse(null);
        }
    }

    /** One send. It may end before or after {@link #start} returns; the later of the two continues with the next frame. */
    private final class Send {

        private final Frame frame;
        private boolean ended;
        private boolean returned;

        Send(Frame frame) {
            this.frame = frame;
        }

        void start() {
            try {
                remote.sendFrame(frame, Callback.from(this::sent, onFailed), false);
            } catch (RuntimeException e) {
                onFailed.accept(e);
            }
        }

        /** Marks the call of {@link #start} as returned; whether the send has ended already. */
        boolean hasEnded() {
            synchronized (lock) {
                returned = true;
                return ended;
            }
        }

        private void sent() {
            if (end()) {
                onSent.run();
            }
        }

        /** Marks the send as ended; whether the call of {@link #start} has returned already. */
        private boolean end() {
            synchronized (lock) {
                ended = true;
                sending = false;
                return returned;
            }
        }
    }
}

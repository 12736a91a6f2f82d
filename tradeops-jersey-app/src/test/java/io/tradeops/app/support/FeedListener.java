package io.tradeops.app.support;

import io.tradeops.app.feed.wire.FeedFormatException;
import io.tradeops.app.feed.wire.FeedJson;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.core.trade.Tick;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A feed client on the JDK's WebSocket, independent of our own client. It records every text frame. Thread-safe. */
public final class FeedListener implements WebSocket.Listener, AutoCloseable {

    private final List<String> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @SuppressWarnings("NullAway.Init") // connect() sets it
    private WebSocket socket;

    private FeedListener() {}

    /** Connects without sending a command. */
    public static FeedListener connect(URI feed) throws Exception {
        FeedListener listener = new FeedListener();
        listener.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(feed, listener)
                .get(10, TimeUnit.SECONDS);
        return listener;
    }

    /** Sends a text frame, and waits until it is sent. */
    public void send(String text) {
        socket.sendText(text, true).join();
    }

    /** All frames so far, one per line. */
    public String all() {
        return String.join("\n", frames);
    }

    /** The number of frames that contain a text. */
    public long count(String part) {
        return frames.stream().filter(frame -> frame.contains(part)).count();
    }

    /** Whether no frame has arrived. */
    public boolean hasNoFrames() {
        return frames.isEmpty();
    }

    /** Forgets the frames so far. */
    public void forget() {
        frames.clear();
    }

    /** The messages of all frames, in order. */
    public List<FeedMessage> messages() throws FeedFormatException {
        List<FeedMessage> messages = new ArrayList<>();
        for (String frame : frames) {
            messages.addAll(FeedJson.decodeMessages(frame));
        }
        return messages;
    }

    /** The ticks of all frames, in order. */
    public List<Tick> ticks() throws FeedFormatException {
        return messages().stream()
                .filter(FeedMessage.TickMessage.class::isInstance)
                .map(message -> ((FeedMessage.TickMessage) message).tick())
                .toList();
    }

    /** The sequence numbers of {@link #ticks}. */
    public List<Long> seqs() throws FeedFormatException {
        return ticks().stream().map(Tick::seq).toList();
    }

    /** Completes with the feed's close code. */
    public CompletableFuture<Integer> closed() {
        return closed;
    }

    /** Cuts the connection without a close frame. */
    @Override
    public void close() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        closed.complete(statusCode);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}

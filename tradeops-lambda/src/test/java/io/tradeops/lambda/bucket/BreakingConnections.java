package io.tradeops.lambda.bucket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A proxy in front of a server. It drops every connection after {@code limit} bytes of answers, and shows each request
 * to a listener before the server receives it. Thread-safe.
 */
public final class BreakingConnections implements AutoCloseable {

    private final ServerSocket listener;
    private final URI target;
    private final int limit;
    private final Consumer<String> requestListener;
    private final AtomicInteger accepted = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private BreakingConnections(ServerSocket listener, URI target, int limit, Consumer<String> requestListener) {
        this.listener = listener;
        this.target = target;
        this.limit = limit;
        this.requestListener = requestListener;
    }

    public static BreakingConnections inFrontOf(URI target, int limit) throws IOException {
        return inFrontOf(target, limit, request -> {});
    }

    public static BreakingConnections inFrontOf(URI target, int limit, Consumer<String> requestListener)
            throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        BreakingConnections connections = new BreakingConnections(listener, target, limit, requestListener);
        connections.threads.execute(connections::accept);
        return connections;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    int accepted() {
        return accepted.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                accepted.incrementAndGet();
                Socket server = new Socket(target.getHost(), target.getPort());
                threads.execute(() -> copy(client, server, Integer.MAX_VALUE, requestListener));
                threads.execute(() -> copy(server, client, limit, answer -> {}));
            }
        } catch (IOException e) {
            threads.shutdown();
        }
    }

    private static void copy(Socket from, Socket to, int limit, Consumer<String> listener) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            int left = limit;
            for (int n = in.read(buffer); n >= 0 && left > 0; n = in.read(buffer)) {
                listener.accept(new String(buffer, 0, n, ISO_8859_1));
                out.write(buffer, 0, Math.min(n, left));
                left -= n;
            }
        } catch (IOException e) {
            // the other side has closed the connection
            return;
        }
    }
}

package io.tradeops.lambda;

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

/** A network before a server that drops every connection once so many bytes of answers have passed. */
final class BreakingConnections implements AutoCloseable {

    private final ServerSocket listener;
    private final URI target;
    private final int limit;
    private final AtomicInteger accepted = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private BreakingConnections(ServerSocket listener, URI target, int limit) {
        this.listener = listener;
        this.target = target;
        this.limit = limit;
    }

    static BreakingConnections before(URI target, int limit) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        BreakingConnections connections = new BreakingConnections(listener, target, limit);
        connections.threads.execute(connections::accept);
        return connections;
    }

    URI endpoint() {
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
                threads.execute(() -> copy(client, server, Integer.MAX_VALUE));
                threads.execute(() -> copy(server, client, limit));
            }
        } catch (IOException e) {
            threads.shutdown();
        }
    }

    private static void copy(Socket from, Socket to, int limit) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            int left = limit;
            for (int n = in.read(buffer); n >= 0 && left > 0; n = in.read(buffer)) {
                out.write(buffer, 0, Math.min(n, left));
                left -= n;
            }
        } catch (IOException e) {
            // the other side is gone, and with it this connection
            return;
        }
    }
}

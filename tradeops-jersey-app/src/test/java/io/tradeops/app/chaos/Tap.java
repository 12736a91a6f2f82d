package io.tradeops.app.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy of bytes in front of a server. While it is shut, it closes every connection. Thread-safe. */
final class Tap implements AutoCloseable {

    private final ServerSocket entry;
    private final URI target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    private Tap(ServerSocket entry, URI target) {
        this.entry = entry;
        this.target = target;
    }

    static Tap before(URI target) throws IOException {
        Tap tap = new Tap(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), target);
        start(tap::accept);
        return tap;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + entry.getLocalPort());
    }

    void shut() {
        shut = true;
        sockets.forEach(Tap::close);
    }

    void open() {
        shut = false;
    }

    @Override
    public void close() throws IOException {
        entry.close();
        shut();
    }

    private void accept() {
        while (!entry.isClosed()) {
            try {
                Socket client = entry.accept();
                if (shut) {
                    close(client);
                    continue;
                }
                Socket server = new Socket(target.getHost(), target.getPort());
                sockets.add(client);
                sockets.add(server);
                start(() -> copy(client, server));
                start(() -> copy(server, client));
            } catch (IOException e) {
                // the proxy is closed, or the server is
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one end is closed, so close the other
        }
        sockets.remove(from);
        close(from);
        close(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed already
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tap");
        thread.setDaemon(true);
        thread.start();
    }
}

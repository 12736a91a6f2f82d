package io.tradeops.app.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between clients and one server that can be cut, stand still, or swallow what the server says. Thread-safe. */
final class RoughNetwork implements AutoCloseable {

    private static final int BUFFER = 1 << 14;

    private final ServerSocket entry;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private boolean still;

    private RoughNetwork(ServerSocket entry, int target) {
        this.entry = entry;
        this.target = target;
    }

    /** A smooth network to a port of this machine. */
    static RoughNetwork to(int port) throws IOException {
        RoughNetwork network = new RoughNetwork(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), port);
        start(network::accept);
        return network;
    }

    /** Where clients connect. */
    int port() {
        return entry.getLocalPort();
    }

    /** Ends all connections. */
    void cut(boolean withReset) {
        links.forEach(link -> link.close(withReset));
    }

    /** From now on the connections of this moment swallow what the server says. */
    void mute() {
        links.forEach(link -> link.mute = true);
    }

    /** Nothing moves. */
    synchronized void pause() {
        still = true;
    }

    /** It does again, what was on its way first. */
    synchronized void goOn() {
        still = false;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        entry.close();
        goOn();
        cut(false);
    }

    private synchronized void awaitMotion() throws InterruptedException {
        while (still) {
            wait();
        }
    }

    private void accept() {
        while (!entry.isClosed()) {
            try {
                Socket client = entry.accept();
                try {
                    Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
                    links.add(link);
                    start(() -> link.copy(link.client, link.server, false));
                    start(() -> link.copy(link.server, link.client, true));
                } catch (IOException e) {
                    client.close(); // the server is away
                }
            } catch (IOException e) {
                // closed, or the client is gone already
            }
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "rough-network");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean mute;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void copy(Socket from, Socket to, boolean canBeMute) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    awaitMotion();
                    if (!(canBeMute && mute)) {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (IOException e) {
                // one end is gone: so is the other
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            close(false);
        }

        void close(boolean withReset) {
            links.remove(this);
            for (Socket socket : new Socket[] {client, server}) {
                try {
                    if (withReset) {
                        socket.setSoLinger(true, 0);
                    }
                    socket.close();
                } catch (IOException e) {
                    // it is closed
                }
            }
        }
    }
}

package io.tradeops.app.monitor;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A proxy between clients and one WebSocket server that can cut or pause the connections, or drop frames of the server
 * for a while. Thread-safe.
 */
final class RoughNetwork implements AutoCloseable {

    private static final int BUFFER = 1 << 14;
    private static final int END_OF_HEAD = 0x0d0a0d0a;

    private final ServerSocket entry;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private boolean paused;

    private RoughNetwork(ServerSocket entry, int target) {
        this.entry = entry;
        this.target = target;
    }

    /** Starts a proxy that forwards everything to a port of this machine. */
    static RoughNetwork to(int port) throws IOException {
        RoughNetwork network = new RoughNetwork(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), port);
        start(network::accept);
        return network;
    }

    /** The port for clients. */
    int port() {
        return entry.getLocalPort();
    }

    /** Closes all connections. */
    void cut(boolean withReset) {
        links.forEach(link -> link.close(withReset));
    }

    /** From now on the present connections drop the frames of the server, each as a whole. */
    void mute() {
        links.forEach(link -> link.mute = true);
    }

    /** Forwards the frames that the server begins from now on. */
    void unmute() {
        links.forEach(link -> link.mute = false);
    }

    /** Stops forwarding. */
    synchronized void pause() {
        paused = true;
    }

    /** Forwards again, in order, without a loss. */
    synchronized void resume() {
        paused = false;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        entry.close();
        resume();
        cut(false);
    }

    private synchronized void awaitResumed() throws InterruptedException {
        while (paused) {
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
                    start(() -> link.copy(link::copyBytes, link.client, link.server));
                    start(() -> link.copy(link::copyFrames, link.server, link.client));
                } catch (IOException e) {
                    client.close(); // the server is closed
                }
            } catch (IOException e) {
                // the proxy is closed, or the client has disconnected already
            }
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "rough-network");
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Copying {

        void copy(DataInputStream in, OutputStream out) throws IOException, InterruptedException;
    }

    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean mute;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void copy(Copying copying, Socket from, Socket to) {
            try {
                copying.copy(new DataInputStream(new BufferedInputStream(from.getInputStream())), to.getOutputStream());
            } catch (IOException e) {
                // one end is closed, so close the other
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            close(false);
        }

        void copyBytes(DataInputStream in, OutputStream out) throws IOException, InterruptedException {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitResumed();
                out.write(buffer, 0, read);
            }
        }

        void copyFrames(DataInputStream in, OutputStream out) throws IOException, InterruptedException {
            copyUnlessMute(answer(in), out);
            while (true) {
                copyUnlessMute(frame(in), out);
            }
        }

        private void copyUnlessMute(byte[] bytes, OutputStream out) throws IOException, InterruptedException {
            awaitResumed();
            if (!mute) {
                out.write(bytes);
            }
        }

        /** Reads the answer to the upgrade, to its empty line. */
        private static byte[] answer(DataInputStream in) throws IOException {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            for (int last = 0; last != END_OF_HEAD; ) {
                int next = in.readUnsignedByte();
                answer.write(next);
                last = last << 8 | next;
            }
            return answer.toByteArray();
        }

        /** Reads a frame of a server, which has no mask (RFC 6455, 5.2). */
        private static byte[] frame(DataInputStream in) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream frame = new DataOutputStream(bytes);
            frame.writeByte(in.readByte());
            int length = in.readUnsignedByte();
            frame.writeByte(length);
            if (length == 126) {
                length = in.readUnsignedShort();
                frame.writeShort(length);
            } else if (length == 127) {
                length = (int) in.readLong();
                frame.writeLong(length);
            }
            frame.write(in.readNBytes(length));
            return bytes.toByteArray();
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
                    // it is closed already
                }
            }
        }
    }
}

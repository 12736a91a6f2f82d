package io.tradeops.app.monitor;

import io.tradeops.app.feed.FeedEndpoint;
import io.tradeops.app.support.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A WebSocket server that sends the bytes that a test gives it, and may not answer at all (RFC 6455). Thread-safe. */
final class RawFeed implements AutoCloseable {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int FINAL = 0x80;
    private static final int MASKED = 0x80;

    private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: *(\\S+)");
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket entry;
    private final Greeting greeting;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    /** What the server does with a client that connects. */
    enum Greeting {
        /** It answers the handshake, as RFC 6455 requires. */
        ANSWER,
        /** It sends nothing. */
        SILENCE,
        /** It closes the connection. */
        CUT
    }

    private RawFeed(ServerSocket entry, Greeting greeting) {
        this.entry = entry;
        this.greeting = greeting;
    }

    static RawFeed start(Greeting greeting) throws IOException {
        RawFeed feed = new RawFeed(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), greeting);
        Thread thread = new Thread(feed::accept, "raw-feed");
        thread.setDaemon(true);
        thread.start();
        return feed;
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + entry.getLocalPort() + FeedEndpoint.PATH);
    }

    /** The number of clients that have connected so far. */
    int count() {
        return connections.size();
    }

    /** Waits for a client's connection and returns it; the first one has the index 0. */
    Connection connection(int index) throws Exception {
        Eventually.await("client " + index + " is connected", () -> connections.size() > index);
        return connections.get(index);
    }

    @Override
    public void close() throws IOException {
        entry.close();
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        while (!entry.isClosed()) {
            try {
                Socket socket = entry.accept();
                Connection connection = new Connection(socket, System.nanoTime());
                if (greeting == Greeting.ANSWER) {
                    connection.answer();
                } else if (greeting == Greeting.CUT) {
                    connection.close();
                }
                connections.add(connection);
            } catch (IOException e) {
                // the server is closed, or the client has disconnected already
            }
        }
    }

    /** The connection of one client. */
    record Connection(Socket socket, long acceptedNanos) {

        void text(String text) throws IOException {
            frame(FINAL | TEXT, text.getBytes(StandardCharsets.UTF_8));
        }

        void frame(int head, byte[] payload) throws IOException {
            head(head, payload.length);
            bytes(payload);
        }

        /** Sends the head of a frame; the payload is to follow. */
        void head(int head, long length) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(10).put((byte) head);
            if (length < 126) {
                bytes.put((byte) length);
            } else {
                bytes.put((byte) 127).putLong(length);
            }
            socket.getOutputStream().write(bytes.array(), 0, bytes.position());
        }

        void bytes(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /** Reads the client's next text frame, of less than 126 bytes. */
        String received() throws IOException {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readByte();
            int length = in.readUnsignedByte() - MASKED;
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < length; i++) {
                payload[i] ^= mask[i % 4];
            }
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Whether the client has closed the connection. */
        boolean isClosed() {
            try {
                socket.setSoTimeout(1);
                InputStream in = socket.getInputStream();
                int read = in.read();
                while (read >= 0) {
                    read = in.read();
                }
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                return true;
            }
        }

        void close() throws IOException {
            socket.close();
        }

        private void answer() throws IOException {
            Matcher key = KEY.matcher(request());
            if (!key.find()) {
                throw new IOException("not a WebSocket client");
            }
            bytes(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accept(key.group(1)) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }

        private String request() throws IOException {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            int last = 0;
            while (last != 0x0d0a0d0a) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("the connection ended");
                }
                request.write(next);
                last = last << 8 | next;
            }
            return request.toString(StandardCharsets.US_ASCII);
        }

        private static String accept(String key) {
            try {
                return Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-1")
                                .digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has SHA-1", e);
            }
        }
    }
}

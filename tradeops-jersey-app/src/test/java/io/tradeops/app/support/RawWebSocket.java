package io.tradeops.app.support;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket client (RFC 6455) that sends any bytes, valid or not, and reads only in {@link #readText} and {@link
 * #readCloseCode}. Not thread-safe.
 */
public final class RawWebSocket implements AutoCloseable {

    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    public static final int PONG = 0xa;
    public static final int FINAL = 0x80;

    private static final int MASKED = 0x80;
    private static final int READ_TIMEOUT_MILLIS = 15_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    private RawWebSocket(int port, int receiveBuffer, String header) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(
                ("GET /prices HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                                + (header.isEmpty() ? "" : header + "\r\n") + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        readResponseHead();
    }

    /** Connects to the feed at a port of the loopback address. */
    public static RawWebSocket connect(int port) throws IOException {
        return new RawWebSocket(port, 0, "");
    }

    /** Connects with a further header in the upgrade request. */
    public static RawWebSocket connect(int port, String header) throws IOException {
        return new RawWebSocket(port, 0, header);
    }

    /** Connects with a receive buffer of that many bytes, so that the server soon can't send more. */
    public static RawWebSocket connect(int port, int receiveBuffer) throws IOException {
        return new RawWebSocket(port, receiveBuffer, "");
    }

    /** Sends a frame with a mask of zero. */
    public void send(int opcode, byte[] payload) throws IOException {
        sendHeader(opcode, payload.length);
        out.write(payload);
    }

    /** Sends the header of a frame; the payload follows with {@link #sendBytes}. */
    public void sendHeader(int opcode, long length) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(opcode);
        if (length < 126) {
            header.write(MASKED | (int) length);
        } else {
            header.write(MASKED | 127);
            header.write(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
        }
        header.write(new byte[4]);
        out.write(header.toByteArray());
    }

    /** Sends a part of a payload. */
    public void sendBytes(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /**
     * Reads the next text frame. Pings before it are answered.
     *
     * @throws EOFException if the server has ended the connection
     */
    public String readText() throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & 0x0f;
            byte[] payload = readPayload();
            if (opcode == TEXT) {
                return new String(payload, StandardCharsets.UTF_8);
            }
            if (opcode == PING) {
                send(FINAL | PONG, payload);
            }
        }
    }

    /** Waits for the first byte of the next text frame, and reads no more of it. Pings before it are answered. */
    public void awaitText() throws IOException {
        while ((in.readUnsignedByte() & 0x0f) == PING) {
            send(FINAL | PONG, readPayload());
        }
    }

    /**
     * Reads until the server closes the connection.
     *
     * @return its close code; 1005 for a close frame without a code, 1006 for no close frame
     */
    public int readCloseCode() throws IOException {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0f;
                byte[] payload = readPayload();
                if (opcode == CLOSE) {
                    return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort();
                }
            }
        } catch (EOFException | SocketException e) {
            return 1006;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private byte[] readPayload() throws IOException {
        byte[] payload = new byte[length(in.readUnsignedByte())];
        in.readFully(payload);
        return payload;
    }

    private int length(int length) throws IOException {
        return switch (length) {
            case 126 -> in.readUnsignedShort();
            case 127 -> Math.toIntExact(in.readLong());
            default -> length;
        };
    }

    private void readResponseHead() throws IOException {
        int last = 0;
        while (last != 0x0d0a0d0a) {
            last = last << 8 | in.readUnsignedByte();
        }
    }
}

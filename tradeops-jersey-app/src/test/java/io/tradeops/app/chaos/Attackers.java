package io.tradeops.app.chaos;

import io.tradeops.app.support.RawWebSocket;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Clients that take what they can get. They stop when they are closed. Not thread-safe. */
final class Attackers implements AutoCloseable {

    private static final int UNREAD = 40;
    private static final int BAD_ROWS = 5_000;
    private static final int SILENT = 300;
    private static final int STORMS = 5;
    private static final int TICKERS = 4_000;
    private static final int COMMANDS = 20;

    private final URI server;
    private final int dashboardPort;
    private final List<AutoCloseable> open = new ArrayList<>();

    Attackers(URI server, int dashboardPort) {
        this.server = server;
        this.dashboardPort = dashboardPort;
    }

    /** Sends batches of bad trades, and does not read the answers. */
    void leaveRefusalsUnread() {
        String bad = IntStream.range(0, BAD_ROWS)
                .mapToObj(i -> "{\"ticker\":\" \",\"price\":-1,\"quantity\":0,\"side\":\"x\",\"more\":" + i + "}")
                .collect(Collectors.joining(",", "[", "]"));
        attack(UNREAD, server.getPort(), request("POST /trades/batch", bad));
    }

    /** Opens connections that send nothing, and some that send half a request, to both ports. */
    void staySilent() {
        attack(SILENT, server.getPort(), "");
        attack(SILENT, server.getPort(), "POST /trades/ HTTP/1.1\r\nHost: localhost\r\n");
        attack(SILENT, dashboardPort, "GET /api/jobs HTTP/1.1\r\nHost: localhost\r\n");
    }

    /** Starts exports and does not read them. */
    void leaveExportsUnread() {
        attack(
                UNREAD,
                server.getPort(),
                "GET /trades/ HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAccept: text/csv\r\n\r\n");
    }

    /** Opens streams of alerts and closes them without a word. */
    void leaveStreams() {
        attack(
                UNREAD,
                server.getPort(),
                "GET /alerts/stream HTTP/1.1\r\nHost: " + server.getAuthority()
                        + "\r\nAccept: text/event-stream\r\n\r\n");
    }

    /** Subscribes to many tickers again and again, and reads nothing. */
    void subscribeAgainAndAgain() {
        byte[] command = IntStream.range(0, TICKERS)
                .mapToObj(i -> "\"STORM" + i + "\"")
                .collect(Collectors.joining(",", "{\"action\":\"subscribe\",\"tickers\":[", "],\"from_seq\":1}"))
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < STORMS; i++) {
            try {
                RawWebSocket client = RawWebSocket.connect(server.getPort());
                open.add(client);
                for (int n = 0; n < COMMANDS; n++) {
                    client.send(RawWebSocket.FINAL | RawWebSocket.TEXT, command);
                }
            } catch (IOException e) {
                // refused, or cut
            }
        }
    }

    @Override
    public void close() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                // cut already
            }
        }
        open.clear();
    }

    private String request(String line, String body) {
        return line + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Each connection has a thread, because a server that does not read blocks the sender. */
    private void attack(int connections, int port, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < connections; i++) {
            try {
                Socket socket = new Socket(server.getHost(), port);
                open.add(socket);
                Thread sender = new Thread(() -> send(socket, bytes), "attacker");
                sender.setDaemon(true);
                sender.start();
            } catch (IOException e) {
                // refused, or cut
            }
        }
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // refused, or cut
        }
    }
}

package io.tradeops.app.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads Server-Sent Events as a browser does. Not thread-safe. */
public final class SseReader implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final HttpURLConnection connection;
    private final BufferedReader lines;
    private final Map<String, String> fields = new HashMap<>();

    private SseReader(HttpURLConnection connection) throws IOException {
        this.connection = connection;
        this.lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    /** An event of the stream. */
    public record Event(String id, String type, String data) {}

    /** Connects, with a {@code Last-Event-ID} unless it is empty. */
    public static SseReader open(URI uri, String lastEventId) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            connection.setRequestProperty("Last-Event-ID", lastEventId);
        }
        if (connection.getResponseCode() != 200
                || !connection.getContentType().startsWith("text/event-stream")
                || connection.getHeaderField("X-Request-Id") == null) {
            throw new AssertionError("no stream of events: " + connection.getHeaderFields());
        }
        return new SseReader(connection);
    }

    /** Reads the time to wait before reconnecting, in milliseconds. */
    public int retryMillis() throws IOException {
        while (!fields.containsKey("retry")) {
            readBlock();
        }
        return Integer.parseInt(fields.get("retry"));
    }

    /** Reads the id at the start of the stream. */
    public String firstId() throws IOException {
        retryMillis();
        return fields.getOrDefault("id", "");
    }

    /** Waits for the next event. */
    public Event next() throws IOException {
        do {
            fields.keySet().removeIf(name -> !name.equals("retry"));
            readBlock();
        } while (!fields.containsKey("data"));
        return new Event(
                fields.getOrDefault("id", ""),
                fields.getOrDefault("event", "message"),
                fields.getOrDefault("data", ""));
    }

    /** Waits for the next line or the end of the stream. Returns whether the stream has ended. */
    public boolean isAtEnd() throws IOException {
        String line = lines.readLine();
        while (line != null && (line.isEmpty() || line.startsWith(":"))) {
            line = lines.readLine();
        }
        return line == null;
    }

    @Override
    public void close() {
        connection.disconnect();
    }

    private void readBlock() throws IOException {
        for (String line = lines.readLine(); ; line = lines.readLine()) {
            if (line == null) {
                throw new AssertionError("the stream has ended");
            }
            if (line.isEmpty()) {
                return;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).trim());
            }
        }
    }
}

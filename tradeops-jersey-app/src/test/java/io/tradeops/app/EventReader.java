package io.tradeops.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads Server-Sent Events as a browser does. Not thread-safe. */
final class EventReader implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final HttpURLConnection connection;
    private final BufferedReader lines;
    private final Map<String, String> fields = new HashMap<>();

    private EventReader(HttpURLConnection connection) throws IOException {
        this.connection = connection;
        this.lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    /** An event. */
    record Event(String id, String type, String data) {}

    /** Connects, with a {@code Last-Event-ID} if it isn't empty. */
    static EventReader open(URI uri, String lastEventId) throws IOException {
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
        return new EventReader(connection);
    }

    /** The time that the stream says to wait before connecting again. */
    int retryMillis() throws IOException {
        while (!fields.containsKey("retry")) {
            readBlock();
        }
        return Integer.parseInt(fields.get("retry"));
    }

    /** The id that the stream begins with. */
    String firstId() throws IOException {
        retryMillis();
        return fields.getOrDefault("id", "");
    }

    /** The next event. */
    Event next() throws IOException {
        do {
            fields.keySet().removeIf(name -> !name.equals("retry"));
            readBlock();
        } while (!fields.containsKey("data"));
        return new Event(
                fields.getOrDefault("id", ""),
                fields.getOrDefault("event", "message"),
                fields.getOrDefault("data", ""));
    }

    /** Whether nothing follows; waits for it. */
    boolean isAtEnd() throws IOException {
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

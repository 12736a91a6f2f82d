package io.tradeops.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.RawHttp;
import java.io.BufferedReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a server process. */
class LogIT {

    private static final Pattern SERVING = Pattern.compile("serving (http://[^/]+/)");

    /** The lines of the JVM and of the command, which are not logged. */
    private static final Pattern OTHERS = Pattern.compile("^(WARNING: |serving |stopping …$|stopped$)");

    /** More than the buffers between server and client hold. */
    private static final int BATCHES = 10;

    private static final int BATCH_ROWS = 10_000;

    @TempDir
    Path directory;

    @Test
    void everyLineIsJsonAndHoldsNoSecret() throws Exception {
        List<String> lines = serve("json", uri -> {
            Client client = new Client(uri);
            return client.send(
                            client.request("trades/no-uuid?key=hush-query").header("Authorization", "Bearer hush-key"))
                    .header("X-Request-Id");
        });

        List<String> logged =
                lines.stream().filter(line -> !OTHERS.matcher(line).find()).toList();
        for (String line : logged) {
            JsonNode json = Client.parse(line);
            assertThat(json.get("timestamp").textValue()).endsWith("Z");
            assertThat(json.get("message").textValue()).isNotBlank();
        }
        assertThat(lines.toString()).contains("GET /trades/no-uuid 4").doesNotContain("hush-query", "hush-key");
    }

    @Test
    void clientThatClosesDuringAnExportIsNoError() throws Exception {
        List<String> lines = serve("text", uri -> {
            Client client = new Client(uri);
            for (int i = 0; i < BATCHES; i++) {
                client.send(client.request("trades/batch")
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "ticker,price,quantity\n" + "AAPL,101.5,3\n".repeat(BATCH_ROWS))));
            }
            try (Socket socket = new RawHttp(uri).connect()) {
                socket.getOutputStream()
                        .write("GET /trades/ HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
            }
            return "GET /trades/ 200";
        });

        assertThat(lines).noneMatch(line -> line.contains(" ERROR ") || line.contains("\tat "));
    }

    /** Runs a server until it logs the text that the conversation returns; returns all lines. */
    private List<String> serve(String format, Conversation conversation) throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Process process = Program.start(
                directory,
                Map.of(
                        "TRADEOPS_PORT", "0",
                        "TRADEOPS_DASHBOARD_PORT", "0",
                        "TRADEOPS_LOG_FORMAT", format,
                        "TRADEOPS_ACCESS_LOG_LEVEL", "INFO"),
                "serve");
        Thread reader = new Thread(() -> read(process.errorReader(), lines));
        reader.start();
        try {
            Eventually.await(
                    "the server is serving",
                    () -> SERVING.matcher(lines.toString()).find());
            Matcher serving = SERVING.matcher(lines.toString());
            assertThat(serving.find()).isTrue();
            String last = conversation.with(URI.create(serving.group(1)));
            Eventually.await("the request is logged", () -> lines.toString().contains(last));
        } finally {
            process.toHandle().destroy(); // Process.destroy would close the stream that is read here
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            reader.join();
        }
        return lines;
    }

    /** Talks to a server; returns the text of its last log line. */
    @FunctionalInterface
    private interface Conversation {
        String with(URI server) throws Exception;
    }

    private static void read(BufferedReader errors, List<String> lines) {
        errors.lines().forEach(lines::add);
    }
}

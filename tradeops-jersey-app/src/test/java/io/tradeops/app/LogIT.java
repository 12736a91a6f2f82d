package io.tradeops.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server logs, as a process of its own. */
class LogIT {

    private static final Pattern SERVING = Pattern.compile("serving (http://[^/]+/)");

    /** The JVM's lines and the command's own. */
    private static final Pattern OTHERS = Pattern.compile("^(WARNING: |serving |stopping …$|stopped$)");

    @TempDir
    Path directory;

    @Test
    void everyLineIsJsonAndThoseOfARequestHaveItsIdAndNoSecret() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Process process = Program.start(
                directory,
                Map.of(
                        "TRADEOPS_PORT", "0",
                        "TRADEOPS_DASHBOARD_PORT", "0",
                        "TRADEOPS_LOG_FORMAT", "json",
                        "TRADEOPS_ACCESS_LOG_LEVEL", "INFO"),
                "serve");
        Thread reader = new Thread(() -> read(process.errorReader(), lines));
        reader.start();
        try {
            Eventually.await(
                    "it serves", () -> SERVING.matcher(lines.toString()).find());
            Matcher serving = SERVING.matcher(lines.toString());
            assertThat(serving.find()).isTrue();
            Client client = new Client(URI.create(serving.group(1)));
            Client.Answer answer = client.send(
                    client.request("trades/no-uuid?key=hush-query").header("Authorization", "Bearer hush-key"));
            String id = answer.header("X-Request-Id");
            Eventually.await("it is logged", () -> lines.toString().contains(id));
        } finally {
            process.toHandle().destroy(); // Process.destroy would close what is read here
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            reader.join();
        }

        List<String> logged =
                lines.stream().filter(line -> !OTHERS.matcher(line).find()).toList();
        for (String line : logged) {
            JsonNode json = Client.parse(line);
            assertThat(json.get("timestamp").textValue()).endsWith("Z");
            assertThat(json.get("message").textValue()).isNotBlank();
        }
        assertThat(lines.toString()).contains("GET /trades/no-uuid 4").doesNotContain("hush-query", "hush-key");
    }

    private static void read(BufferedReader errors, List<String> lines) {
        errors.lines().forEach(lines::add);
    }
}

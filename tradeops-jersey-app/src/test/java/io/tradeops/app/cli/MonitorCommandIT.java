package io.tradeops.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The {@code monitor} command in a process, which follows a feed in another process. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
class MonitorCommandIT {

    @TempDir
    Path directory;

    @Test
    void alertIsPrintedOnceWithADatabaseAndASignalGivesExitCodeZero() throws Exception {
        Process feed = feed("rise-2.01");
        try (TestDatabase database = TestDatabase.in(directory.resolve("db"))) {
            Process monitor = monitor(
                    feed,
                    Map.of(
                            "TRADEOPS_DATABASE_URL", database.url(),
                            "TRADEOPS_DATABASE_USER", database.user(),
                            "TRADEOPS_DATABASE_PASSWORD", database.password()));
            BufferedReader out = output(monitor);
            String line = CompletableFuture.supplyAsync(() -> line(out)).get(60, TimeUnit.SECONDS);

            assertIsAlert(line);
            assertStopsWithExitCodeZero(monitor);
            assertThat(out.lines()).isEmpty();
        } finally {
            feed.destroy();
        }
    }

    @Test
    void alertIsPrintedOnceWithoutADatabase() throws Exception {
        Path scenario = Files.writeString(
                directory.resolve("late.csv"),
                """
                seconds,ticker,price,quantity
                0,OTHER,1,1
                900,AAPL,100,1
                930,AAPL,102.01,1
                960,AAPL,103,1
                """); // at 60 times the speed AAPL starts after 15 s, when the monitor is connected
        Process feed = feed(scenario.toString());
        try {
            Process monitor = monitor(feed, Map.of());
            BufferedReader out = output(monitor);
            String line = CompletableFuture.supplyAsync(() -> line(out)).get(60, TimeUnit.SECONDS);

            assertIsAlert(line);
            assertStopsWithExitCodeZero(monitor);
            assertThat(out.lines()).isEmpty();
        } finally {
            feed.destroy();
        }
    }

    @Test
    void signalGivesExitCodeZeroIfNothingWasPrinted() throws Exception {
        Process feed = feed("rise-2.00");
        try {
            Process monitor = monitor(feed, Map.of("TRADEOPS_LOG_LEVEL", "INFO"));
            awaitErrors(monitor, "following");

            assertStopsWithExitCodeZero(monitor);
            assertThat(output(monitor).lines()).isEmpty();
        } finally {
            feed.destroy();
        }
    }

    private Process feed(String scenario) throws Exception {
        return Program.start(
                directory,
                Map.of("TRADEOPS_PORT", "0"),
                "feed",
                "--scenario",
                scenario,
                "--speed",
                "60",
                "--first-seq",
                "1");
    }

    private Process monitor(Process feed, Map<String, String> environment) throws Exception {
        URI address = FeedServerCommandIT.address(feed);
        return Program.start(directory, environment, "monitor", address.toString());
    }

    private static void assertIsAlert(String line) throws Exception {
        JsonNode alert = new ObjectMapper().readTree(line);
        assertThat(names(alert))
                .containsExactly("id", "ticker", "rule", "step", "change_percent", "reference", "trigger");
        assertThat(names(alert.get("reference"))).containsExactly("price", "timestamp", "seq");
        assertThat(names(alert.get("trigger"))).containsExactly("price", "timestamp", "seq");
        assertThat(alert.get("rule").textValue()).isEqualTo("up>2%/60s");
        assertThat(line).contains("\"change_percent\":2.01,");
        assertThat(alert.get("reference").get("seq").longValue())
                .isLessThan(alert.get("trigger").get("seq").longValue());
    }

    private static List<String> names(JsonNode object) {
        Iterator<String> names = object.fieldNames();
        List<String> list = new ArrayList<>();
        names.forEachRemaining(list::add);
        return list;
    }

    private static void assertStopsWithExitCodeZero(Process process) throws Exception {
        process.toHandle().destroy(); // SIGTERM; Process.destroy would close its output, too
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ends within 10 s").isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static void awaitErrors(Process process, String text) throws Exception {
        BufferedReader errors =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        CompletableFuture.runAsync(() -> {
                    for (String line = line(errors); !line.contains(text); ) {
                        line = line(errors);
                    }
                })
                .get(60, TimeUnit.SECONDS);
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String line(BufferedReader reader) {
        try {
            String line = reader.readLine();
            if (line == null) {
                throw new AssertionError("the stream ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.tradeops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Setting;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A server whose data directory is on a disk that becomes full, and has room again. Needs the right to mount one. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs tmpfs")
class FullDiskIT {

    private static final String SIZE = "size=500m";
    private static final int RETRIES = 20;
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.tradeops");

    @TempDir
    Path directory;

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", directory.toString());
        assumeThat(mounted).as("may mount a tmpfs").isTrue();
        logged.start();
        LOGGER.addAppender(logged);
    }

    @AfterEach
    void unmount() throws Exception {
        LOGGER.detachAppender(logged);
        if (mounted) {
            assertThat(run("umount", directory.toString())).isTrue();
        }
    }

    @Test
    void fullDiskIsAnOutageThatEnds() throws Exception {
        ServerConfig config =
                ServerConfig.of(TestConfig.settings(directory.resolve("data")).with(Setting.FEED_RATE, "200"));
        try (TradeOpsServer server = TradeOpsServer.start(config)) {
            Client client = new Client(server.uri());
            Eventually.await(
                    "every part is ready", () -> client.get("health/ready").status() == 200);
            Eventually.await("ticks are stored", () -> server.lastStored() > 0);
            switchToAnEmptySegment(server);
            Path filler = fill();
            logged.list.clear();

            Eventually.await(
                    "a batch is refused",
                    () -> client.post("trades/batch", batch()).status() == 503);
            Eventually.await(
                    "the monitor has to wait",
                    () -> server.backends().database().diskFailures() > RETRIES);
            Client.Answer ready = client.get("health/ready");
            assertThat(ready.status()).as(ready.body()).isEqualTo(503);
            assertThat(ready.json().get("parts").get("disk").textValue()).isEqualTo("down");
            Eventually.await(
                    "readiness says so",
                    () -> client.get("health/ready")
                            .json()
                            .get("parts")
                            .get("database")
                            .textValue()
                            .equals("down"));
            assertThat(client.get("health/ready").body())
                    .contains("MiB free for data", "can't store; its disk is full");
            assertThat(client.get("health/live").status()).isEqualTo(200);
            assertThat(client.get("trades/").status()).as("reading").isEqualTo(200);
            assertLogged();

            Files.delete(filler);
            Eventually.await(
                    "every part is ready again",
                    () -> client.get("health/ready").status() == 200);
            assertThat(client.post("trades/batch", batch()).status()).isEqualTo(201);
            long published = server.lastPublished();
            Eventually.await("the monitor has caught up", () -> server.lastStored() >= published);
            assertThat(messages()).contains("the database can store again", "the monitor stores again");
            assertThat(analyze(client)).isEqualTo(200);
        }
    }

    /** The disk is named, but neither with a stack trace nor with each try. */
    private void assertLogged() {
        List<ILoggingEvent> warnings = List.copyOf(logged.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .toList();
        assertThat(warnings)
                .filteredOn(event -> event.getThrowableProxy() != null)
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
        assertThat(warnings)
                .filteredOn(event -> event.getThreadName().equals("monitor"))
                .extracting(ILoggingEvent::getFormattedMessage)
                .hasSizeBetween(1, RETRIES / 2)
                .anyMatch(message -> message.contains("No space left on device"));
    }

    private List<String> messages() {
        return List.copyOf(logged.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** The export and its analysis are written to the embedded S3. */
    private static int analyze(Client client) throws Exception {
        String location = client.post("analysis/?date=2024-02-29", "").header("Location");
        Eventually.await("the day is analysed", () -> client.get(location).status() == 200);
        return client.get(location).status();
    }

    /** A full disk ends a PostgreSQL that needs a new segment of its log, so this test leaves room in the present one. */
    private static void switchToAnEmptySegment(TradeOpsServer server) {
        server.backends().database().withConnection(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("checkpoint; select pg_switch_wal()");
            }
        });
    }

    private Path fill() throws IOException {
        Path filler = directory.resolve("filler");
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
        return filler;
    }

    private static String batch() {
        String trade = "{\"ticker\":\"FULL\",\"price\":100,\"quantity\":1,\"timestamp\":\"2024-02-29T12:00:00Z\"}";
        return "[" + (trade + ",").repeat(1_999) + trade + "]";
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}

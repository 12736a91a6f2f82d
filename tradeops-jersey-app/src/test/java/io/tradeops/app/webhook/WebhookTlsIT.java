package io.tradeops.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.alert.Alert;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Setting;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestConfig;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A server whose webhook has a certificate that is not trusted. */
class WebhookTlsIT {

    private static final String TLS_FAILURE = "TLS with localhost failed: ";

    @TempDir
    Path directory;

    @Test
    void untrustedReceiverGetsNoAlertAndTheFailureIsLoggedAndRetried() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(logged);
        try (Receiver receiver = Receiver.start(SelfSigned.in(directory));
                TradeOpsServer server = TradeOpsServer.start(config(receiver))) {
            UUID id = UUID.randomUUID();
            store(server, id);
            server.jobs().queue().queueAlertDeliveries();
            Eventually.await("the job has failed twice", () -> failures(server, id) >= 2);

            assertThat(receiver.pushes()).isEmpty();
            assertThat(List.copyOf(logged.list))
                    .anySatisfy(event -> assertThat(event.getFormattedMessage() + " " + cause(event))
                            .contains(id.toString(), TLS_FAILURE));
        } finally {
            root.detachAppender(logged);
        }
    }

    private ServerConfig config(Receiver receiver) {
        return ServerConfig.of(TestConfig.settings(directory)
                .with(Setting.WEBHOOK_URL, receiver.url("localhost"))
                .with(Setting.WEBHOOK_SECRET, "a secret of 24 characters")
                .with(Setting.WEBHOOK_ALLOW, "localhost"));
    }

    private static String cause(ILoggingEvent event) {
        return event.getThrowableProxy() == null
                ? ""
                : event.getThrowableProxy().getMessage();
    }

    private static void store(TradeOpsServer server, UUID id) {
        Instant time = Instant.parse("2026-11-20T14:30:00Z");
        Alert alert = new Alert(
                id,
                "TLS",
                "up>2%/60s",
                1,
                new BigDecimal("2.0100"),
                new Alert.Point(new BigDecimal("100"), time, 1),
                new Alert.Point(new BigDecimal("102.01"), time.plusSeconds(1), 2));
        AlertRepository alerts = new AlertRepository(server.backends().database(), true);
        server.backends().database().withConnection(connection -> {
            alerts.insert(connection, List.of(alert));
            return true;
        });
    }

    /** How often the alert's job failed with this message, as the dashboard shows it. */
    private static int failures(TradeOpsServer server, UUID id) {
        String sql = "select jobasjson from jobrunr.jobrunr_jobs where jobasjson like '%" + id + "%'";
        return server.backends().database().withConnection(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                return rows.next() ? rows.getString(1).split(TLS_FAILURE, -1).length - 1 : 0;
            }
        });
    }
}

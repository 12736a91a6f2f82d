package io.tradeops.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.embedded.TestDatabase;
import java.nio.file.Path;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server while its database is away, and after. */
class DatabaseOutageIT {

    private static final String TRADE =
            "{\"ticker\":\"AAPL\",\"price\":100,\"quantity\":1," + "\"timestamp\":\"2024-02-29T12:00:00Z\"}";

    @TempDir
    Path databaseDirectory;

    @TempDir
    Path serverDirectory;

    @Test
    void serverSaysWhatIsAwayAndGoesOnByItselfWhenItIsBack() throws Exception {
        try (TestDatabase postgres = TestDatabase.in(databaseDirectory);
                TradeOpsServer server = TradeOpsServer.start(config(postgres), new Closer())) {
            Client client = new Client(server.uri());
            Eventually.await(
                    "every part is ready", () -> client.get("health/ready").status() == 200);

            postgres.stop();
            Eventually.await("the job server has stopped", () -> !server.jobs().isRunning());
            Client.Answer unready = client.get("health/ready");
            assertThat(unready.status()).as(unready.body()).isEqualTo(503);
            JsonNode parts = unready.json().get("parts");
            assertThat(parts.get("database").textValue()).isEqualTo("down");
            assertThat(parts.get("jobs").textValue()).isEqualTo("down");
            assertThat(parts.get("object_store").textValue()).isEqualTo("up");
            assertThat(client.get("health/live").status()).isEqualTo(200);
            Client.Answer refused = client.post("trades/", TRADE);
            assertThat(refused.status()).as(refused.body()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotEmpty();

            postgres.startAgain();
            Eventually.await(
                    "every part is ready again",
                    () -> client.get("health/ready").status() == 200);
            assertThat(client.post("trades/", TRADE).status()).isEqualTo(201);
            String location = client.post("analysis/?date=2024-02-29", "").header("Location");
            Eventually.await("jobs run again", () -> client.get(location).status() == 200);
            assertThat(client.get(location).json().get("rows").longValue()).isEqualTo(1);

            long published = server.lastPublished();
            Eventually.await("the feed was followed", () -> server.lastStored() >= published);
            assertThat(countTicksUpTo(server, published)).isEqualTo(published);
        }
    }

    private ServerConfig config(TestDatabase postgres) {
        return ServerConfig.of(TestConfig.settings(serverDirectory)
                .with(Setting.DATABASE_URL, postgres.url())
                .with(Setting.DATABASE_USER, postgres.user())
                .with(Setting.DATABASE_PASSWORD, postgres.password()));
    }

    private static long countTicksUpTo(TradeOpsServer server, long seq) {
        return server.backends().database().withConnection(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("select count(distinct seq) from price_ticks where seq <= " + seq)) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }
}

package io.tradeops.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.http.HttpServer;
import io.tradeops.app.support.Client;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Liveness and readiness of given parts. */
class HealthResourceTest {

    private final AtomicBoolean alive = new AtomicBoolean(true);

    @Test
    void detailNamesTheProblemOfEachPartThatIsDown() throws Exception {
        Map<String, Supplier<Optional<String>>> parts = parts();
        parts.put("database", () -> Optional.of("does not answer"));
        parts.put("threads", () -> Optional.of("monitor has completed no round for 46 s"));
        try (HttpServer server = serve(parts)) {
            Client.Answer ready = new Client(server.uri()).get("health/ready");

            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().get("detail").textValue())
                    .isEqualTo("not every part is up: database (does not answer), "
                            + "threads (monitor has completed no round for 46 s)");
            assertThat(ready.json().get("parts").get("database").textValue()).isEqualTo("down");
            assertThat(ready.json().get("parts").get("jobs").textValue()).isEqualTo("up");
        }
    }

    @Test
    void processThatCannotGoOnIsNotLive() throws Exception {
        try (HttpServer server = serve(parts())) {
            Client client = new Client(server.uri());
            assertThat(client.get("health/live").status()).isEqualTo(200);
            alive.set(false);

            Client.Answer live = client.get("health/live");
            assertThat(live.status()).isEqualTo(503);
            assertThat(live.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(client.get("health/ready").status()).isEqualTo(200);
        }
    }

    private HttpServer serve(Map<String, Supplier<Optional<String>>> parts) throws Exception {
        return HttpServer.start("127.0.0.1", 0, List.of(new HealthResource(parts, alive::get)), List.of());
    }

    private static Map<String, Supplier<Optional<String>>> parts() {
        Map<String, Supplier<Optional<String>>> parts = new LinkedHashMap<>();
        List.of("database", "jobs", "object_store", "feed", "disk", "threads")
                .forEach(part -> parts.put(part, Optional::empty));
        return parts;
    }
}

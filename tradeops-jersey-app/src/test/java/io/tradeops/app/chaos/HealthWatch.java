package io.tradeops.app.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks for a server's liveness and readiness. Not thread-safe. */
final class HealthWatch {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private long slowestMillis;

    HealthWatch(URI server) {
        this.server = server;
    }

    /** The time of the slowest answer, in milliseconds. */
    long slowestMillis() {
        return slowestMillis;
    }

    /** Waits until a part is down. The server must be live meanwhile. */
    void awaitDown(String part) throws Exception {
        Eventually.await(part + " is down in readiness", () -> state(part).equals("down"));
    }

    /** Waits until every part is up. */
    void awaitReady() throws Exception {
        Eventually.await("every part is up again", () -> get("health/ready").statusCode() == 200);
    }

    private String state(String part) throws Exception {
        if (get("health/live").statusCode() != 200) {
            throw new AssertionError("the server is not live");
        }
        JsonNode state = Client.parse(get("health/ready").body()).path("parts").path(part);
        return state.isTextual() ? state.textValue() : state.path("status").asText("");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
        slowestMillis = Math.max(slowestMillis, (System.nanoTime() - start) / 1_000_000);
        return answer;
    }
}

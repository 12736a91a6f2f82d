package io.tradeops.app.support;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;

/** Talks HTTP to a server as its users do. */
public final class Client {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Supplier<URI> server;

    /** A client of the server at an address. */
    public Client(URI server) {
        this(() -> server);
    }

    /** A client of a server that tells its address once it runs. */
    Client(Supplier<URI> server) {
        this.server = server;
    }

    /** An answer whose body is text. */
    public record Answer(HttpResponse<String> response) {

        /** The status. */
        public int status() {
            return response.statusCode();
        }

        /** The body. */
        public String body() {
            return response.body();
        }

        /** The body as JSON, its numbers exact. */
        public JsonNode json() throws IOException {
            return parse(response.body());
        }

        /** A header's value; empty if it isn't there. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** JSON, its numbers exact. */
    public static JsonNode parse(String json) throws IOException {
        return JSON.readTree(json);
    }

    /** GET. */
    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    /** GET with an {@code Accept}. */
    public Answer get(String path, String accept) throws IOException, InterruptedException {
        return send(request(path).header("Accept", accept));
    }

    /** POST of JSON. */
    public Answer post(String path, String json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Any request; an answer of the server itself must be as its OpenAPI document says. */
    public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.uri().getAuthority().equals(server.get().getAuthority())) {
            ApiContract.check(response);
        }
        return new Answer(response);
    }

    /** A request to a path of the server, or to a complete URL. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.get().resolve(path)).timeout(Duration.ofSeconds(30));
    }
}

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

/** An HTTP client of a server, as users have one. It checks each answer against the OpenAPI document. */
public final class Client {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Supplier<URI> server;

    /** Creates a client of the server at an address. */
    public Client(URI server) {
        this(() -> server);
    }

    /** Creates a client of a server whose address is known once it runs. */
    Client(Supplier<URI> server) {
        this.server = server;
    }

    /** An answer with a text body. */
    public record Answer(HttpResponse<String> response) {

        /** The status. */
        public int status() {
            return response.statusCode();
        }

        /** The body. */
        public String body() {
            return response.body();
        }

        /** The body as JSON, with exact numbers. */
        public JsonNode json() throws IOException {
            return parse(response.body());
        }

        /** A header's value; empty if the header is missing. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** Parses JSON, with exact numbers. */
    public static JsonNode parse(String json) throws IOException {
        return JSON.readTree(json);
    }

    /** Sends a GET request. */
    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    /** Sends a GET request with an {@code Accept} header. */
    public Answer get(String path, String accept) throws IOException, InterruptedException {
        return send(request(path).header("Accept", accept));
    }

    /** Sends a POST request with JSON. */
    public Answer post(String path, String json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Sends a request. An answer of the server must be as in its OpenAPI document. */
    public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.uri().getAuthority().equals(server.get().getAuthority())) {
            ApiContract.check(response);
        }
        return new Answer(response);
    }

    /** Creates a request to a path of the server, or to a complete URL. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.get().resolve(path)).timeout(Duration.ofSeconds(30));
    }
}

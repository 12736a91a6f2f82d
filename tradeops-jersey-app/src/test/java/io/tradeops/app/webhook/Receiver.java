package io.tradeops.app.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The receiving end of a webhook: collects the pushes, and answers with given status codes. Thread-safe. */
public final class Receiver implements AutoCloseable {

    private static final int OK = 204;

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Integer> answers = new ArrayDeque<>();
    private final List<Push> pushes = new CopyOnWriteArrayList<>();

    private Receiver(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
    }

    /** A received request. */
    public record Push(String method, String path, String body, Map<String, List<String>> headers) {

        /** The first value of a header; empty if there is none. */
        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    /** Starts a receiver on loopback. */
    public static Receiver start() throws IOException {
        return start(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), "http");
    }

    /** Starts a receiver on loopback with TLS. */
    public static Receiver start(SelfSigned certificate) throws IOException, GeneralSecurityException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        return start(server, "https");
    }

    private static Receiver start(HttpServer server, String scheme) {
        Receiver receiver = new Receiver(server, scheme);
        server.setExecutor(receiver.threads);
        server.createContext("/", receiver::take);
        server.start();
        return receiver;
    }

    /** Answers the next requests with these status codes, and later ones with 204. */
    public synchronized Receiver answering(Integer... statuses) {
        answers.addAll(List.of(statuses));
        return this;
    }

    /** The receiver's URL with a host name. */
    public String url(String host) {
        return scheme + "://" + host + ":" + server.getAddress().getPort() + "/hook?desk=1";
    }

    /** The requests so far. */
    public List<Push> pushes() {
        return List.copyOf(pushes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private synchronized int nextAnswer() {
        Integer status = answers.poll();
        return status == null ? OK : status;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            pushes.add(new Push(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    body,
                    Map.copyOf(exchange.getRequestHeaders())));
            int status = nextAnswer();
            if (status >= 300 && status < 400) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }
}

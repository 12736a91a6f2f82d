package io.tradeops.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a small heap, and many clients that send much and read nothing. */
class SmallHeapIT {

    private static final String HEAP = "-Xmx256m";

    /** What caches and statistics may add to the used heap. */
    private static final long GROWTH = 24L << 20;

    private static final int CLIENTS = 95;
    private static final int READERS = 60;
    private static final int ROUNDS = 5;
    private static final int TRADES = 10_000;
    private static final Pattern USED = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"[^}]*} (\\S+)");

    private static final String BAD =
            "{\"ticker\":\"?\",\"price\":-1,\"quantity\":\"x\",\"side\":\"?\",\"timestamp\":\"?\"}";

    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService senders = Executors.newCachedThreadPool();

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init") // start() sets it
    private Process server;

    @SuppressWarnings("NullAway.Init") // start() sets it
    private Client client;

    @SuppressWarnings("NullAway.Init") // start() sets it
    private RawHttp raw;

    @BeforeEach
    void start() throws Exception {
        int port = Program.freePort();
        server = Program.start(
                directory,
                Map.of(
                        "TRADEOPS_PORT",
                        String.valueOf(port),
                        "TRADEOPS_DASHBOARD_PORT",
                        "0",
                        "JAVA_TOOL_OPTIONS",
                        HEAP),
                "serve");
        Thread drain = new Thread(() -> {
            try {
                server.getErrorStream().transferTo(System.err);
            } catch (IOException e) {
                // the process has ended
            }
        });
        drain.setDaemon(true);
        drain.start();
        client = new Client(URI.create("http://127.0.0.1:" + port + "/"));
        raw = new RawHttp(URI.create("http://127.0.0.1:" + port + "/"));
        Eventually.await("the server is live", () -> status("health/live") == 200);
        Eventually.await("the server is ready", () -> status("health/ready") == 200);
    }

    @AfterEach
    void stop() throws Exception {
        closeAll();
        senders.shutdownNow();
        server.destroy();
        if (!server.waitFor(30, TimeUnit.SECONDS)) {
            server.destroyForcibly();
        }
    }

    @Test
    void unreadAnswersLeaveRoomForOthersAndReturnTheirMemory() throws Exception {
        String good = Collections.nCopies(TRADES, "{\"ticker\":\"GOOD\",\"price\":1,\"quantity\":1}")
                .toString();
        Eventually.await(
                "a page of trades is stored",
                () -> client.post("trades/batch", good).status() == 201);
        long before = usedHeap();
        String bad = Collections.nCopies(TRADES, BAD).toString();
        String wide = IntStream.range(0, 700_000)
                .mapToObj(i -> "\"" + i + "\":1")
                .collect(Collectors.joining(",", "[{", "}]"));

        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            sent.add(senders.submit(() -> post(bad)));
        }
        for (int i = 0; i < READERS; i++) {
            sent.add(senders.submit(() -> get("/trades/?limit=10000", "application/json")));
            sent.add(senders.submit(() -> get("/trades/?limit=10000", "text/csv")));
            sent.add(senders.submit(() -> get("/trades/", "text/csv")));
            sent.add(senders.submit(() -> get("/docs/swagger-ui-bundle.js", "*/*")));
        }
        for (int i = 0; i < ROUNDS; i++) {
            sent.add(senders.submit(() -> post(wide)));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (String path : List.of("health/live", "health/ready", "metrics")) {
                Eventually.await(path + " answers within a second", () -> isAnsweredWithinASecond(path));
            }
        }
        for (Future<?> each : sent) {
            each.get();
        }
        closeAll();

        Eventually.await(
                "trades are stored", () -> client.post("trades/batch", good).status() == 201);
        Eventually.await("the heap is as before", () -> usedHeap() < before + GROWTH);
        assertThat(server.isAlive()).isTrue();
        assertThat(status("health/ready")).isEqualTo(200);
    }

    private boolean isAnsweredWithinASecond(String path) throws Exception {
        long begun = System.nanoTime();
        return status(path) == 200 && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(1);
    }

    private int status(String path) throws InterruptedException {
        try {
            return client.get(path).status();
        } catch (IOException e) {
            return 0;
        }
    }

    private void post(String body) {
        send("POST /trades/batch HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: " + body.length(), body);
    }

    private void get(String path, String accept) {
        send("GET " + path + " HTTP/1.1\r\nAccept: " + accept, "");
    }

    /** Sends a request and leaves its answer unread. */
    private void send(String head, String body) {
        try {
            Socket socket = raw.connect();
            sockets.add(socket);
            String request = head + "\r\nHost: 127.0.0.1\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // refused before all of it was sent
        }
    }

    private void closeAll() throws IOException {
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** The bytes of the heap that are used after a collection. */
    private long usedHeap() throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        new ProcessBuilder(jcmd.toString(), String.valueOf(server.pid()), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        Matcher used = USED.matcher(client.get("metrics").body());
        long sum = 0;
        while (used.find()) {
            sum += (long) Double.parseDouble(used.group(1));
        }
        return sum;
    }
}

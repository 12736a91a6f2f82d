package io.tradeops.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Settings;
import io.tradeops.app.feed.wire.FeedJson;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.monitor.AlertDetector;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.Program.Outcome;
import io.tradeops.app.support.RawHttp;
import io.tradeops.core.trade.Tick;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code feed} command in a process. */
class FeedServerCommandIT {

    private static final Pattern ADDRESS = Pattern.compile("price feed at (ws://\\S+);.*");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "rise-2.00,3,3,0",
        "rise-2.01,3,3,1",
        "ramp,121,121,5",
        "gap,4,7,1",
        "out-of-order,5,5,1",
        "duplicates,6,6,1",
        "silence,3,3,0",
        "burst,500,500,1"
    })
    void scenarioGivesTheDocumentedAlerts(String scenario, int ticks, long lastSeq, int alerts) throws Exception {
        List<Tick> received = new CopyOnWriteArrayList<>();
        Process feed = Program.start(
                directory,
                Map.of("TRADEOPS_PORT", "0"),
                "feed",
                "--scenario",
                scenario,
                "--speed",
                "60",
                "--first-seq",
                "1");
        try {
            WebSocket client = connect(address(feed), received);
            client.sendText("{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":1}", true)
                    .join();
            Eventually.await("all ticks are received", () -> received.size() == ticks);
        } finally {
            feed.destroy();
            assertThat(feed.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(feed.exitValue()).isZero();

        AlertDetector detector = new AlertDetector(ServerConfig.rules(new Settings(Map.of(), Map.of())));
        assertThat(received.stream().flatMap(tick -> detector.onTick(tick).stream()))
                .hasSize(alerts);
        assertThat(received.stream().map(Tick::seq)).startsWith(1L).endsWith(lastSeq);
    }

    @Test
    void hostNameThatDnsCouldRebindIsRefused() throws Exception {
        Process feed = Program.start(directory, Map.of("TRADEOPS_PORT", "0"), "feed", "--scenario", "silence");
        try {
            URI uri = address(feed);
            RawHttp raw = new RawHttp(URI.create("http://" + uri.getAuthority() + "/"));
            String request = "GET /prices HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";

            assertThat(raw.sendBytes(ascii(request.formatted("rebound.example")))
                            .status())
                    .isEqualTo(421);
            assertThat(raw.sendBytes(ascii(request.formatted("localhost"))).status())
                    .isEqualTo(426);
        } finally {
            feed.destroyForcibly().waitFor();
        }
    }

    @Test
    void invalidSourceIsRefused() throws Exception {
        Outcome unknown = Program.run(directory, Map.of(), "feed", "--scenario", "crash");
        Outcome both = Program.run(directory, Map.of(), "feed", "--scenario", "ramp", "--replay", "x.csv");
        Outcome missing = Program.run(directory, Map.of(), "feed", "--replay", "x.csv");

        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.errors()).contains("there is no scenario or file 'crash'");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(missing.errors()).contains("there is no file x.csv");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static URI address(Process feed) throws Exception {
        BufferedReader errors =
                new BufferedReader(new InputStreamReader(feed.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            Matcher matcher = ADDRESS.matcher(line);
            if (matcher.matches()) {
                return URI.create(matcher.group(1));
            }
        }
        throw new AssertionError("the feed ended without printing its address");
    }

    private static WebSocket connect(URI uri, List<Tick> received) {
        StringBuilder frame = new StringBuilder();
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        frame.append(data);
                        if (last) {
                            received.addAll(ticks(frame.toString()));
                            frame.setLength(0);
                        }
                        return WebSocket.Listener.super.onText(socket, data, last);
                    }
                })
                .join();
    }

    private static List<Tick> ticks(String frame) {
        try {
            return FeedJson.decodeMessages(frame).stream()
                    .filter(FeedMessage.TickMessage.class::isInstance)
                    .map(message -> ((FeedMessage.TickMessage) message).tick())
                    .toList();
        } catch (Exception e) {
            throw new AssertionError(frame, e);
        }
    }
}

package io.tradeops.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.jobs.alert.AlertReceiver.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

    private static final String SECRET = "a secret of 24 characters";
    private static final UUID ID = UUID.fromString("b4f3f7f3-b44f-8d8e-afe5-893fe9ea6a3d");
    private static final String JSON = "{\"ticker\":\"ÄAPL\"}";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_790_000_000L));

    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = Receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void pushIsAPostWithASignature() throws Exception {
        assertThat(push(receiver.url("127.0.0.1"), "127.0.0.1")).isEqualTo(Answer.TAKEN);

        assertThat(receiver.pushes()).singleElement().satisfies(push -> {
            assertThat(push.method()).isEqualTo("POST");
            assertThat(push.path()).isEqualTo("/hook?desk=1");
            assertThat(push.body()).isEqualTo(JSON);
            assertThat(push.header("Content-type")).isEqualTo("application/json");
            assertThat(push.header("User-agent")).isEqualTo("TradeOps/1.2.3");
            assertThat(push.header("Idempotency-key")).isEqualTo(ID.toString());
            assertThat(push.header("Tradeops-signature")).isEqualTo("t=1790000000,v1=" + hmac("1790000000." + JSON));
            assertThat(push.headers().toString()).doesNotContain(SECRET);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 404, 429, 500, 503})
    void failsOnAnyOtherStatusAndFollowsNoRedirect(int status) {
        receiver.answering(status);

        assertThatThrownBy(() -> push(receiver.url("127.0.0.1"), "127.0.0.1"))
                .isInstanceOf(IOException.class)
                .hasMessage("127.0.0.1 answered " + status);
        assertThat(receiver.pushes()).hasSize(1);
    }

    @Test
    void status410MeansGone() throws Exception {
        receiver.answering(410);

        assertThat(push(receiver.url("127.0.0.1"), "127.0.0.1")).isEqualTo(Answer.GONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void doesNotConnectToLoopbackUnlessItIsListed(String host) throws Exception {
        assertThatThrownBy(() -> push(receiver.url(host), "")).hasMessageContaining("TRADEOPS_WEBHOOK_ALLOW");
        assertThatThrownBy(() -> push(receiver.url(host), "hook.example, 10.0.0.0/8"))
                .hasMessageContaining("TRADEOPS_WEBHOOK_ALLOW");
        assertThat(receiver.pushes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "0x7f000001"})
    void doesNotConnectToLoopbackWrittenAsANumber(String host) {
        assertThatThrownBy(() -> push(receiver.url(host), "")).isInstanceOf(IOException.class);
        assertThat(receiver.pushes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.0/8", "::1, 127.0.0.1"})
    void connectsToAListedHost(String list) throws Exception {
        assertThat(push(receiver.url("localhost"), list)).isEqualTo(Answer.TAKEN);
    }

    @Test
    void httpsNeedsATrustedCertificateForTheHost(@TempDir Path directory) throws Throwable {
        SelfSigned certificate = SelfSigned.in(directory);
        try (Receiver secure = Receiver.start(certificate)) {
            assertThatThrownBy(() -> push(secure.url("localhost"), "localhost"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("TLS with localhost failed: ")
                    .hasMessageNotContaining("desk");
            certificate.whileTrusted(() -> {
                assertThat(push(secure.url("localhost"), "localhost")).isEqualTo(Answer.TAKEN);
                assertThatThrownBy(() -> push(secure.url("127.0.0.1"), "127.0.0.1"))
                        .as("the certificate is for localhost")
                        .hasMessageStartingWith("TLS with 127.0.0.1 failed: ");
            });
            assertThat(secure.pushes())
                    .singleElement()
                    .satisfies(push -> assertThat(push.body()).isEqualTo(JSON));
        }
    }

    @Test
    void failureToConnectNamesTheHost() throws Exception {
        String url = receiver.url("127.0.0.1");
        receiver.close();

        assertThatThrownBy(() -> push(url, "127.0.0.1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageNotContaining("desk");
    }

    @Test
    void doesNotWaitForTheEndOfAnAnswer() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> closed =
                    endless(server, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n");

            long begun = System.nanoTime();
            assertThat(push("http://127.0.0.1:" + server.getLocalPort(), "127.0.0.1"))
                    .isEqualTo(Answer.TAKEN);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void answerWhoseHeadTricklesInTimesOut() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> closed = endless(server, "HTTP/1.1 200 OK\r\n", "X-A: b\r\n");

            assertThatThrownBy(() -> push("http://127.0.0.1:" + server.getLocalPort(), "127.0.0.1"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("did not answer within");
            assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    /** Answers a connection with a beginning and then with pieces, until the client closes it. */
    private static CompletableFuture<Void> endless(ServerSocket server, String beginning, String piece) {
        return CompletableFuture.runAsync(() -> {
            try (Socket socket = server.accept()) {
                OutputStream out = socket.getOutputStream();
                out.write(beginning.getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write(piece.getBytes(StandardCharsets.US_ASCII));
                    LockSupport.parkNanos(20_000_000); // the receiver's pace: every piece comes in time
                }
            } catch (IOException e) {
                assertThat(e).isNotNull(); // the client has closed the connection
            }
        });
    }

    private static Answer push(String url, String allow) throws IOException {
        WebhookSettings settings = WebhookSettings.of(url, SECRET, allow).orElseThrow();
        try (Webhook webhook = Webhook.open(settings, "1.2.3", CLOCK, Timeout.ofSeconds(1))) {
            return webhook.push(ID, JSON);
        }
    }

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}

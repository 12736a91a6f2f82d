package io.tradeops.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.config.Setting;
import io.tradeops.app.support.RawHttp;
import io.tradeops.app.support.TestServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protection of a server on a user's machine against pages of other origins in the user's browser. */
class BrowserSafetyIT {

    private static final String TRADE = "{\"ticker\":\"AAPL\",\"price\":100,\"quantity\":1}";
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    @RegisterExtension
    static final TestServer server =
            TestServer.with(settings -> settings.with(Setting.ALLOWED_HOSTS, "trades.example, Other.example"));

    private static final RawHttp raw = server.raw();

    @ParameterizedTest
    @CsvSource({
        "localhost:PORT,200",
        "LOCALHOST:PORT,200",
        "127.0.0.1:PORT,200",
        "127.0.0.1,200",
        "[::1]:PORT,200",
        "localhost:9000,200",
        "trades.example,200",
        "other.example:443,200",
        "attacker.example,421",
        "attacker.example:PORT,421",
        "localhost.attacker.example,421",
        "127.0.0.1.attacker.example,421",
        "10.0.0.1,421",
        "[::2],421"
    })
    void refusesAHostThatIsNotAllowed(String host, int status) throws Exception {
        String name = host.replace("PORT", String.valueOf(server.uri().getPort()));
        RawHttp.Answer answer =
                raw.sendBytes(("GET /trades/ HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type"))
                .isEqualTo(status == 200 ? "application/json" : "application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: http://attacker.example,403",
        "Origin: null,403",
        "Origin: http://127.0.0.1:1,403",
        "Origin: http://OWN.attacker.example,403",
        "Origin: ://,403",
        "Sec-Fetch-Site: cross-site,403",
        "Sec-Fetch-Site: same-site,403",
        "Sec-Fetch-Site: same-origin,201",
        "Sec-Fetch-Site: none,201",
        "Origin: http://OWN,201",
        "X-None: 1,201"
    })
    void pageOfAnotherOriginCannotEnterATrade(String header, int status) throws Exception {
        RawHttp.Answer answer = raw.send(
                TRADE,
                "POST /trades/ HTTP/1.1",
                "Content-Type: application/json",
                "Content-Length: " + TRADE.length(),
                header.replace("OWN", server.uri().getAuthority()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: http://attacker.example,403",
        "Origin: null,403",
        "Sec-Fetch-Site: cross-site,403",
        "Origin: http://OWN,101"
    })
    void pageOfAnotherOriginCannotOpenTheFeed(String header, int status) throws Exception {
        RawHttp.Answer answer = raw.sendBytes(("GET /prices HTTP/1.1\r\nHost: "
                        + server.uri().getAuthority() + "\r\n" + UPGRADE + "\r\n"
                        + header.replace("OWN", server.uri().getAuthority()) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.js", "/trades/", "/health/live", "/nothing", "/trades/?limit=0"})
    void everyAnswerHasTheSecurityHeaders(String path) throws Exception {
        RawHttp.Answer answer = raw.send("", "GET " + path + " HTTP/1.1", "Origin: http://attacker.example");

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cache-Control"))
                .isEqualTo(path.equals("/") || path.endsWith(".js") ? "no-cache" : "no-store");
        assertThat(answer.text()).doesNotContain("Access-Control-", "\r\nServer:", "X-Powered-By");
    }

    @Test
    void preflightOfAnotherOriginIsNotAllowed() throws Exception {
        RawHttp.Answer answer = raw.send(
                "",
                "OPTIONS /trades/ HTTP/1.1",
                "Origin: http://attacker.example",
                "Access-Control-Request-Method: POST");

        assertThat(answer.text()).doesNotContain("Access-Control-");
    }
}

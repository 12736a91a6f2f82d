package io.tradeops.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.access.Keys;
import io.tradeops.app.support.RawHttp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers with which proxies forward the client's address, scheme and host. */
class ForwardedHeadersIT {

    private static final String[] ALL = {
        "X-Forwarded-For: 203.0.113.5", "X-Forwarded-Proto: https", "X-Forwarded-Host: trades.example"
    };

    @Test
    void headersOfATrustedProxyCount() throws Exception {
        try (HttpServer server = start(settings().withTrustedProxies("10.0.0.0/8, 127.0.0.1"))) {
            assertThat(seen(server, ALL)).isEqualTo("203.0.113.5 https https://trades.example/");
            assertThat(seen(server, "Forwarded: for=\"[2001:db8::1]:4711\";proto=https;host=trades.example:8443"))
                    .isEqualTo("[2001:db8:0:0:0:0:0:1] https https://trades.example:8443/");
            assertThat(seen(server, "X-Forwarded-Proto: https")).isEqualTo("127.0.0.1 https https://OWN/");
            assertThat(seen(server)).isEqualTo("127.0.0.1 http http://OWN/");
        }
    }

    @Test
    void headersOfAnyOtherAddressDoNotCount() throws Exception {
        try (HttpServer server = start(settings().withTrustedProxies("10.0.0.0/8"))) {
            assertThat(seen(server, ALL)).isEqualTo("127.0.0.1 http http://OWN/");
            assertThat(seen(server, "Forwarded: for=203.0.113.5;proto=https;host=trades.example"))
                    .isEqualTo("127.0.0.1 http http://OWN/");
        }
        try (HttpServer server = start(settings())) {
            assertThat(seen(server, ALL)).isEqualTo("127.0.0.1 http http://OWN/");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Proto: evil",
                "X-Forwarded-Proto: https://evil",
                "X-Forwarded-Proto: javascript",
                "X-Forwarded-Proto:",
                "X-Forwarded-Proto: ,",
                "X-Forwarded-Proto: \u00e9\u0001",
                "X-Forwarded-Host: a b",
                "X-Forwarded-Host: evil.example/path",
                "X-Forwarded-Host: a:99999",
                "X-Forwarded-Host: [::1",
                "X-Forwarded-For: evil",
                "X-Forwarded-For: 1.2.3.4:99999999",
                "X-Forwarded-For: [",
                "X-Forwarded-Port: evil",
                "X-Forwarded-Port: 99",
                "X-Forwarded-Server: evil.example",
                "X-Proxied-Https: on",
                "Proxy-Auth-Cert: evil",
                "Forwarded: for=\"",
                "Forwarded: proto=evil;host=a/b",
                "Forwarded: \u00e9",
                "Forwarded: host"
            })
    void malformedValueIsPassedOver(String header) throws Exception {
        for (String proxies : List.of("", "127.0.0.1")) {
            try (HttpServer server = start(settings().withTrustedProxies(proxies))) {
                RawHttp.Answer answer = new RawHttp(server.uri()).send("", "GET /seen HTTP/1.1", header);

                if (header.contains("\u0001")) { // no header may have a control character
                    assertThat(answer.status()).isEqualTo(400);
                    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                } else {
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                    assertThat(answer.text()).doesNotContain("evil").contains("127.0.0.1 http http://");
                }
            }
        }
    }

    @Test
    void rateLimitIsThatOfTheForwardedClient() throws Exception {
        HttpSettings limited = settings().withRateLimit(1);
        try (HttpServer server = start(limited.withTrustedProxies("127.0.0.1"))) {
            assertThat(statuses(server, "X-Forwarded-For: 203.0.113.")).containsOnly(200);
            assertThat(statuses(server, "X-Forwarded-For: 198.51.100.9, 203.0.113.9, 10.0.0."))
                    .contains(200);
            assertThat(statuses(server, "X-Forwarded-For: 10.9.9.9, 203.0.113.99 , unknown"))
                    .contains(429);
        }
        try (HttpServer server = start(limited)) {
            assertThat(statuses(server, "X-Forwarded-For: 203.0.113.")).contains(429);
        }
    }

    @Test
    void originIsComparedWithTheForwardedHost() throws Exception {
        try (HttpServer server = start(settings().withTrustedProxies("127.0.0.1"))) {
            assertThat(post(server, "Origin: https://trades.example", "X-Forwarded-Host: trades.example"))
                    .isEqualTo(405);
            assertThat(post(server, "Origin: https://evil.example", "X-Forwarded-Host: trades.example"))
                    .isEqualTo(403);
            assertThat(post(
                            server,
                            "Origin: http://" + server.uri().getAuthority(),
                            "X-Forwarded-Host: trades.example"))
                    .isEqualTo(403);
        }
        try (HttpServer server = start(settings())) {
            assertThat(post(server, "Origin: https://trades.example", "X-Forwarded-Host: trades.example"))
                    .isEqualTo(403);
        }
    }

    @Test
    void sentHostIsCheckedBesideTheForwardedOne() throws Exception {
        HttpSettings proxied = settings().withTrustedProxies("127.0.0.1").withLoopbackNames();
        try (HttpServer server = start(proxied)) {
            assertThat(seen(server, ALL)).endsWith("https://trades.example/");
            assertThat(host(server, "evil.example", "X-Forwarded-Host: localhost"))
                    .isEqualTo(421);
        }
        try (HttpServer server = start(proxied.withHosts(Set.of("trades.example")))) {
            assertThat(seen(server, ALL)).endsWith("https://trades.example/");
            assertThat(host(server, "localhost", "X-Forwarded-Host: evil.example"))
                    .isEqualTo(421);
            assertThat(host(server, "localhost", "X-Forwarded-Host: localhost")).isEqualTo(200);
            assertThat(host(server, "trades.example", "X-Forwarded-Host: trades.example:443"))
                    .isEqualTo(200);
        }
    }

    private static HttpSettings settings() {
        return HttpSettings.of("127.0.0.1", 0);
    }

    private static HttpServer start(HttpSettings settings) throws Exception {
        return HttpServer.start(settings, Keys.notNeeded(), List.of(new Seen()), List.of(), RequestListener.NONE);
    }

    private static String seen(HttpServer server, String... headers) throws Exception {
        String[] lines = Stream.concat(Stream.of("GET /seen HTTP/1.1"), Stream.of(headers))
                .toArray(String[]::new);
        RawHttp.Answer answer = new RawHttp(server.uri()).send("", lines);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body().replace(server.uri().getAuthority(), "OWN");
    }

    /** The statuses of 20 requests at once; {@code header} gets the number of each. */
    private static List<Integer> statuses(HttpServer server, String header) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            String value = header.endsWith(".") ? header + i : header;
            statuses.add(new RawHttp(server.uri())
                    .send("", "GET /seen HTTP/1.1", value)
                    .status());
        }
        return statuses;
    }

    private static int post(HttpServer server, String... headers) throws Exception {
        String[] lines = Stream.concat(Stream.of("POST /seen HTTP/1.1"), Stream.of(headers))
                .toArray(String[]::new);
        return new RawHttp(server.uri()).send("", lines).status();
    }

    private static int host(HttpServer server, String host, String header) throws Exception {
        String request = "GET /seen HTTP/1.1\r\nHost: " + host + "\r\n" + header + "\r\nConnection: close\r\n\r\n";
        return new RawHttp(server.uri())
                .sendBytes(request.getBytes(StandardCharsets.US_ASCII))
                .status();
    }

    /** Tells how the server sees a request. */
    @Path("seen")
    public static final class Seen {

        /** Without state. */
        public Seen() {}

        /** The address, the scheme and the base of links. */
        @GET
        public String get(@Context HttpServletRequest request, @Context UriInfo uri) {
            return request.getRemoteAddr() + " " + request.getScheme() + " " + uri.getBaseUri();
        }
    }
}

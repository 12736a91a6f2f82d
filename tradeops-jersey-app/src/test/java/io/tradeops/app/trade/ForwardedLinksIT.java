package io.tradeops.app.trade;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.config.Setting;
import io.tradeops.app.support.RawHttp;
import io.tradeops.app.support.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The links of a server behind a trusted proxy. */
class ForwardedLinksIT {

    private static final String TRADE = "{\"ticker\":\"PROXY\",\"price\":1,\"quantity\":1}";

    @RegisterExtension
    static final TestServer server =
            TestServer.with(settings -> settings.with(Setting.TRUSTED_PROXIES, "127.0.0.1/32"));

    private static final RawHttp raw = server.raw();

    @Test
    void locationAndLinkHaveTheForwardedSchemeAndHost() throws Exception {
        String[] headers = {"X-Forwarded-Proto: https", "X-Forwarded-Host: trades.example"};
        RawHttp.Answer stored = post(headers);
        post(headers);
        RawHttp.Answer page = raw.send("", "GET /trades/?ticker=PROXY&limit=1 HTTP/1.1", headers[0], headers[1]);

        assertThat(stored.status()).as(stored.text()).isEqualTo(201);
        assertThat(stored.header("Location")).startsWith("https://trades.example/trades/");
        assertThat(page.header("Link"))
                .startsWith("<https://trades.example/trades/?")
                .contains("ticker=PROXY&limit=1");
    }

    @Test
    void otherSchemesDoNotReachLinks() throws Exception {
        for (String scheme : new String[] {"https://evil", "evil", "javascript:x", "ws"}) {
            RawHttp.Answer stored = post("X-Forwarded-Proto: " + scheme, "Forwarded: proto=" + scheme);

            assertThat(stored.status()).as(stored.text()).isEqualTo(201);
            assertThat(stored.header("Location"))
                    .startsWith("http://" + server.uri().getAuthority() + "/trades/");
        }
    }

    private static RawHttp.Answer post(String... headers) throws Exception {
        return raw.send(
                TRADE,
                "POST /trades/ HTTP/1.1",
                "Content-Type: application/json",
                "Content-Length: " + TRADE.length(),
                headers[0],
                headers[1]);
    }
}

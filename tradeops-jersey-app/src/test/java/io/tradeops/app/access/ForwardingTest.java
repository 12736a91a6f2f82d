package io.tradeops.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {

    private static final TrustedProxies PROXIES = TrustedProxies.parse("10.0.0.0/8, 2001:db8:ff::/48");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.5 | 203.0.113.5",
                "203.0.113.5:4711 | 203.0.113.5",
                "2001:db8::1 | 2001:db8:0:0:0:0:0:1",
                "[2001:db8::1] | 2001:db8:0:0:0:0:0:1",
                "[2001:db8::1]:443 | 2001:db8:0:0:0:0:0:1",
                "\"[2001:db8::1]:443\" | 2001:db8:0:0:0:0:0:1",
                "::ffff:203.0.113.5 | 203.0.113.5",
                "198.51.100.1, 203.0.113.5 | 203.0.113.5",
                "198.51.100.1, 203.0.113.5, 10.1.1.1 | 203.0.113.5",
                "203.0.113.5,10.1.1.1,[2001:db8:ff::7]:80 | 203.0.113.5",
                "10.2.2.2, 10.1.1.1 | 10.2.2.2",
                "203.0.113.5,, 10.1.1.1 , | 203.0.113.5",
                "203.0.113.5, unknown | ''",
                "203.0.113.5, unknown, 10.1.1.1 | 10.1.1.1",
                "203.0.113.5, _hidden | ''",
                "unknown | ''",
                "203.0.113.5:x | ''",
                "203.0.113 | ''",
                "[203.0.113.5 | ''",
                "1::2::3 | ''",
                "fe80::1%eth0 | ''",
                "evil.example | ''",
                "' ' | ''"
            })
    void xForwardedForIsReadFromTheRight(String value, String client) {
        assertThat(client(HttpFields.build().add("X-Forwarded-For", value))).isEqualTo(client);
    }

    @Test
    void fieldsOfOneNameAreOneList() {
        HttpFields.Mutable headers = HttpFields.build()
                .add("X-Forwarded-For", "198.51.100.1")
                .add("x-forwarded-for", "203.0.113.5, 10.1.1.1")
                .add("X-Forwarded-For", "10.2.2.2");

        assertThat(client(headers)).isEqualTo("203.0.113.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.5 | 203.0.113.5 | '' | ''",
                "For=\"[2001:db8::1]:4711\" | 2001:db8:0:0:0:0:0:1 | '' | ''",
                "for=203.0.113.5;proto=https;by=10.0.0.1;host=trades.example | 203.0.113.5 | https | trades.example",
                "for=203.0.113.5 ; proto=HTTPS; host=\"trades.example:8443\"; | 203.0.113.5 | https | trades.example:8443",
                "for=198.51.100.1;host=evil.example, for=203.0.113.5;proto=https | 203.0.113.5 | https | ''",
                "for=203.0.113.5;proto=https;host=a.example, for=10.1.1.1;proto=http;host=b | 203.0.113.5 | https | a.example",
                "for=\"203.0.113.5:_port\" | 203.0.113.5 | '' | ''",
                "for=\"2\\03.0.113.5\" | 203.0.113.5 | '' | ''",
                "for=_hidden;proto=https | '' | https | ''",
                "for=unknown, for=10.1.1.1;proto=https | 10.1.1.1 | '' | ''",
                "proto=https;host=\"a,b;c=d.example\" | '' | https | ''",
                "proto=ftp;host=trades.example | '' | '' | trades.example",
                "for=\"203.0.113.5 | '' | '' | ''",
                "for=203.0.113.5;for=198.51.100.1 | '' | '' | ''",
                "for 203.0.113.5 | '' | '' | ''",
                "for=203.0.113.5 proto=https | '' | '' | ''",
                "=;,=, | '' | '' | ''",
                "',' | '' | '' | ''"
            })
    void forwardedIsReadAsRfc7239Says(String value, String client, String scheme, String host) {
        assertForwarding(HttpFields.build().add("Forwarded", value), client, scheme, host);
    }

    @Test
    void unreadableFieldHidesWhatStandsLeftOfIt() {
        HttpFields.Mutable headers = HttpFields.build()
                .add("Forwarded", "for=198.51.100.1;proto=https")
                .add("Forwarded", "for=\"")
                .add("Forwarded", "for=10.1.1.1;proto=https;host=a.example");

        assertForwarding(headers, "10.1.1.1", "", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https | https",
                "HTTP | http",
                "https, http | http",
                "evil | ''",
                "https://evil | ''",
                "javascript | ''",
                "wss | ''",
                "https; | ''"
            })
    void schemeIsHttpOrHttps(String value, String scheme) {
        assertForwarding(HttpFields.build().add("X-Forwarded-Proto", value), "", scheme, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trades.example", "trades.example:8443", "[2001:db8::1]:80", "10.0.0.1", "LOCALHOST"})
    void hostIsANameOrAnAddressWithOrWithoutAPort(String host) {
        assertForwarding(HttpFields.build().add("X-Forwarded-Host", host), "", "", host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example/path",
                "user@evil.example",
                "a b",
                "a.example:0",
                "a.example:65536",
                "a.example:x",
                ":80",
                "[1::2::3]",
                "[::1",
                "<script>",
                "-",
                "a?b"
            })
    void malformedHostIsPassedOver(String host) {
        assertForwarding(HttpFields.build().add("X-Forwarded-Host", host), "", "", "");
    }

    @Test
    void eachProxysOwnSchemeBelongsToItsAddress() {
        HttpFields.Mutable headers = HttpFields.build()
                .add("X-Forwarded-For", "198.51.100.1, 203.0.113.5, 10.1.1.1")
                .add("X-Forwarded-Proto", "ftp, https, http")
                .add("X-Forwarded-Host", "evil.example, trades.example, inner");

        assertForwarding(headers, "203.0.113.5", "https", "trades.example");
    }

    @Test
    void headersOfBothKindsCountIfTheyTellTheSame() {
        HttpFields.Mutable headers = HttpFields.build()
                .add("X-Forwarded-For", "203.0.113.5")
                .add("X-Forwarded-Proto", "https")
                .add("Forwarded", "for=\"203.0.113.5:4711\";proto=https");

        assertForwarding(headers, "203.0.113.5", "https", "");
        assertForwarding(headers.put("Forwarded", "for=198.51.100.1;proto=https"), "", "", "");
        assertForwarding(headers.put("Forwarded", "for=\""), "", "", "");
    }

    @Test
    void longListsAreReadQuickly() {
        String colons = ":".repeat(16_000);
        long start = System.nanoTime();
        assertThat(client(HttpFields.build().add("X-Forwarded-For", colons + "x")))
                .isEmpty();
        assertThat(client(HttpFields.build().add("X-Forwarded-For", "10.1.1.1,".repeat(1_700))))
                .isEqualTo("10.1.1.1");
        assertThat(client(HttpFields.build().add("Forwarded", "for=\"" + "\\a".repeat(8_000))))
                .isEmpty();
        assertThat(client(HttpFields.build().add("Forwarded", "a=" + "a".repeat(16_000) + "(")))
                .isEmpty();
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    @Test
    void proxiesAreAddressesAndBlocks() throws Exception {
        TrustedProxies proxies = TrustedProxies.parse(" 127.0.0.1, ,2001:db8::/32,");

        assertThat(proxies.includes(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 1)))
                .isTrue();
        assertThat(proxies.includes(new InetSocketAddress(InetAddress.getByName("2001:db8:7::1"), 1)))
                .isTrue();
        assertThat(proxies.includes(new InetSocketAddress("127.0.0.2", 1))).isFalse();
        assertThat(proxies.includes(null)).isFalse();
        assertThat(TrustedProxies.parse("")
                        .includes(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 1)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0", "*", "10.0.0.1:80"})
    void invalidEntryIsNamed(String entry) {
        assertThatThrownBy(() -> TrustedProxies.parse("127.0.0.1, " + entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(entry);
    }

    private static String client(HttpFields headers) {
        return Forwarding.of(headers, PROXIES)
                .client()
                .map(InetAddress::getHostAddress)
                .orElse("");
    }

    private static void assertForwarding(HttpFields headers, String client, String scheme, String host) {
        Forwarding told = Forwarding.of(headers, PROXIES);

        assertThat(Arrays.asList(
                        client(headers),
                        told.scheme().orElse(""),
                        told.authority().orElse("")))
                .containsExactly(client, scheme, host);
    }
}

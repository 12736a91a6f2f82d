package io.tradeops.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.app.support.TestConfig;
import io.tradeops.core.window.PriceMoveRule;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigTest {

    /** Users and scripts rely on these names and defaults. */
    private static final Map<String, String> CONTRACT = Map.ofEntries(
            Map.entry("TRADEOPS_HOST", "127.0.0.1"),
            Map.entry("TRADEOPS_PORT", "8080"),
            Map.entry("TRADEOPS_DATABASE_URL", ""),
            Map.entry("TRADEOPS_DATABASE_USER", ""),
            Map.entry("TRADEOPS_DATABASE_PASSWORD", ""),
            Map.entry("TRADEOPS_BUCKET", ""),
            Map.entry("TRADEOPS_KEY_PREFIX", ""),
            Map.entry("TRADEOPS_DATA_DIR", ".tradeops"),
            Map.entry("TRADEOPS_FEED_URL", ""),
            Map.entry("TRADEOPS_FEED_SUBSCRIBE", ""),
            Map.entry("TRADEOPS_FEED_SEED", "42"),
            Map.entry("TRADEOPS_FEED_RATE", "20"),
            Map.entry(
                    "TRADEOPS_FEED_TICKERS",
                    "AAPL=189.37,MSFT=412.1,NVDA=138.25,AMZN=201.44,GOOG=176.9,TSLA=342.18,BRK.B=470.05,"
                            + "BTC/USD=92350,ETH/USD=3120.5,SPY=598.73"),
            Map.entry("TRADEOPS_FEED_VOLATILITY", "0.02"),
            Map.entry("TRADEOPS_ALERT_PERCENT", "2"),
            Map.entry("TRADEOPS_ALERT_WINDOW", "PT60S"),
            Map.entry("TRADEOPS_ALERT_DIRECTION", "up"),
            Map.entry("TRADEOPS_ALERT_HYSTERESIS", ""),
            Map.entry("TRADEOPS_ALERT_COOLDOWN", "PT0S"),
            Map.entry("TRADEOPS_DASHBOARD_PORT", "8000"),
            Map.entry("TRADEOPS_DASHBOARD_USER", ""),
            Map.entry("TRADEOPS_DASHBOARD_PASSWORD", ""),
            Map.entry("TRADEOPS_MAX_REJECT_RATIO", "0.01"),
            Map.entry("TRADEOPS_FEED_KEY", ""),
            Map.entry("TRADEOPS_ALLOWED_HOSTS", ""),
            Map.entry("TRADEOPS_TRUSTED_PROXIES", ""),
            Map.entry("TRADEOPS_RATE_LIMIT", ""),
            Map.entry("TRADEOPS_CONNECTIONS_PER_ADDRESS", "1500"),
            Map.entry("TRADEOPS_FEED_CLIENTS_PER_ADDRESS", "1000"),
            Map.entry("TRADEOPS_EXPORTS_PER_ADDRESS", "8"),
            Map.entry("TRADEOPS_ALERT_STREAMS_PER_ADDRESS", "100"),
            Map.entry("TRADEOPS_WEBHOOK_URL", ""),
            Map.entry("TRADEOPS_WEBHOOK_SECRET", ""),
            Map.entry("TRADEOPS_WEBHOOK_ALLOW", ""));

    @Test
    void invalidFeedUrlIsNamedWithoutItsSecrets() {
        assertThatThrownBy(() -> ServerConfig.of(
                        TestConfig.settings(Path.of("unused")).with(Setting.FEED_URL, "https://h.example/?token=HUSH")))
                .hasMessageContaining("TRADEOPS_FEED_URL")
                .hasMessageContaining("https://h.example/?token=********")
                .hasMessageNotContaining("HUSH");
    }

    @Test
    void namesAndDefaultsAreThoseOfTheContract() {
        assertThat(Arrays.stream(Setting.values()).collect(Collectors.toMap(Setting::variable, Setting::defaultValue)))
                .isEqualTo(CONTRACT);
        assertThat(Arrays.stream(Setting.values()).filter(Setting::isSecret))
                .containsExactlyInAnyOrder(
                        Setting.DATABASE_PASSWORD,
                        Setting.FEED_SUBSCRIBE,
                        Setting.FEED_KEY,
                        Setting.DASHBOARD_PASSWORD,
                        Setting.WEBHOOK_SECRET);
    }

    @Test
    void defaultsAreEmbeddedServicesOnLoopback() {
        ServerConfig config = config(Map.of());

        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.http().port()).isEqualTo(8080);
        assertThat(config.database()).isEmpty();
        assertThat(config.bucket()).isEmpty();
        assertThat(config.dataDirectory()).isEqualTo(Path.of(".tradeops"));
        assertThat(config.monitor()).isEmpty();
        assertThat(config.rules()).containsExactly(PriceMoveRule.riseOfTwoPercentInOneMinute());
        assertThat(config.dashboard().port()).isEqualTo(8000);
        assertThat(config.dashboard().password()).isEmpty();
        assertThat(config.maxRejectRatio()).isEqualTo(new BigDecimal("0.01"));
    }

    @Test
    void everyVariableIsRead() {
        ServerConfig config = config(Map.ofEntries(
                Map.entry("TRADEOPS_HOST", "::1"),
                Map.entry("TRADEOPS_PORT", "0"),
                Map.entry("TRADEOPS_DATABASE_URL", "jdbc:postgresql://db/x"),
                Map.entry("TRADEOPS_DATABASE_USER", "u"),
                Map.entry("TRADEOPS_DATABASE_PASSWORD", "p"),
                Map.entry("TRADEOPS_BUCKET", "b"),
                Map.entry("TRADEOPS_KEY_PREFIX", "desk/"),
                Map.entry("TRADEOPS_DATA_DIR", "/data"),
                Map.entry("TRADEOPS_FEED_URL", "wss://feed.example/prices"),
                Map.entry("TRADEOPS_FEED_KEY", "feed-key"),
                Map.entry("TRADEOPS_FEED_SEED", "-7"),
                Map.entry("TRADEOPS_FEED_RATE", "100"),
                Map.entry("TRADEOPS_FEED_TICKERS", "A=B=1.5, NA=100, ^X=1,M&M:Y=2"),
                Map.entry("TRADEOPS_FEED_VOLATILITY", "0.5"),
                Map.entry("TRADEOPS_ALERT_PERCENT", "0.5"),
                Map.entry("TRADEOPS_ALERT_WINDOW", "PT5M"),
                Map.entry("TRADEOPS_ALERT_DIRECTION", "Both"),
                Map.entry("TRADEOPS_ALERT_HYSTERESIS", "0.25"),
                Map.entry("TRADEOPS_ALERT_COOLDOWN", "PT1H"),
                Map.entry("TRADEOPS_DASHBOARD_PORT", "1"),
                Map.entry("TRADEOPS_DASHBOARD_USER", "desk"),
                Map.entry("TRADEOPS_DASHBOARD_PASSWORD", "secret"),
                Map.entry("TRADEOPS_TRUSTED_PROXIES", "10.0.0.0/8"),
                Map.entry("TRADEOPS_CONNECTIONS_PER_ADDRESS", "10"),
                Map.entry("TRADEOPS_FEED_CLIENTS_PER_ADDRESS", "11"),
                Map.entry("TRADEOPS_EXPORTS_PER_ADDRESS", "12"),
                Map.entry("TRADEOPS_ALERT_STREAMS_PER_ADDRESS", "13"),
                Map.entry("TRADEOPS_MAX_REJECT_RATIO", "1")));

        assertThat(config.http().proxies().includes(new InetSocketAddress("10.1.1.1", 1)))
                .isTrue();
        assertThat(config.http().connections().perAddress()).isEqualTo(10);
        assertThat(config.perAddress()).isEqualTo(new AddressLimits(11, 12, 13));

        assertThat(config.http().host()).isEqualTo("::1");
        assertThat(config.http().port()).isZero();
        assertThat(config.database()).hasValueSatisfying(database -> {
            assertThat(database.url()).isEqualTo("jdbc:postgresql://db/x");
            assertThat(database.user()).isEqualTo("u");
            assertThat(database.password()).isEqualTo("p");
        });
        assertThat(config.bucket()).contains("b");
        assertThat(config.jobs().keyPrefix()).isEqualTo("desk/");
        assertThat(config.dataDirectory()).isEqualTo(Path.of("/data"));
        assertThat(config.monitor()).hasValueSatisfying(monitor -> {
            assertThat(monitor.feed()).isEqualTo(URI.create("wss://feed.example/prices"));
            assertThat(monitor.key()).isEqualTo("feed-key");
        });
        assertThat(config.market().seed()).isEqualTo(-7);
        assertThat(config.market().ticksPerSecond()).isEqualTo(100);
        assertThat(config.market().prices())
                .containsExactly(
                        Map.entry("A=B", 150_000_000L),
                        Map.entry("NA", 10_000_000_000L),
                        Map.entry("^X", 100_000_000L),
                        Map.entry("M&M:Y", 200_000_000L));
        assertThat(config.market().volatilityPercent()).isEqualTo(0.5);
        assertThat(config.rules().stream().map(PriceMoveRule::notation))
                .containsExactly("up>0.5%/300s", "down>0.5%/300s");
        assertThat(config.rules().stream().map(PriceMoveRule::cooldown)).containsOnly(Duration.ofHours(1));
        assertThat(config.rules().stream().map(PriceMoveRule::hysteresisPercent))
                .containsOnly(new BigDecimal("0.25"));
        assertThat(config.dashboard().port()).isEqualTo(1);
        assertThat(config.dashboard().user()).isEqualTo("desk");
        assertThat(config.dashboard().password()).isEqualTo("secret");
        assertThat(config.maxRejectRatio()).isEqualTo(BigDecimal.ONE);
        assertThat(config.toString() + config.dashboard()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "TRADEOPS_PORT, 65536",
        "TRADEOPS_PORT, -1",
        "TRADEOPS_PORT, http",
        "TRADEOPS_PORT, ''",
        "TRADEOPS_HOST, ''",
        "TRADEOPS_DATABASE_URL, mysql://db.example/x",
        "TRADEOPS_KEY_PREFIX, desk",
        "TRADEOPS_FEED_URL, http://feed.example",
        "TRADEOPS_FEED_URL, 'ws://a b'",
        "TRADEOPS_FEED_URL, ws:///prices",
        "TRADEOPS_FEED_URL, ws://h:99999/",
        "TRADEOPS_FEED_SEED, x",
        "TRADEOPS_FEED_RATE, 0",
        "TRADEOPS_FEED_RATE, 1000001",
        "TRADEOPS_FEED_TICKERS, ''",
        "TRADEOPS_FEED_TICKERS, AAPL",
        "TRADEOPS_FEED_TICKERS, 'AAPL=0'",
        "TRADEOPS_FEED_TICKERS, 0",
        "TRADEOPS_FEED_TICKERS, 10001",
        "TRADEOPS_FEED_VOLATILITY, -1",
        "TRADEOPS_FEED_VOLATILITY, 11",
        "TRADEOPS_FEED_VOLATILITY, NaN",
        "TRADEOPS_ALERT_PERCENT, two",
        "TRADEOPS_ALERT_PERCENT, -1",
        "TRADEOPS_ALERT_PERCENT, 1e1000000000",
        "TRADEOPS_ALERT_PERCENT, 1e400",
        "TRADEOPS_ALERT_WINDOW, 60",
        "TRADEOPS_ALERT_WINDOW, PT0S",
        "TRADEOPS_ALERT_WINDOW, PT-1S",
        "TRADEOPS_ALERT_WINDOW, PT9223372036854775807S",
        "TRADEOPS_ALERT_DIRECTION, sideways",
        "TRADEOPS_DASHBOARD_PORT, 65536",
        "TRADEOPS_MAX_REJECT_RATIO, 1.01",
        "TRADEOPS_MAX_REJECT_RATIO, -0.1",
        "TRADEOPS_MAX_REJECT_RATIO, 1e-1000000000",
        "TRADEOPS_MAX_REJECT_RATIO, NaN"
    })
    void invalidValueIsNamedWithItsVariable(String variable, String value) {
        assertThatThrownBy(() -> config(Map.of(variable, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining(value);
    }

    @Test
    void dashboardPasswordNeedsAUser() {
        assertThatThrownBy(() -> config(Map.of("TRADEOPS_DASHBOARD_PASSWORD", "secret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TRADEOPS_DASHBOARD_USER")
                .hasMessageNotContaining("secret");
    }

    private static ServerConfig config(Map<String, String> environment) {
        return ServerConfig.of(new Settings(environment, Map.of()));
    }
}

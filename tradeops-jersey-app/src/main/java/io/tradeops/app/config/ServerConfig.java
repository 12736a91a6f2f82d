package io.tradeops.app.config;

import io.tradeops.app.dashboard.DashboardSettings;
import io.tradeops.app.db.DatabaseSettings;
import io.tradeops.app.feed.market.MarketSettings;
import io.tradeops.app.http.HttpSettings;
import io.tradeops.app.monitor.FeedSubscription;
import io.tradeops.app.monitor.MonitorSettings;
import io.tradeops.app.webhook.WebhookSettings;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import io.tradeops.jobs.JobServerSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a server, by part. Immutable.
 *
 * @param http the address and the limits of the HTTP server
 * @param perAddress further limits for each client address
 * @param database the database; empty for an embedded PostgreSQL
 * @param bucket the bucket's name; empty for an embedded S3
 * @param dataDirectory the data directory of the embedded services
 * @param monitor the feed to follow; empty for the simulated one
 * @param market the simulated feed's market
 * @param feedHistory the time before now at which the simulated feed starts
 * @param rules the rules of the alerts
 * @param jobs the settings of the jobs, and the prefix of the bucket's keys
 * @param dashboard the address and the user of the job dashboard
 * @param maxRejectRatio the largest share of rows that an analysis may reject, 0 to 1
 * @param webhook the receiver of alerts; empty if there is none
 */
public record ServerConfig(
        HttpSettings http,
        AddressLimits perAddress,
        Optional<DatabaseSettings> database,
        Optional<String> bucket,
        Path dataDirectory,
        Optional<MonitorSettings> monitor,
        MarketSettings market,
        Duration feedHistory,
        List<PriceMoveRule> rules,
        JobServerSettings jobs,
        DashboardSettings dashboard,
        BigDecimal maxRejectRatio,
        Optional<WebhookSettings> webhook) {

    private static final int CONNECTIONS = 20;

    /** Requests per second of each key or address while there are keys. */
    private static final int DEFAULT_RATE_LIMIT = 1_000;

    /** Creates the configuration of settings.
     *
     * @throws IllegalArgumentException if a value is invalid; the message names the variable and the value */
    public static ServerConfig of(Settings settings) {
        return of(settings, Duration.ZERO);
    }

    /** Creates a configuration as {@link #of(Settings)} does, with a simulated feed that starts in the past. */
    public static ServerConfig of(Settings settings, Duration feedHistory) {
        HttpSettings http = http(settings);
        Optional<DatabaseSettings> database = database(settings);
        JobServerSettings jobs =
                JobServerSettings.defaults().withKeyPrefix(settings.read(Setting.KEY_PREFIX, SettingText::keyPrefix));
        Optional<URI> feedUrl = settings.read(Setting.FEED_URL, SettingText::feedUrl);
        FeedSubscription subscription = feedSubscription(settings);
        MarketSettings market = market(settings);
        List<PriceMoveRule> rules = rules(settings);
        return new ServerConfig(
                http,
                AddressLimits.of(settings),
                database,
                settings.optional(Setting.BUCKET),
                Path.of(settings.get(Setting.DATA_DIR)),
                feedUrl.map(url -> MonitorSettings.of(url, MonitorSettings.nameOf(url), subscription, rules)
                        .withKey(settings.get(Setting.FEED_KEY))),
                market,
                feedHistory,
                rules,
                jobs,
                dashboard(settings),
                maxRejectRatio(settings),
                WebhookSettings.of(
                        settings.get(Setting.WEBHOOK_URL),
                        settings.get(Setting.WEBHOOK_SECRET),
                        settings.get(Setting.WEBHOOK_ALLOW)));
    }

    /** Creates the rules of the alert settings.
     *
     * @throws IllegalArgumentException if a value is invalid; the message names the variable and the value */
    public static List<PriceMoveRule> rules(Settings settings) {
        // a rule for each value alone, so that the error names the invalid one
        BigDecimal percent = settings.read(
                Setting.ALERT_PERCENT,
                text -> new PriceMoveRule(Direction.UP, new BigDecimal(text), Duration.ofSeconds(1))
                        .thresholdPercent());
        Duration window = settings.read(
                Setting.ALERT_WINDOW,
                text -> new PriceMoveRule(Direction.UP, BigDecimal.ONE, Duration.parse(text)).window());
        Duration cooldown = settings.read(
                Setting.ALERT_COOLDOWN,
                text -> PriceMoveRule.riseOfTwoPercentInOneMinute()
                        .withCooldown(Duration.parse(text))
                        .cooldown());
        PriceMoveRule rise = new PriceMoveRule(Direction.UP, percent, window);
        BigDecimal hysteresis = settings.read(
                Setting.ALERT_HYSTERESIS,
                text -> text.isEmpty()
                        ? rise.hysteresisPercent()
                        : rise.withHysteresis(new BigDecimal(text)).hysteresisPercent());
        return settings.read(Setting.ALERT_DIRECTION, SettingText::directions).stream()
                .map(direction -> new PriceMoveRule(direction, percent, window, hysteresis, cooldown))
                .toList();
    }

    /** The largest share of rows that an analysis may reject, 0 to 1.
     *
     * @throws IllegalArgumentException if the value is invalid; the message names the variable and the value */
    public static BigDecimal maxRejectRatio(Settings settings) {
        return settings.read(Setting.MAX_REJECT_RATIO, SettingText::ratio);
    }

    @Override
    public String toString() {
        return "ServerConfig[" + http.host() + ":" + http.port() + "]";
    }

    private static HttpSettings http(Settings settings) {
        HttpSettings address = HttpSettings.of(
                        settings.read(Setting.HOST, SettingText::host), settings.read(Setting.PORT, SettingText::port))
                .withHosts(settings.read(Setting.ALLOWED_HOSTS, SettingText::hosts));
        HttpSettings http = settings.read(Setting.TRUSTED_PROXIES, address::withTrustedProxies)
                .withConnectionsPerAddress(settings.read(Setting.CONNECTIONS_PER_ADDRESS, SettingText::perAddress));
        return settings.read(Setting.RATE_LIMIT, SettingText::rateLimit)
                .map(http::withRateLimit)
                .orElseGet(() -> http.withRateLimitBesideKeys(DEFAULT_RATE_LIMIT));
    }

    private static Optional<DatabaseSettings> database(Settings settings) {
        return settings.optional(Setting.DATABASE_URL)
                .map(url -> new DatabaseSettings(
                        url,
                        settings.get(Setting.DATABASE_USER),
                        settings.get(Setting.DATABASE_PASSWORD),
                        CONNECTIONS));
    }

    /** Creates a market for each value alone, too, so that the error names the invalid one. */
    private static MarketSettings market(Settings settings) {
        MarketSettings defaults = MarketSettings.DEFAULT;
        return new MarketSettings(
                settings.read(Setting.FEED_SEED, Long::parseLong),
                settings.read(Setting.FEED_TICKERS, MarketSettings::parsePrices),
                settings.read(
                        Setting.FEED_RATE,
                        text -> new MarketSettings(0, defaults.prices(), Integer.parseInt(text), 0).ticksPerSecond()),
                settings.read(
                        Setting.FEED_VOLATILITY,
                        text -> new MarketSettings(0, defaults.prices(), 1, new BigDecimal(text).doubleValue())
                                .volatilityPercent()));
    }

    private static FeedSubscription feedSubscription(Settings settings) {
        try {
            return FeedSubscription.parse(settings.get(Setting.FEED_SUBSCRIBE));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Setting.FEED_SUBSCRIBE.variable() + ": " + e.getMessage(), e);
        }
    }

    private static DashboardSettings dashboard(Settings settings) {
        if (settings.get(Setting.DASHBOARD_USER).isEmpty()
                && !settings.get(Setting.DASHBOARD_PASSWORD).isEmpty()) {
            throw new IllegalArgumentException("TRADEOPS_DASHBOARD_PASSWORD needs a user: set TRADEOPS_DASHBOARD_USER");
        }
        return new DashboardSettings(
                settings.read(Setting.DASHBOARD_PORT, SettingText::port),
                settings.get(Setting.DASHBOARD_USER),
                settings.get(Setting.DASHBOARD_PASSWORD));
    }
}

package io.tradeops.app.config;

import io.tradeops.app.db.DatabaseSettings;
import io.tradeops.app.db.MaskedUrl;
import io.tradeops.app.feed.market.MarketSettings;
import io.tradeops.app.monitor.FeedSubscription;
import io.tradeops.app.monitor.MonitorSettings;
import io.tradeops.app.webhook.WebhookSettings;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import io.tradeops.jobs.dashboard.JobDashboardSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a server is started with. Immutable.
 *
 * @param host the address to bind
 * @param port the port; 0 takes a free one
 * @param databaseUrl the JDBC URL; empty for an embedded PostgreSQL
 * @param databaseUser the user's name; may be empty
 * @param databasePassword the user's password; may be empty
 * @param bucket the bucket; empty for an embedded S3
 * @param keyPrefix what stands before the year in the bucket's keys
 * @param dataDirectory where the embedded services keep their data
 * @param feedUrl the feed to follow; none for the simulated one
 * @param feedSubscription how that feed's ticks are asked for
 * @param market the simulated feed's market
 * @param feedHistory how far back the simulated feed begins
 * @param rules which price moves are alerts
 * @param dashboard where the job dashboard is
 * @param maxRejectRatio the greatest share of rows that an analysis may reject
 * @param feedKey the API key for the feed to follow; may be empty
 * @param allowedHosts names that {@code Host} may carry beside loopback's
 * @param rateLimit the requests a second of each key or address, 0 for any; none to decide by whether there are keys
 * @param webhook where alerts are pushed; none if nowhere
 */
public record ServerConfig(
        String host,
        int port,
        String databaseUrl,
        String databaseUser,
        String databasePassword,
        String bucket,
        String keyPrefix,
        Path dataDirectory,
        Optional<URI> feedUrl,
        FeedSubscription feedSubscription,
        MarketSettings market,
        Duration feedHistory,
        List<PriceMoveRule> rules,
        JobDashboardSettings dashboard,
        BigDecimal maxRejectRatio,
        String feedKey,
        Set<String> allowedHosts,
        OptionalInt rateLimit,
        Optional<WebhookSettings> webhook) {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_SCALE = 18;
    private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9._-]+|\\[[0-9a-f:.]+]");

    /** The configuration that settings give.
     *
     * @throws IllegalArgumentException naming the variable and the value that is wrong */
    public static ServerConfig of(Settings settings) {
        return of(settings, Duration.ZERO);
    }

    /** As {@link #of(Settings)}, with a simulated feed that begins so far in the past. */
    public static ServerConfig of(Settings settings, Duration feedHistory) {
        return new ServerConfig(
                read(settings, Setting.HOST, ServerConfig::host),
                read(settings, Setting.PORT, ServerConfig::port),
                databaseUrl(settings),
                settings.get(Setting.DATABASE_USER),
                settings.get(Setting.DATABASE_PASSWORD),
                settings.get(Setting.BUCKET),
                read(settings, Setting.KEY_PREFIX, ServerConfig::keyPrefix),
                Path.of(settings.get(Setting.DATA_DIR)),
                read(settings, Setting.FEED_URL, ServerConfig::feedUrl),
                feedSubscription(settings),
                market(settings),
                feedHistory,
                rules(settings),
                dashboard(settings),
                maxRejectRatio(settings),
                settings.get(Setting.FEED_KEY),
                read(settings, Setting.ALLOWED_HOSTS, ServerConfig::hosts),
                read(settings, Setting.RATE_LIMIT, ServerConfig::rateLimit),
                WebhookSettings.of(
                        settings.get(Setting.WEBHOOK_URL),
                        settings.get(Setting.WEBHOOK_SECRET),
                        settings.get(Setting.WEBHOOK_ALLOW)));
    }

    /** How the feed to follow is followed; none for the simulated one. */
    public Optional<MonitorSettings> monitor() {
        return feedUrl.map(feed -> MonitorSettings.of(feed, MonitorSettings.nameOf(feed), feedSubscription, rules)
                .withKey(feedKey));
    }

    /** The rules that the alert settings give.
     *
     * @throws IllegalArgumentException naming the variable and the value that is wrong */
    public static List<PriceMoveRule> rules(Settings settings) {
        // each value by itself makes a rule, so that the one that doesn't is named
        BigDecimal percent = read(
                settings,
                Setting.ALERT_PERCENT,
                text -> new PriceMoveRule(Direction.UP, new BigDecimal(text), Duration.ofSeconds(1))
                        .thresholdPercent());
        Duration window = read(
                settings,
                Setting.ALERT_WINDOW,
                text -> new PriceMoveRule(Direction.UP, BigDecimal.ONE, Duration.parse(text)).window());
        Duration cooldown = read(
                settings,
                Setting.ALERT_COOLDOWN,
                text -> PriceMoveRule.riseOfTwoPercentInOneMinute()
                        .withCooldown(Duration.parse(text))
                        .cooldown());
        return read(settings, Setting.ALERT_DIRECTION, ServerConfig::directions).stream()
                .map(direction -> new PriceMoveRule(direction, percent, window).withCooldown(cooldown))
                .toList();
    }

    /** A share of rows.
     *
     * @throws IllegalArgumentException if the text is no number from 0 to 1 with at most 18 decimals */
    public static BigDecimal ratio(String text) {
        BigDecimal ratio = new BigDecimal(text);
        boolean isBounded = Math.abs((long) ratio.scale()) <= MAX_SCALE; // else it may be too long to be written out
        if (!isBounded || ratio.signum() < 0 || ratio.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("ratio must be 0 to 1, with at most 18 decimals: " + text);
        }
        return ratio;
    }

    /** The address of a feed, which is a WebSocket's with a host; empty if the text is none. */
    public static Optional<URI> feedAddress(String text) {
        try {
            URI uri = new URI(text);
            boolean isWebSocket = "ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
            boolean hasHost = uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= MAX_PORT;
            return isWebSocket && hasHost ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The greatest share of rows that an analysis may reject.
     *
     * @throws IllegalArgumentException naming the variable and the value that is wrong */
    public static BigDecimal maxRejectRatio(Settings settings) {
        return read(settings, Setting.MAX_REJECT_RATIO, ServerConfig::ratio);
    }

    @Override
    public String toString() {
        return "ServerConfig[" + host + ":" + port + "]";
    }

    /** Each value by itself makes a market, so that the one that doesn't is named. */
    private static MarketSettings market(Settings settings) {
        MarketSettings usual = MarketSettings.DEFAULT;
        return new MarketSettings(
                read(settings, Setting.FEED_SEED, Long::parseLong),
                read(settings, Setting.FEED_TICKERS, MarketSettings::parsePrices),
                read(
                        settings,
                        Setting.FEED_RATE,
                        text -> new MarketSettings(0, usual.prices(), Integer.parseInt(text), 0).ticksPerSecond()),
                read(
                        settings,
                        Setting.FEED_VOLATILITY,
                        text -> new MarketSettings(0, usual.prices(), 1, new BigDecimal(text).doubleValue())
                                .volatilityPercent()));
    }

    private static String host(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a host has a name");
        }
        return text;
    }

    /** Known to be one before anything is started. */
    private static String databaseUrl(Settings settings) {
        String url = settings.get(Setting.DATABASE_URL);
        if (!url.isEmpty()) {
            DatabaseSettings.requireUrl(url);
        }
        return url;
    }

    private static JobDashboardSettings dashboard(Settings settings) {
        if (settings.get(Setting.DASHBOARD_USER).isEmpty()
                && !settings.get(Setting.DASHBOARD_PASSWORD).isEmpty()) {
            throw new IllegalArgumentException("TRADEOPS_DASHBOARD_PASSWORD needs a user: set TRADEOPS_DASHBOARD_USER");
        }
        return new JobDashboardSettings(
                read(settings, Setting.DASHBOARD_PORT, ServerConfig::port),
                settings.get(Setting.DASHBOARD_USER),
                settings.get(Setting.DASHBOARD_PASSWORD));
    }

    private static <T> T read(Settings settings, Setting setting, Function<String, T> parse) {
        String value = settings.get(setting);
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    setting.variable() + " (" + setting.description() + ") can't be '" + MaskedUrl.of(value) + "'", e);
        }
    }

    private static FeedSubscription feedSubscription(Settings settings) {
        try {
            return FeedSubscription.parse(settings.get(Setting.FEED_SUBSCRIBE));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Setting.FEED_SUBSCRIBE.variable() + ": " + e.getMessage(), e);
        }
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        return port;
    }

    private static OptionalInt rateLimit(String text) {
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        int limit = Integer.parseInt(text);
        if (limit < 0 || limit > 1_000_000) {
            throw new IllegalArgumentException("limit must be 0 to 1000000: " + limit);
        }
        return OptionalInt.of(limit);
    }

    private static Set<String> hosts(String text) {
        Set<String> names = Arrays.stream(text.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        for (String name : names) {
            if (!HOST_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("a host is a name without scheme or port: " + name);
            }
        }
        return names;
    }

    private static String keyPrefix(String text) {
        if (!text.isEmpty() && !text.endsWith("/")) {
            throw new IllegalArgumentException("prefix must end in /: " + text);
        }
        return text;
    }

    private static Optional<URI> feedUrl(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(feedAddress(text)
                .orElseThrow(() -> new IllegalArgumentException("not ws://HOST… or wss://HOST…: " + text)));
    }

    private static List<Direction> directions(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "up" -> List.of(Direction.UP);
            case "down" -> List.of(Direction.DOWN);
            case "both" -> List.of(Direction.UP, Direction.DOWN);
            default -> throw new IllegalArgumentException("direction must be up, down or both: " + text);
        };
    }
}

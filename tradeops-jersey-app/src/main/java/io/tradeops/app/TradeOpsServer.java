package io.tradeops.app;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.alert.AlertResource;
import io.tradeops.app.alert.AlertStream;
import io.tradeops.app.analysis.AnalysisResource;
import io.tradeops.app.average.AverageRepository;
import io.tradeops.app.average.AverageResource;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.db.Database;
import io.tradeops.app.feed.FeedEndpoint;
import io.tradeops.app.feed.FeedLimits;
import io.tradeops.app.feed.PriceFeed;
import io.tradeops.app.feed.market.SimulatedMarket;
import io.tradeops.app.feed.market.TickSource;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.http.HttpSettings;
import io.tradeops.app.key.ApiKeyRepository;
import io.tradeops.app.key.ApiKeys;
import io.tradeops.app.monitor.FeedOffsets;
import io.tradeops.app.monitor.FeedSubscription;
import io.tradeops.app.monitor.MonitorSettings;
import io.tradeops.app.monitor.PostgresJournal;
import io.tradeops.app.monitor.PriceMonitor;
import io.tradeops.app.site.DocsResource;
import io.tradeops.app.site.HealthResource;
import io.tradeops.app.site.MetricsResource;
import io.tradeops.app.site.OpenApiResource;
import io.tradeops.app.site.PageResource;
import io.tradeops.app.tick.TickRepository;
import io.tradeops.app.trade.TradeRepository;
import io.tradeops.app.trade.TradeResource;
import io.tradeops.app.trade.TradeWriter;
import io.tradeops.jobs.JobServer;
import io.tradeops.jobs.dashboard.JobDashboard;
import io.tradeops.lambda.analysis.DailyAnalysis;
import io.tradeops.lambda.bucket.TradeBucket;
import io.tradeops.lambda.bucket.TradeBucketException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: database, bucket, jobs, feed, monitor and HTTP, started in this order and stopped in reverse.
 * Thread-safe.
 */
public final class TradeOpsServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TradeOpsServer.class);

    private static final Duration PRICE_MEMORY = Duration.ofMinutes(5);
    private static final int DEFAULT_RATE_LIMIT = 1_000;
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Closer parts;
    private final InstantSource clock;
    private final ServerConfig config;
    private Backends backends;
    private ApiKeys keys;
    private PriceFeed feed;
    private Optional<SimulatedFeed> simulated = Optional.empty();
    private JobServer jobs;
    private JobDashboard dashboard;
    private HttpServer http;
    private volatile PriceMonitor monitor;

    @SuppressWarnings("NullAway.Init") // start() sets what is left
    private TradeOpsServer(ServerConfig config, InstantSource clock, Closer parts) {
        this.config = config;
        this.clock = clock;
        this.parts = parts;
    }

    /**
     * Starts a server with a simulated feed, or one that relays the feed that its configuration names.
     *
     * @param parts takes what is started, to be closed
     * @throws IOException if a part can't be started; what was started before is stopped
     * @throws IllegalArgumentException if the configuration doesn't allow it
     */
    public static TradeOpsServer start(ServerConfig config, Closer parts) throws IOException {
        return start(config, parts, InstantSource.system(), Optional.empty());
    }

    /** As {@link #start(ServerConfig, Closer)}, with a clock, and maybe a source of ticks in place of the simulated market. */
    public static TradeOpsServer start(
            ServerConfig config, Closer parts, InstantSource clock, Optional<TickSource> source) throws IOException {
        boolean loopback = isLoopback(config.host());
        StartChecks.require(config, loopback);
        TradeOpsServer server = new TradeOpsServer(config, clock, parts);
        try {
            server.startParts(source, loopback);
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** The address to open. */
    public URI uri() {
        return http.uri();
    }

    /** The job dashboard's address. */
    public URI dashboardUri() {
        return dashboard.uri();
    }

    /** A key for clients in this process, which allows everything. */
    public String ownKey() {
        return keys.ownKey();
    }

    /** The jobs. */
    public JobServer jobs() {
        return jobs;
    }

    /** Where the data lie. */
    public Backends backends() {
        return backends;
    }

    /** Whether the feed has come to the present; one that is relayed has no past to go through. */
    public boolean isFeedCurrent() {
        return simulated.map(SimulatedFeed::isCurrent).orElse(true);
    }

    /** The number of the feed's newest tick. */
    public long lastPublished() {
        return feed.lastSeq();
    }

    /** The number of the newest tick that this process' monitor knows to be stored; 0 while it stands by. */
    public long lastStored() {
        return monitor.lastSeq();
    }

    /** Stops everything, within 20 s. */
    @Override
    public void close() {
        parts.close();
    }

    private void startParts(Optional<TickSource> source, boolean loopback) throws IOException {
        List<Class<?>> entities = Stream.of(
                        TradeRepository.entities(),
                        AverageRepository.entities(),
                        AlertRepository.entities(),
                        ApiKeyRepository.entities())
                .flatMap(List::stream)
                .toList();
        BuildInfo build = BuildInfo.read();
        Metrics metrics = parts.add(new Metrics(build));
        backends = Backends.open(config, entities, parts);
        Database database = backends.database();
        TradeBucket bucket = backends.bucket();
        keys = parts.add(ApiKeys.start(new ApiKeyRepository(database), loopback, clock));
        if (!loopback && keys.isEmpty()) {
            throw StartChecks.withoutKeys(config);
        }
        TradeRepository trades = new TradeRepository(database);
        AverageRepository averages = new AverageRepository(database);
        AlertRepository alerts = new AlertRepository(database, config.webhook().isPresent());
        AlertStream alertStream = parts.add(AlertStream.start(alerts));
        TickRepository ticks = new TickRepository(database);
        FeedOffsets offsets = new FeedOffsets(database);
        DailyAnalysis analysis = new DailyAnalysis(bucket, config.maxRejectRatio());

        String feedName = config.monitor().map(MonitorSettings::feedName).orElse(SimulatedFeed.NAME);
        feed = parts.add(new PriceFeed(FeedLimits.DEFAULT, offsets.lastSeq(feedName) + 1));
        if (config.monitor().isEmpty()) {
            simulated = Optional.of(new SimulatedFeed(
                    feed,
                    offsets,
                    () -> source.orElseGet(() -> market(ticks)),
                    config.market().ticksPerSecond(),
                    clock));
        }
        jobs = backends.startJobs(clock);
        dashboard = parts.add(jobs.dashboard(config.dashboard()));
        http = parts.add(HttpServer.start(
                httpSettings(loopback),
                keys,
                List.of(
                        new TradeResource(trades, parts.add(new TradeWriter(database)), clock),
                        new AverageResource(averages),
                        new AlertResource(alerts, alertStream),
                        new AnalysisResource(analysis, bucket, config.keyPrefix(), jobs.queue(), trades),
                        new HealthResource(checks(database, bucket)),
                        new MetricsResource(metrics::scrape),
                        new OpenApiResource(build.version()),
                        new DocsResource(build.swaggerUiVersion()),
                        new PageResource()),
                List.of(FeedEndpoint.of(feed, clock, keys)),
                metrics));
        parts.add(alertStream); // again: before HTTP, which waits for its answers to end
        parts.add(feed); // again: before HTTP, so that clients are told
        monitor = parts.add(simulated
                .map(own -> simulate(own, new PostgresJournal(database, ticks, alerts, feedName)))
                .orElseGet(() ->
                        relay(config.monitor().orElseThrow(), new PostgresJournal(database, ticks, alerts, feedName))));
        simulated.ifPresent(own -> parts.add(() -> own.closeBefore(monitor::lastSeq)));
        metrics.bind(database);
        metrics.bind(feed);
        metrics.bind(jobs);
        metrics.bind(alertStream);
        metrics.bind(monitor);
        log.info("serving {}", http.uri());
    }

    /** Follows a feed; what is stored of it is what this server's feed sends. */
    private PriceMonitor relay(MonitorSettings followed, PostgresJournal journal) {
        return PriceMonitor.start(followed, journal, (ticks, alerts) -> {
            feed.relay(ticks);
            deliver(alerts);
        });
    }

    /** Follows this server's own feed, in which a market is published while no other server does. */
    private PriceMonitor simulate(SimulatedFeed published, PostgresJournal journal) {
        MonitorSettings own = MonitorSettings.of(
                        ownFeed(), SimulatedFeed.NAME, FeedSubscription.ofOurFeed(), config.rules())
                .withKey(keys.ownKey());
        return PriceMonitor.start(own, journal, this::deliver, published);
    }

    private void deliver(List<Alert> alerts) {
        if (!alerts.isEmpty()) {
            jobs.deliverAlerts();
        }
    }

    private URI ownFeed() {
        return URI.create("ws://" + http.uri().getAuthority() + FeedEndpoint.PATH);
    }

    /** A market that goes on from the stored prices, and from the stored ticks where the history reaches them. */
    private SimulatedMarket market(TickRepository ticks) {
        Map<String, Long> prices = new LinkedHashMap<>(config.market().prices());
        Map<String, Long> stored = new HashMap<>(ticks.newestPrices(PRICE_MEMORY));
        prices.replaceAll((ticker, price) -> stored.getOrDefault(ticker, price));
        Instant start = clock.instant().minus(config.feedHistory());
        Instant newest = ticks.newestTime().map(time -> time.plusNanos(1_000)).orElse(start);
        return new SimulatedMarket(config.market().withPrices(prices), newest.isAfter(start) ? newest : start);
    }

    private Map<String, BooleanSupplier> checks(Database database, TradeBucket bucket) {
        Map<String, BooleanSupplier> checks = new LinkedHashMap<>();
        checks.put("database", database::isAvailable);
        checks.put("jobs", jobs::isRunning);
        checks.put("object_store", () -> isThere(bucket));
        checks.put("feed", () -> monitor != null && (monitor.isLive() || monitor.isStandby()));
        return checks;
    }

    private static boolean isThere(TradeBucket bucket) {
        try {
            bucket.check();
            return true;
        } catch (TradeBucketException e) {
            log.debug("the bucket is away: {}", e.getMessage());
            return false;
        }
    }

    private HttpSettings httpSettings(boolean loopback) {
        Set<String> names = loopback ? loopbackNames(config) : config.allowedHosts();
        HttpSettings settings = HttpSettings.of(config.host(), config.port()).withHosts(names);
        return config.rateLimit().isPresent()
                ? settings.withRateLimit(config.rateLimit().getAsInt())
                : settings.withRateLimitBesideKeys(DEFAULT_RATE_LIMIT);
    }

    /** What {@code Host} may carry where a loopback address is served. */
    static Set<String> loopbackNames(ServerConfig config) {
        Set<String> names = new HashSet<>(config.allowedHosts());
        names.addAll(LOOPBACK_NAMES);
        String host = config.host().toLowerCase(Locale.ROOT);
        names.add(host.contains(":") ? "[" + host + "]" : host);
        return names;
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("TRADEOPS_HOST=" + host + " is not a known host", e);
        }
    }
}

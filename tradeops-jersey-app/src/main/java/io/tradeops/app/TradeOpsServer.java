package io.tradeops.app;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.alert.AlertResource;
import io.tradeops.app.alert.AlertStream;
import io.tradeops.app.analysis.AnalysisResource;
import io.tradeops.app.average.AverageResource;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.dashboard.DashboardServer;
import io.tradeops.app.feed.FeedEndpoint;
import io.tradeops.app.feed.FeedLimits;
import io.tradeops.app.feed.PriceFeed;
import io.tradeops.app.feed.market.SimulatedMarket;
import io.tradeops.app.feed.market.TickSource;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.http.HttpSettings;
import io.tradeops.app.key.ApiKeys;
import io.tradeops.app.monitor.FeedSubscription;
import io.tradeops.app.monitor.MonitorSettings;
import io.tradeops.app.monitor.PostgresJournal;
import io.tradeops.app.monitor.PriceMonitor;
import io.tradeops.app.rest.AnswerMemory;
import io.tradeops.app.site.DocsResource;
import io.tradeops.app.site.HealthResource;
import io.tradeops.app.site.MetricsResource;
import io.tradeops.app.site.OpenApiResource;
import io.tradeops.app.site.PageResource;
import io.tradeops.app.tick.TickRepository;
import io.tradeops.app.trade.TradeResource;
import io.tradeops.app.trade.TradeWriter;
import io.tradeops.jobs.JobServer;
import io.tradeops.jobs.thread.LoopWatch;
import io.tradeops.lambda.analysis.DailyAnalysis;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root of the server. It starts bucket, database, feed, jobs, HTTP and monitor in this order, and stops
 * them in reverse. Streams of answers stop before HTTP, which waits for open answers. Thread-safe.
 */
public final class TradeOpsServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TradeOpsServer.class);

    /** The simulated market continues stored prices that are no older than this. */
    private static final Duration OLDEST_START_PRICES = Duration.ofMinutes(5);

    private final Closer parts;
    private final Backends backends;
    private final ApiKeys keys;
    private final PriceFeed feed;
    private final Optional<SimulatedFeed> simulated;
    private final JobServer jobs;
    private final DashboardServer dashboard;
    private final HttpServer http;
    private final PriceMonitor monitor;

    private TradeOpsServer(
            ServerConfig config, boolean loopback, Closer parts, InstantSource clock, Optional<TickSource> source)
            throws IOException {
        this.parts = parts;
        String version = ProgramVersion.current();
        Metrics metrics = parts.add(new Metrics(version));
        LoopWatch threads = parts.add(LoopWatch.start());
        backends = Backends.open(config, Repositories.ENTITIES, parts);
        Repositories repositories = Repositories.of(backends.database(), config);
        keys = keys(repositories, config.http(), loopback, clock, parts);
        threads.add(keys::loops);
        threads.add(backends.database()::loops);

        Closer streams = parts.first(); // HTTP waits for open answers, so what keeps them open stops before it
        AlertStream alertStream = streams.add(
                AlertStream.start(repositories.alerts(), config.perAddress().alertStreams()));
        String feedName = config.monitor().map(MonitorSettings::feedName).orElse(SimulatedFeed.NAME);
        feed = streams.add(
                new PriceFeed(feedLimits(config), repositories.offsets().lastSeq(feedName) + 1));
        simulated = simulated(config, repositories, feed, clock, source);
        threads.add(alertStream::loops);
        threads.add(feed::loops);
        simulated.ifPresent(own -> threads.add(own::loops));

        jobs = backends.startJobs(clock);
        dashboard = parts.add(DashboardServer.start(config.dashboard(), config.http(), jobs.dashboard()));
        TradeWriter writer = parts.add(new TradeWriter(backends.database()));
        threads.add(jobs::loops);
        threads.add(writer::loops);
        threads.add(dashboard::loops);
        Readiness readiness = new Readiness(backends, jobs, threads);
        List<Object> resources = new ArrayList<>(features(config, repositories, writer, alertStream, clock));
        resources.addAll(site(readiness, threads, metrics, version));
        HttpSettings settings = loopback ? config.http().withLoopbackNames() : config.http();
        http = parts.add(
                HttpServer.start(settings, keys, resources, List.of(FeedEndpoint.of(feed, clock, keys)), metrics));

        monitor = streams.add(startMonitor(config, repositories.journal(feedName)));
        simulated.ifPresent(own -> streams.add(() -> own.closeAndAwaitStored(monitor::lastSeq)));
        threads.add(http::loops);
        threads.add(monitor::loops);
        readiness.watch(monitor);
        metrics.bind(backends.database(), feed, jobs, alertStream, monitor);
        metrics.bind(threads);
        metrics.bind(backends.disk());
        log.info("serving {}", http.uri());
    }

    /**
     * Starts a server. Its feed relays the feed of the configuration, or is simulated if there is none.
     *
     * @throws IOException if starting a part fails; the parts that were started before are stopped
     * @throws IllegalArgumentException if the configuration is refused
     */
    public static TradeOpsServer start(ServerConfig config) throws IOException {
        return start(config, new Closer());
    }

    /**
     * Starts a server as {@link #start(ServerConfig)} does.
     *
     * @param parent closes the server, even while the server is starting
     */
    public static TradeOpsServer start(ServerConfig config, Closer parent) throws IOException {
        return start(config, parent, InstantSource.system(), Optional.empty());
    }

    /**
     * Starts a server as {@link #start(ServerConfig, Closer)} does, with a clock.
     *
     * @param source the source of the simulated feed's ticks; empty for the simulated market
     */
    public static TradeOpsServer start(
            ServerConfig config, Closer parent, InstantSource clock, Optional<TickSource> source) throws IOException {
        boolean loopback = config.http().isLoopback();
        StartChecks.require(config, loopback);
        if (!loopback && !StartChecks.endsWithoutMemory()) {
            log.warn("the process goes on if memory runs out; start java with -XX:+ExitOnOutOfMemoryError to end it");
        }
        Closer parts = parent.inner();
        try {
            return new TradeOpsServer(config, loopback, parts, clock, source);
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** The address of the page and the API. */
    public URI uri() {
        return http.uri();
    }

    /** The job dashboard's address. */
    public URI dashboardUri() {
        return dashboard.uri();
    }

    /** A key with every scope, for clients in this process. */
    public String ownKey() {
        return keys.ownKey();
    }

    /** The jobs. */
    public JobServer jobs() {
        return jobs;
    }

    /** The database and the bucket. */
    public Backends backends() {
        return backends;
    }

    /** Whether the feed has reached the present time. A relayed feed always has. */
    public boolean isFeedCurrent() {
        return simulated.map(SimulatedFeed::isCurrent).orElse(true);
    }

    /** The sequence number of the feed's newest tick. */
    public long lastPublished() {
        return feed.lastSeq();
    }

    /** The sequence number of the last stored tick, as of when this server's monitor was last active; 0 before that. */
    public long lastStored() {
        return monitor.lastSeq();
    }

    /** Stops all parts, within 20 s. */
    @Override
    public void close() {
        parts.close();
    }

    private static ApiKeys keys(
            Repositories repositories, HttpSettings http, boolean loopback, InstantSource clock, Closer parts) {
        ApiKeys keys = parts.add(ApiKeys.start(repositories.keys(), loopback, clock));
        if (!loopback && keys.isEmpty()) {
            throw StartChecks.withoutKeys(http);
        }
        return keys;
    }

    /** The simulated feed; empty if the configuration has a feed to follow. */
    private static Optional<SimulatedFeed> simulated(
            ServerConfig config,
            Repositories repositories,
            PriceFeed feed,
            InstantSource clock,
            Optional<TickSource> source) {
        return config.monitor().isPresent()
                ? Optional.empty()
                : Optional.of(new SimulatedFeed(
                        feed,
                        repositories.offsets(),
                        () -> source.orElseGet(() -> market(config, repositories.ticks(), clock)),
                        config.market().ticksPerSecond(),
                        clock));
    }

    /**
     * Creates a market that continues the stored prices. It starts after the stored ticks, or at the start of the
     * history.
     */
    private static SimulatedMarket market(ServerConfig config, TickRepository ticks, InstantSource clock) {
        Map<String, Long> prices = new LinkedHashMap<>(config.market().prices());
        Map<String, Long> stored = new HashMap<>(ticks.newestPrices(OLDEST_START_PRICES));
        prices.replaceAll((ticker, price) -> stored.getOrDefault(ticker, price));
        Instant start = clock.instant().minus(config.feedHistory());
        Instant newest = ticks.newestTime().map(time -> time.plusNanos(1_000)).orElse(start);
        return new SimulatedMarket(config.market().withPrices(prices), newest.isAfter(start) ? newest : start);
    }

    private List<Object> features(
            ServerConfig config,
            Repositories repositories,
            TradeWriter writer,
            AlertStream alertStream,
            InstantSource clock) {
        DailyAnalysis analysis = new DailyAnalysis(backends.bucket(), config.maxRejectRatio());
        AnswerMemory memory = AnswerMemory.ofHeap();
        return List.of(
                new TradeResource(
                        repositories.trades(),
                        writer,
                        clock,
                        memory,
                        config.perAddress().exports()),
                new AverageResource(repositories.averages(), memory),
                new AlertResource(repositories.alerts(), alertStream, memory),
                new AnalysisResource(
                        analysis,
                        backends.bucket(),
                        config.jobs().keyPrefix(),
                        jobs.queue(),
                        repositories.trades(),
                        memory));
    }

    private static FeedLimits feedLimits(ServerConfig config) {
        return FeedLimits.DEFAULT.withConnectionsPerAddress(config.perAddress().feedClients());
    }

    private static List<Object> site(Readiness readiness, LoopWatch threads, Metrics metrics, String version) {
        return List.of(
                new HealthResource(readiness.checks(), () -> Readiness.isAlive(threads)),
                new MetricsResource(metrics::scrape),
                new OpenApiResource(version),
                new DocsResource(),
                new PageResource());
    }

    private PriceMonitor startMonitor(ServerConfig config, PostgresJournal journal) {
        return simulated.isPresent()
                ? followOwn(config, journal, simulated.get())
                : relay(config.monitor().orElseThrow(), journal);
    }

    /** Follows another feed. This server's feed sends that feed's ticks once they are stored. */
    private PriceMonitor relay(MonitorSettings followed, PostgresJournal journal) {
        return PriceMonitor.start(followed, journal, (ticks, alerts) -> {
            feed.relay(ticks);
            deliver(alerts);
        });
    }

    /** Follows this server's own feed, which publishes while this server's monitor is the active one. */
    private PriceMonitor followOwn(ServerConfig config, PostgresJournal journal, SimulatedFeed published) {
        URI address = URI.create("ws://" + http.uri().getAuthority() + FeedEndpoint.PATH);
        MonitorSettings own = MonitorSettings.of(
                        address, SimulatedFeed.NAME, FeedSubscription.ofOurFeed(), config.rules())
                .withKey(keys.ownKey());
        return PriceMonitor.start(own, journal, this::deliver, published);
    }

    private void deliver(List<Alert> alerts) {
        if (!alerts.isEmpty()) {
            jobs.deliverAlerts();
        }
    }
}

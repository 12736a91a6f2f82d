package io.tradeops.app;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tradeops.app.alert.AlertStream;
import io.tradeops.app.db.Database;
import io.tradeops.app.feed.PriceFeed;
import io.tradeops.app.http.RequestListener;
import io.tradeops.app.monitor.PriceMonitor;
import io.tradeops.jobs.JobServer;
import io.tradeops.jobs.daily.AnalysisRejects;
import io.tradeops.jobs.thread.LoopWatch;
import io.tradeops.jobs.thread.ThreadFailures;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The metrics of {@code GET /metrics}. Each part counts; here its counts get their names. Thread-safe. */
final class Metrics implements RequestListener, AutoCloseable {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    /** Finding a meter in the registry by its tags costs more than everything else that is done per request here. */
    private final Map<RequestKind, Timer> requests = new ConcurrentHashMap<>();

    private final Map<String, Counter> inputErrors = new ConcurrentHashMap<>();

    private final Map<String, FunctionCounter> threadFailures = new ConcurrentHashMap<>();

    /** The tags of requests that are counted together. */
    private record RequestKind(String method, String route, int status) {}

    /** Creates the metrics of the build and the JVM. */
    Metrics(String version) {
        List.of(
                        new JvmMemoryMetrics(),
                        gc,
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
        Gauge.builder("tradeops.build.info", () -> 1)
                .description("Version of the program and of Java; always 1")
                .tags("version", version, "java", Runtime.version().toString())
                .register(registry);
    }

    /** All metrics in the text format of Prometheus. */
    String scrape() {
        ThreadFailures.counts().keySet().forEach(name -> threadFailures.computeIfAbsent(name, this::threadFailures));
        return registry.scrape();
    }

    @Override
    public void onRequest(String method, String route, int status, long nanos) {
        requests.computeIfAbsent(new RequestKind(method, route, status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void onInputError(String code) {
        inputErrors
                .computeIfAbsent(code, each -> registry.counter("tradeops.input.errors", "code", each))
                .increment();
    }

    /** Adds the metrics of the server's parts. */
    void bind(Database database, PriceFeed feed, JobServer jobs, AlertStream alertStream, PriceMonitor monitor) {
        bind(database);
        bind(feed);
        bind(jobs);
        bind(alertStream);
        bind(monitor);
    }

    /** Adds the metrics of the server's threads. */
    void bind(LoopWatch threads) {
        gauge("tradeops.threads.down", "Threads that have completed no round in time", threads, LoopWatch::downCount);
    }

    private FunctionCounter threadFailures(String thread) {
        return FunctionCounter.builder(
                        "tradeops.thread.failures",
                        thread,
                        name -> ThreadFailures.counts().getOrDefault(name, 0L))
                .description("Exceptions and errors that failed a round of a thread, or ended a thread")
                .tags("thread", thread)
                .register(registry);
    }

    /** Adds the metrics of the embedded services' disk. */
    void bind(DataDisk disk) {
        gauge("tradeops.disk.free.bytes", "Free space of the data directory", disk, DataDisk::freeBytes);
    }

    private void bind(Database database) {
        counter(
                "tradeops.database.disk.failures",
                "Statements that failed because the database's disk is full or broken",
                database,
                Database::diskFailures);
        try {
            HikariDataSource pool = database.dataSource().unwrap(HikariDataSource.class);
            pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
        } catch (SQLException e) {
            throw new IllegalStateException("the pool is HikariCP's", e);
        }
    }

    private void bind(PriceFeed feed) {
        counter("tradeops.feed.ticks", "Ticks published or relayed", feed, PriceFeed::ticksSent);
        gauge("tradeops.feed.last.seq", "Sequence number of the newest tick", feed, PriceFeed::lastSeq);
        gauge("tradeops.feed.clients", "Clients of /prices", feed, PriceFeed::connectionCount);
        counter(
                "tradeops.feed.slow.clients",
                "Clients of /prices disconnected because they read too slowly",
                feed,
                PriceFeed::slowClients);
    }

    private void bind(PriceMonitor monitor) {
        counter("tradeops.monitor.ticks.received", "Ticks received", monitor, PriceMonitor::ticksReceived);
        counter("tradeops.monitor.ticks.stored", "Ticks stored", monitor, PriceMonitor::ticksStored);
        counter("tradeops.monitor.alerts", "Alerts stored", monitor, PriceMonitor::alertsFound);
        counter(
                "tradeops.monitor.reconnects",
                "Connections to the feed after the first",
                monitor,
                PriceMonitor::reconnects);
        gauge(
                "tradeops.monitor.behind.seconds",
                "Age of the newest tick of the last stored batch while others wait to be stored",
                monitor,
                PriceMonitor::secondsBehind);
        counter(
                "tradeops.monitor.lost.ticks",
                "Ticks that the feed left out without a gap",
                monitor,
                PriceMonitor::lostTicks);
        counter("tradeops.monitor.bad.ticks", "Unreadable messages of the feed", monitor, PriceMonitor::badTicks);
        counter(
                "tradeops.monitor.ticks.not.evaluated",
                "Ticks stored but not evaluated: too late, or beyond the limit of tickers",
                monitor,
                PriceMonitor::ticksNotEvaluated);
        gauge("tradeops.monitor.last.seq", "Sequence number of the newest stored tick", monitor, PriceMonitor::lastSeq);
        gauge("tradeops.monitor.live", "1 while the feed sends", monitor, m -> m.isLive() ? 1 : 0);
    }

    private void bind(AlertStream stream) {
        gauge("tradeops.alert.stream.clients", "Clients of /alerts/stream", stream, AlertStream::clientCount);
        counter(
                "tradeops.alert.stream.slow.clients",
                "Clients of /alerts/stream disconnected because they read too slowly",
                stream,
                AlertStream::slowClients);
    }

    private void bind(JobServer jobs) {
        JobCounts counts = new JobCounts(jobs::counts);
        for (String state : JobCounts.STATES) {
            Gauge.builder("tradeops.jobs", counts, c -> c.inState(state))
                    .description("Jobs by state; NaN while the database is unavailable")
                    .tags(Tags.of("state", state))
                    .strongReference(true)
                    .register(registry);
        }
        rejectedRows(jobs, "completed", AnalysisRejects::completed);
        rejectedRows(jobs, "failed", AnalysisRejects::failed);
        gauge("tradeops.jobs.server.up", "1 while jobs are run", jobs, j -> j.isRunning() ? 1 : 0);
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }

    private Timer timer(RequestKind kind) {
        return Timer.builder("http.server.requests")
                .description("Duration of requests, to the last byte of the answer, by the template of their path")
                .tags("method", kind.method(), "route", kind.route(), "status", String.valueOf(kind.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private void rejectedRows(JobServer jobs, String outcome, ToDoubleFunction<AnalysisRejects> rows) {
        FunctionCounter.builder("tradeops.analysis.rejected.rows", jobs, j -> rows.applyAsDouble(j.analysisRejects()))
                .description("Rows that completed and failed analyses rejected; a retry counts them again")
                .tags("outcome", outcome)
                .register(registry);
    }

    private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private <T> void counter(String name, String description, T of, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, of, value).description(description).register(registry);
    }
}

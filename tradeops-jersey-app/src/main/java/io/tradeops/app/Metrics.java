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
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What {@code GET /metrics} shows: the parts count for themselves, and here their counts get names. Thread-safe.
 */
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

    /** The registry finds a meter by its tags, which costs more than all else that is done for a request here. */
    private final Map<RequestKind, Timer> requests = new ConcurrentHashMap<>();

    private final Map<String, Counter> inputErrors = new ConcurrentHashMap<>();

    /** Requests that are counted together. */
    private record RequestKind(String method, String route, int status) {}

    /** Metrics of the build and the JVM. */
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
                .description("What runs: always 1")
                .tags("version", version, "java", Runtime.version().toString())
                .register(registry);
    }

    /** All of it in Prometheus' text format. */
    String scrape() {
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

    private void bind(Database database) {
        try {
            HikariDataSource pool = database.dataSource().unwrap(HikariDataSource.class);
            pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
        } catch (SQLException e) {
            throw new IllegalStateException("the pool is HikariCP's", e);
        }
    }

    private void bind(PriceFeed feed) {
        counter("tradeops.feed.ticks", "Ticks published", feed, PriceFeed::ticksSent);
        gauge("tradeops.feed.last.seq", "Number of the newest tick", feed, PriceFeed::lastSeq);
        gauge("tradeops.feed.clients", "Clients connected", feed, PriceFeed::connectionCount);
        counter("tradeops.feed.slow.clients", "Clients closed for being too slow", feed, PriceFeed::slowClients);
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
                "Age of the newest stored tick while others wait to be stored",
                monitor,
                PriceMonitor::secondsBehind);
        counter("tradeops.monitor.lost.ticks", "Ticks that the feed left out", monitor, PriceMonitor::lostTicks);
        counter("tradeops.monitor.bad.ticks", "Messages that could not be read", monitor, PriceMonitor::badTicks);
        counter(
                "tradeops.monitor.ticks.not.evaluated",
                "Ticks stored but not evaluated: too late, or of one ticker too many",
                monitor,
                PriceMonitor::ticksNotEvaluated);
        gauge("tradeops.monitor.last.seq", "Number of the newest stored tick", monitor, PriceMonitor::lastSeq);
        gauge("tradeops.monitor.live", "Whether the feed sends", monitor, m -> m.isLive() ? 1 : 0);
    }

    private void bind(AlertStream stream) {
        gauge("tradeops.alert.stream.clients", "Clients of /alerts/stream", stream, AlertStream::clientCount);
        counter(
                "tradeops.alert.stream.slow.clients",
                "Clients of /alerts/stream dropped for being too slow",
                stream,
                AlertStream::slowClients);
    }

    private void bind(JobServer jobs) {
        JobCounts counts = new JobCounts(jobs::counts);
        for (String state : JobCounts.STATES) {
            Gauge.builder("tradeops.jobs", counts, c -> c.of(state))
                    .description("Jobs by state; not a number while the database is away")
                    .tags(Tags.of("state", state))
                    .strongReference(true)
                    .register(registry);
        }
        rejectedRows(jobs, "completed", AnalysisRejects::completed);
        rejectedRows(jobs, "failed", AnalysisRejects::failed);
        gauge("tradeops.jobs.server.up", "Whether jobs are being run", jobs, j -> j.isRunning() ? 1 : 0);
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }

    private Timer timer(RequestKind kind) {
        return Timer.builder("http.server.requests")
                .description("Requests by the template of their path, to the last byte of the answer")
                .tags("method", kind.method(), "route", kind.route(), "status", String.valueOf(kind.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private void rejectedRows(JobServer jobs, String outcome, ToDoubleFunction<AnalysisRejects> rows) {
        FunctionCounter.builder("tradeops.analysis.rejected.rows", jobs, j -> rows.applyAsDouble(j.analysisRejects()))
                .description("Rows that analyses rejected, by what came of the analysis")
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

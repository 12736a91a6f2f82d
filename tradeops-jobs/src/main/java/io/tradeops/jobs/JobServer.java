package io.tradeops.jobs;

import io.tradeops.jobs.alert.DeliverAlert;
import io.tradeops.jobs.alert.QueueAlertDeliveries;
import io.tradeops.jobs.average.FinalizeAverages;
import io.tradeops.jobs.daily.AnalysisRejects;
import io.tradeops.jobs.daily.AnalyzeDay;
import io.tradeops.jobs.daily.ExportDay;
import io.tradeops.jobs.daily.ExportMissingDays;
import io.tradeops.jobs.daily.TradesExporter;
import io.tradeops.jobs.dashboard.JobDashboard;
import io.tradeops.jobs.thread.ThreadFailures;
import io.tradeops.jobs.thread.WatchedLoop;
import io.tradeops.jobs.tick.DropOldTicks;
import io.tradeops.lambda.analysis.DailyAnalysis;
import io.tradeops.lambda.bucket.TradeBucket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.BackgroundJobServerStatus;
import org.jobrunr.storage.JobStats;
import org.jobrunr.storage.StorageException;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs, their queue, their schedule and the workers that run them. Any number of job servers on one database share
 * the work. Workers that a database outage stopped are replaced as soon as the database is back. Thread-safe.
 */
public final class JobServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobServer.class);

    /** The database schema of JobRunr's own tables. */
    public static final String SCHEMA = "jobrunr";

    private static final Duration SUPERVISION = Duration.ofSeconds(2);

    /** Stopping workers waits for their jobs, and a database that hangs takes as long as its socket timeout. */
    private static final Duration SUPERVISION_LIMIT = Duration.ofSeconds(90);

    /** Queueing the backlog of an outage may take long. */
    private static final Duration DELIVERIES_LIMIT = Duration.ofMinutes(10);

    /** While memory is short, errors go on; stopping the workers each time would leave no time for jobs. */
    private static final Duration BETWEEN_REPLACEMENTS = Duration.ofMinutes(1);

    private static final Duration LOG_PAUSE = Duration.ofSeconds(10);
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final StorageProvider storage;
    private final JsonMapper jsonMapper = new JacksonJsonMapper(false);
    private final JobServerSettings settings;
    private final JobQueue queue;
    private final QueueAlertDeliveries alerts;
    private final CoalescingWorker deliveries =
            new CoalescingWorker("alert-deliveries", DELIVERIES_LIMIT, this::queueDeliveries);
    private final AnalyzeDay analyses;
    private final Map<Class<?>, Object> handlers;
    private final WatchedLoop supervisor =
            WatchedLoop.of("job-supervisor", SUPERVISION_LIMIT, this::supervise).withPause(SUPERVISION);
    private volatile BackgroundJobServer workers;
    private volatile boolean stale;
    private long loggedNanos = System.nanoTime() - LOG_PAUSE.toNanos();
    private Heartbeat<Instant> heartbeat = new Heartbeat<>(System.nanoTime());
    private long outOfMemoryErrors = ThreadFailures.outOfMemoryErrors();
    private long startedNanos = System.nanoTime();

    private JobServer(
            StorageProvider storage,
            JobServerSettings settings,
            JobPorts ports,
            TradeBucket bucket,
            DailyAnalysis analysis,
            InstantSource clock) {
        this.storage = storage;
        this.settings = settings;
        storage.setJobMapper(new JobMapper(jsonMapper));
        queue = new JobQueue(storage);
        TradesExporter exporter = new TradesExporter(ports.trades(), bucket, settings.keyPrefix());
        analyses = new AnalyzeDay(analysis, settings.keyPrefix());
        alerts = new QueueAlertDeliveries(ports.alerts(), ports.receiver(), queue::deliver);
        handlers = Stream.of(
                        new FinalizeAverages(ports.ticks(), ports.averages(), clock),
                        new ExportDay(exporter, queue::analyze),
                        new ExportMissingDays(ports.trades(), exporter, queue::export, clock),
                        analyses,
                        new DropOldTicks(ports.ticks(), settings.tickRetention(), clock),
                        alerts,
                        new DeliverAlert(ports.alerts(), ports.receiver()))
                .collect(Collectors.toUnmodifiableMap(Object::getClass, Function.identity()));
        workers = newWorkers();
    }

    /**
     * Deletes stored jobs whose class or method this build doesn't have, then starts the workers and the schedule.
     *
     * @param database the database of JobRunr's tables; its schema {@link #SCHEMA} must exist
     */
    public static JobServer start(
            DataSource database,
            JobServerSettings settings,
            JobPorts ports,
            TradeBucket bucket,
            DailyAnalysis analysis,
            InstantSource clock) {
        StorageProvider storage = SqlStorageProviderFactory.using(database, SCHEMA + ".", DatabaseOptions.CREATE);
        JobServer server = new JobServer(storage, settings, ports, bucket, analysis, clock);
        UnknownJobs.delete(storage);
        server.workers.start();
        JobSchedule.apply(server.queue.scheduler());
        server.supervisor.start();
        return server;
    }

    /** Queues jobs. */
    public JobQueue queue() {
        return queue;
    }

    /**
     * Requests deliveries of newly stored alerts. Does not wait until they are queued: there may be many. If queueing
     * fails, the schedule queues them within a minute.
     */
    public void deliverAlerts() {
        deliveries.request();
    }

    private void queueDeliveries() {
        try {
            alerts.queueAll();
        } catch (RuntimeException e) {
            log.warn("cannot queue alert deliveries; the schedule retries within a minute: {}", e.getMessage());
        }
    }

    /** Whether the workers run. After a database outage they need a few seconds to start again. */
    public boolean isRunning() {
        return workers.isRunning() && !stale;
    }

    /** The threads beside the workers. JobRunr has its own. */
    public List<WatchedLoop> loops() {
        return List.of(supervisor, deliveries.loop());
    }

    /** How many jobs are in each state: {@code scheduled}, {@code enqueued}, {@code processing}, {@code failed} and
     * {@code succeeded}. JobRunr deletes succeeded jobs after a while.
     *
     * @throws JobQueueUnavailableException if the database is not available */
    public Map<String, Long> counts() {
        try {
            JobStats stats = storage.getJobStats();
            return Map.of(
                    "scheduled", stats.getScheduled(),
                    "enqueued", stats.getEnqueued(),
                    "processing", stats.getProcessing(),
                    "failed", stats.getFailed(),
                    "succeeded", stats.getSucceeded());
        } catch (StorageException e) {
            throw new JobQueueUnavailableException("cannot count the jobs", e);
        }
    }

    /** The rows that analyses in this process rejected. */
    public AnalysisRejects analysisRejects() {
        return analyses.rejects();
    }

    /** A dashboard of these jobs. */
    public JobDashboard dashboard() {
        return new JobDashboard(storage, jsonMapper);
    }

    /** Stops the workers after waiting a few seconds for running jobs. Another server repeats those that don't end. */
    @Override
    public void close() {
        supervisor.stop(STOP_WAIT);
        deliveries.close();
        synchronized (this) { // the supervisor may still be replacing the workers
            workers.stop();
            storage.close();
        }
    }

    /**
     * JobRunr stops its server for good when its heartbeat fails. An error ends one of its periodic tasks for good, and
     * it does not notice.
     */
    private synchronized void supervise() {
        if (supervisor.isStopped() || !isDatabaseBack()) {
            return;
        }
        if (!workers.isRunning()) {
            replaceWorkers("an outage has stopped it");
        } else if (stale) {
            replaceWorkers("it has no heartbeat");
        } else if (ThreadFailures.outOfMemoryErrors() != outOfMemoryErrors
                && System.nanoTime() - startedNanos > BETWEEN_REPLACEMENTS.toNanos()) {
            replaceWorkers("memory ran out, which may have ended its tasks");
        }
    }

    private void replaceWorkers(String reason) {
        warnNowAndThen("starting a new job server: " + reason);
        long errors = ThreadFailures.outOfMemoryErrors();
        try {
            workers.stop();
            BackgroundJobServer replacement = newWorkers();
            replacement.start();
            workers = replacement;
            outOfMemoryErrors = errors;
            startedNanos = System.nanoTime();
            heartbeat = new Heartbeat<>(startedNanos);
            stale = false;
        } catch (RuntimeException e) {
            warnNowAndThen("the job server could not be started yet: " + e.getMessage());
        }
    }

    /** During an outage that lets it start but not stay, a job server is started every two seconds. */
    private void warnNowAndThen(String message) {
        long now = System.nanoTime();
        if (now - loggedNanos >= LOG_PAUSE.toNanos()) {
            loggedNanos = now;
            log.warn(message);
        } else {
            log.debug(message);
        }
    }

    /** Also notes the heartbeat. */
    private boolean isDatabaseBack() {
        try {
            stale = heartbeat.isStale(
                    storage.getBackgroundJobServers().stream()
                            .filter(server -> server.getId().equals(workers.getId()))
                            .map(BackgroundJobServerStatus::getLastHeartbeat)
                            .findFirst(),
                    System.nanoTime());
            return true;
        } catch (RuntimeException e) {
            heartbeat.unknown(System.nanoTime());
            log.debug("the job server's database is not available: {}", e.getMessage());
            return false;
        }
    }

    private BackgroundJobServer newWorkers() {
        return new BackgroundJobServer(
                storage,
                jsonMapper,
                activator(),
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andName("tradeops")
                        .andWorkerCount(settings.workers())
                        .andPollInterval(settings.pollInterval())
                        .andInterruptJobsAwaitDurationOnStopBackgroundJobServer(STOP_WAIT));
    }

    private JobActivator activator() {
        return new JobActivator() {
            @Override
            public <T> T activateJob(Class<T> type) {
                Object handler = handlers.get(type);
                if (handler == null) {
                    throw new IllegalStateException("no handler for " + type);
                }
                return type.cast(handler);
            }
        };
    }
}

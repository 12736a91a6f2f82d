package io.tradeops.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tradeops.app.alert.PostgresAlertOutbox;
import io.tradeops.app.average.AverageRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestDatabase;
import io.tradeops.app.tick.TickRepository;
import io.tradeops.app.trade.TradeRepository;
import io.tradeops.jobs.JobPorts;
import io.tradeops.jobs.JobServer;
import io.tradeops.jobs.JobServerSettings;
import io.tradeops.jobs.average.FinalizeAverages;
import io.tradeops.jobs.daily.ExportDay;
import io.tradeops.jobs.daily.ExportMissingDays;
import io.tradeops.lambda.analysis.DailyAnalysis;
import io.tradeops.lambda.bucket.TradeBucket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Stored jobs of an older build, whose classes this build doesn't have. */
class UnknownJobsIT {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.tradeops.jobs");

    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @TempDir
    Path directory;

    @BeforeEach
    void recordLog() {
        logged.start();
        LOGGER.addAppender(logged);
    }

    @AfterEach
    void stopRecording() {
        LOGGER.detachAppender(logged);
    }

    @Test
    void jobsOfUnknownClassesAreDeletedAndTheOthersRun() throws Exception {
        try (TestDatabase postgres = TestDatabase.in(directory);
                Database database = postgres.open(List.of());
                TradeBucket bucket = TradeBucket.connect("unused", NOWHERE, "access", "secret", "us-east-1")) {
            storeJobs(database);
            try (JobServer server = start(database, bucket)) {
                assertThat(strings(database, "select distinct jobsignature from jobrunr.jobrunr_jobs"))
                        .allMatch(signature -> signature.startsWith(FinalizeAverages.class.getName()));
                assertThat(recurringJobs(database))
                        .containsExactly("alerts", "averages", "daily-export", "tick-retention");
                Eventually.await(
                        "the job of a known class has run",
                        () -> server.counts().getOrDefault("succeeded", 0L) > 0);
                assertThat(server.counts()).containsEntry("failed", 0L);
            }
            assertThat(deletions())
                    .containsExactly("deleted stored jobs of an older build, whose classes were moved or renamed:"
                            + " {io.tradeops.jobs.ExportDay=2, io.tradeops.jobs.ExportMissingDays=1}");

            start(database, bucket).close();
            assertThat(recurringJobs(database)).hasSize(4);
            assertThat(deletions()).as("the second start deletes nothing").hasSize(1);
        }
    }

    /** Stores two jobs and a recurring job of classes that have moved, and a job of a class that has not. */
    private static void storeJobs(Database database) {
        StorageProvider storage =
                SqlStorageProviderFactory.using(database.dataSource(), JobServer.SCHEMA + ".", DatabaseOptions.CREATE);
        storage.setJobMapper(new JobMapper(new JacksonJsonMapper(false)));
        JobRequestScheduler scheduler = new JobRequestScheduler(storage);
        scheduler.enqueue(new ExportDay.Request("2026-11-19"));
        scheduler.enqueue(new ExportDay.Request("2026-11-20"));
        scheduler.scheduleRecurrently("nightly-export", "0 5 0 * * *", ZoneOffset.UTC, new ExportMissingDays.Request());
        scheduler.enqueue(new FinalizeAverages.Request());
        storage.close();
        update(
                database,
                "update jobrunr.jobrunr_jobs set"
                        + " jobsignature = replace(jobsignature, 'io.tradeops.jobs.daily.', 'io.tradeops.jobs.'),"
                        + " jobasjson = replace(jobasjson, 'io.tradeops.jobs.daily.', 'io.tradeops.jobs.')");
        update(
                database,
                "update jobrunr.jobrunr_recurring_jobs set"
                        + " jobasjson = replace(jobasjson, 'io.tradeops.jobs.daily.', 'io.tradeops.jobs.')");
    }

    private static JobServer start(Database database, TradeBucket bucket) {
        return JobServer.start(
                database.dataSource(),
                JobServerSettings.defaults(),
                new JobPorts(
                        new TickRepository(database),
                        new AverageRepository(database),
                        new TradeRepository(database),
                        new PostgresAlertOutbox(database),
                        Optional.empty()),
                bucket,
                new DailyAnalysis(bucket, DailyAnalysis.DEFAULT_MAX_REJECT_RATIO),
                InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z")));
    }

    private List<String> deletions() {
        return List.copyOf(logged.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.startsWith("deleted "))
                .toList();
    }

    private static List<String> recurringJobs(Database database) {
        return strings(database, "select trim(id) from jobrunr.jobrunr_recurring_jobs order by id");
    }

    private static void update(Database database, String sql) {
        database.withConnection(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private static List<String> strings(Database database, String sql) {
        return database.withConnection(connection -> {
            List<String> strings = new ArrayList<>();
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    strings.add(rows.getString(1));
                }
            }
            return strings;
        });
    }
}

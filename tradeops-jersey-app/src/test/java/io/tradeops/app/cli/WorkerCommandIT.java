package io.tradeops.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.db.Database;
import io.tradeops.app.embedded.DataDirectory;
import io.tradeops.app.embedded.EmbeddedS3;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.TestDatabase;
import io.tradeops.jobs.JobServer;
import io.tradeops.jobs.daily.AnalyzeDay;
import io.tradeops.lambda.bucket.TradeBucket;
import io.tradeops.lambda.bucket.TradeObjectStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The {@code worker} command in a process. */
class WorkerCommandIT {

    private static final String BUCKET = "worker";

    @TempDir
    Path directory;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
    void queuedJobRunsAndASignalGivesExitCodeZero() throws Exception {
        try (TestDatabase database = TestDatabase.in(directory.resolve("db"));
                DataDirectory objects = DataDirectory.open(directory.resolve("s3"));
                EmbeddedS3 s3 = EmbeddedS3.start(objects);
                TradeBucket bucket =
                        TradeBucket.connect(BUCKET, s3.endpoint(), s3.accessKey(), s3.secretKey(), "us-east-1")) {
            bucket.createIfMissing();
            bucket.put(
                    "2024/02/29/trades.csv",
                    "ticker,price,quantity\nA,1.5,2\nA,2.5,2\n".getBytes(StandardCharsets.UTF_8),
                    "text/csv",
                    Map.of());
            queueAnalysis(database, "2024-02-29");
            Process worker = Program.start(
                    directory,
                    Map.of(
                            "TRADEOPS_DATABASE_URL", database.url(),
                            "TRADEOPS_DATABASE_USER", database.user(),
                            "TRADEOPS_DATABASE_PASSWORD", database.password(),
                            "TRADEOPS_BUCKET", BUCKET,
                            "AWS_ENDPOINT_URL_S3", s3.endpoint().toString(),
                            "AWS_ACCESS_KEY_ID", s3.accessKey(),
                            "AWS_SECRET_ACCESS_KEY", s3.secretKey(),
                            "AWS_REGION", "us-east-1"),
                    "worker");
            try {
                Eventually.await(
                        "the day is analysed",
                        () -> get(bucket, "2024/02/29/analysis_2024-02-29.csv")
                                .contains("\nA,4,2,2,2,1.5,2.5,1.5,2.5,8\n"));
            } finally {
                worker.destroy(); // SIGTERM
            }

            assertThat(worker.waitFor(20, TimeUnit.SECONDS))
                    .as("ends within 20 s")
                    .isTrue();
            assertThat(worker.exitValue()).isZero();
        }
    }

    @Test
    void workerWithoutADatabaseIsRefused() throws Exception {
        Program.Outcome outcome = Program.run(directory, Map.of(), "worker");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errors()).contains("TRADEOPS_DATABASE_URL", "TRADEOPS_BUCKET");
    }

    private static String get(TradeBucket bucket, String key) throws Exception {
        Optional<TradeObjectStream> object = bucket.open(key);
        if (object.isEmpty()) {
            return "";
        }
        try (TradeObjectStream in = object.get()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Queues a job as a server would. A real server could run the job itself. */
    private static void queueAnalysis(TestDatabase server, String date) {
        try (Database database = server.open(List.of())) {
            StorageProvider storage = SqlStorageProviderFactory.using(
                    database.dataSource(), JobServer.SCHEMA + ".", DatabaseOptions.CREATE);
            storage.setJobMapper(new JobMapper(new JacksonJsonMapper(false)));
            new JobRequestScheduler(storage).enqueue(new AnalyzeDay.Request(date));
            storage.close();
        }
    }
}

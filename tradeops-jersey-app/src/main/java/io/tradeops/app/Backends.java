package io.tradeops.app;

import io.tradeops.app.alert.PostgresAlertOutbox;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.db.Database;
import io.tradeops.app.db.DatabaseSettings;
import io.tradeops.app.embedded.DataDirectory;
import io.tradeops.app.embedded.EmbeddedPostgres;
import io.tradeops.app.embedded.EmbeddedS3;
import io.tradeops.app.webhook.Webhook;
import io.tradeops.jobs.JobPorts;
import io.tradeops.jobs.JobServer;
import io.tradeops.jobs.alert.AlertReceiver;
import io.tradeops.lambda.analysis.DailyAnalysis;
import io.tradeops.lambda.bucket.TradeBucket;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database and the bucket of a configuration. An embedded service replaces the one that the configuration does not
 * name. Thread-safe.
 *
 * <p>One process at a time owns a data directory with embedded services. A command may also <em>share</em> the services
 * that another process runs.
 */
public final class Backends {

    private static final Logger log = LoggerFactory.getLogger(Backends.class);

    /** The bucket of the embedded S3. */
    public static final String EMBEDDED_BUCKET = "tradeops";

    private static final String EMBEDDED_REGION = "us-east-1";
    private static final int CONNECTIONS = 20;
    private static final int FEW_CONNECTIONS = 2;

    private final ServerConfig config;
    private final Optional<DataDirectory> directory;
    private final Closer parts;
    private final Database database;
    private final TradeBucket bucket;

    private Backends(
            ServerConfig config,
            Optional<DataDirectory> directory,
            Closer parts,
            Database database,
            TradeBucket bucket) {
        this.config = config;
        this.directory = directory;
        this.parts = parts;
        this.database = database;
        this.bucket = bucket;
    }

    /**
     * Opens the database and the bucket.
     *
     * @param entities the classes that Hibernate maps
     * @param parts closes what is started
     * @throws IOException if connecting to one of them or starting it fails; the message names it
     */
    public static Backends open(ServerConfig config, List<Class<?>> entities, Closer parts) throws IOException {
        Optional<DataDirectory> directory = directory(config, parts);
        TradeBucket bucket = openBucket(config, directory, parts);
        return new Backends(config, directory, parts, openDatabase(config, directory, entities, parts), bucket);
    }

    /**
     * Opens the database and the bucket as {@link #open} does, or shares the embedded ones that another process runs.
     */
    public static Backends share(ServerConfig config, List<Class<?>> entities, Closer parts) throws IOException {
        if (!isRunning(config)) {
            return open(config, entities, parts);
        }
        TradeBucket bucket = shareBucket(config, parts);
        return new Backends(config, Optional.empty(), parts, shareDatabase(config, entities, parts), bucket);
    }

    /** Opens only the bucket, or shares the embedded one that another process runs. */
    public static TradeBucket shareBucketOnly(ServerConfig config, Closer parts) throws IOException {
        return isRunning(config)
                ? shareBucket(config, parts)
                : openBucket(
                        config, config.bucket().isPresent() ? Optional.empty() : ownDirectory(config, parts), parts);
    }

    /** Opens only the database, or shares the embedded one that another process runs. */
    public static Database shareDatabaseOnly(ServerConfig config, List<Class<?>> entities, Closer parts)
            throws IOException {
        return isRunning(config)
                ? shareDatabase(config, entities, parts)
                : openDatabase(
                        config,
                        config.database().isPresent() ? Optional.empty() : ownDirectory(config, parts),
                        entities,
                        parts);
    }

    /** The database. */
    public Database database() {
        return database;
    }

    /** The bucket. */
    public TradeBucket bucket() {
        return bucket;
    }

    /** The disk of the embedded services that this process runs. */
    DataDisk disk() {
        return new DataDisk(directory.map(DataDirectory::path));
    }

    /** Starts the jobs on the database and the bucket. */
    JobServer startJobs(InstantSource clock) {
        Repositories repositories = Repositories.of(database, config);
        return parts.add(JobServer.start(
                database.dataSource(),
                config.jobs(),
                new JobPorts(
                        repositories.ticks(),
                        repositories.averages(),
                        repositories.trades(),
                        new PostgresAlertOutbox(database),
                        webhook(clock)),
                bucket,
                new DailyAnalysis(bucket, config.maxRejectRatio()),
                clock));
    }

    private Optional<AlertReceiver> webhook(InstantSource clock) {
        return config.webhook().map(settings -> parts.add(Webhook.open(settings, ProgramVersion.current(), clock)));
    }

    /** Must be called before this process opens the directory, because the check releases the process's own lock. */
    private static boolean isRunning(ServerConfig config) throws IOException {
        return DataDirectory.isInUse(config.dataDirectory());
    }

    /** The data directory, if an embedded service needs it. */
    private static Optional<DataDirectory> directory(ServerConfig config, Closer parts) throws IOException {
        boolean isNeeded = config.bucket().isEmpty() || config.database().isEmpty();
        return isNeeded ? ownDirectory(config, parts) : Optional.empty();
    }

    private static Optional<DataDirectory> ownDirectory(ServerConfig config, Closer parts) throws IOException {
        return Optional.of(parts.add(DataDirectory.open(config.dataDirectory())));
    }

    private static TradeBucket shareBucket(ServerConfig config, Closer parts) throws IOException {
        if (config.bucket().isPresent()) {
            return openBucket(config, Optional.empty(), parts);
        }
        EmbeddedS3.Address running =
                EmbeddedS3.findRunning(config.dataDirectory()).orElseThrow(() -> notUp(config, "S3"));
        TradeBucket bucket = parts.add(embedded(running));
        bucket.check();
        return bucket;
    }

    private static Database shareDatabase(ServerConfig config, List<Class<?>> entities, Closer parts)
            throws IOException {
        if (config.database().isPresent()) {
            return openDatabase(config, Optional.empty(), entities, parts);
        }
        EmbeddedPostgres.Address running =
                EmbeddedPostgres.findRunning(config.dataDirectory()).orElseThrow(() -> notUp(config, "database"));
        return parts.add(Database.open(
                new DatabaseSettings(running.jdbcUrl(), running.user(), running.password(), FEW_CONNECTIONS),
                entities));
    }

    private static IOException notUp(ServerConfig config, String service) {
        return new IOException("data directory " + config.dataDirectory().toAbsolutePath() + " is in use, and its "
                + service + " is not running yet; try again");
    }

    private static TradeBucket embedded(EmbeddedS3.Address s3) {
        return TradeBucket.connect(EMBEDDED_BUCKET, s3.endpoint(), s3.accessKey(), s3.secretKey(), EMBEDDED_REGION);
    }

    private static TradeBucket openBucket(ServerConfig config, Optional<DataDirectory> directory, Closer parts)
            throws IOException {
        if (config.bucket().isPresent()) {
            TradeBucket bucket =
                    parts.add(TradeBucket.fromEnvironment(config.bucket().get()));
            bucket.check();
            return bucket;
        }
        EmbeddedS3 s3 = parts.start(() -> EmbeddedS3.start(directory.orElseThrow()));
        TradeBucket bucket = parts.add(embedded(s3.address()));
        bucket.createIfMissing();
        log.info("embedded S3 at {}, bucket {}", s3.endpoint(), EMBEDDED_BUCKET);
        return bucket;
    }

    private static Database openDatabase(
            ServerConfig config, Optional<DataDirectory> directory, List<Class<?>> entities, Closer parts)
            throws IOException {
        if (config.database().isPresent()) {
            return parts.add(Database.open(config.database().get(), entities));
        }
        EmbeddedPostgres postgres = parts.start(() -> EmbeddedPostgres.start(directory.orElseThrow()));
        log.info("embedded PostgreSQL at {}, user {}", postgres.jdbcUrl(), postgres.user());
        return parts.add(Database.open(
                new DatabaseSettings(postgres.jdbcUrl(), postgres.user(), postgres.password(), CONNECTIONS), entities));
    }
}

package io.tradeops.app;

import io.tradeops.app.alert.AlertDeliveries;
import io.tradeops.app.average.AverageRepository;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.db.Database;
import io.tradeops.app.db.DatabaseSettings;
import io.tradeops.app.embedded.DataDirectory;
import io.tradeops.app.embedded.EmbeddedPostgres;
import io.tradeops.app.embedded.EmbeddedS3;
import io.tradeops.app.tick.TickRepository;
import io.tradeops.app.trade.TradeRepository;
import io.tradeops.app.webhook.Webhook;
import io.tradeops.jobs.JobPorts;
import io.tradeops.jobs.JobServer;
import io.tradeops.jobs.JobServerSettings;
import io.tradeops.jobs.alert.AlertReceiver;
import io.tradeops.lambda.analysis.DailyAnalysis;
import io.tradeops.lambda.bucket.TradeBucket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database, the bucket and the webhook that a configuration names, an embedded database and bucket where it names none. Not thread-safe. */
public final class Backends {

    private static final Logger log = LoggerFactory.getLogger(Backends.class);

    /** The bucket of the embedded S3. */
    public static final String EMBEDDED_BUCKET = "tradeops";

    private static final String EMBEDDED_REGION = "us-east-1";
    private static final int CONNECTIONS = 20;
    private static final int FEW_CONNECTIONS = 2;

    private final Closer parts;
    private final ServerConfig config;
    private @Nullable DataDirectory directory;
    private @Nullable Database database;
    private @Nullable TradeBucket bucket;

    private Backends(ServerConfig config, Closer parts) {
        this.config = config;
        this.parts = parts;
    }

    /**
     * Opens both.
     *
     * @param entities the classes that are mapped
     * @param parts takes what is started, to be closed
     * @throws IOException if one can't be reached or started, naming it
     */
    public static Backends open(ServerConfig config, List<Class<?>> entities, Closer parts) throws IOException {
        Backends backends = new Backends(config, parts);
        backends.openBucket();
        backends.openDatabase(entities);
        return backends;
    }

    /** Opens both, also the embedded ones of a process that is running. */
    public static Backends share(ServerConfig config, List<Class<?>> entities, Closer parts) throws IOException {
        Backends backends = new Backends(config, parts);
        boolean isRunning = backends.isRunning();
        backends.shareBucket(isRunning);
        backends.shareDatabase(isRunning, entities);
        return backends;
    }

    /** Opens the bucket only, also the embedded one of a process that is running. */
    public static Backends shareBucketOnly(ServerConfig config, Closer parts) throws IOException {
        Backends backends = new Backends(config, parts);
        backends.shareBucket(backends.isRunning());
        return backends;
    }

    /** Opens the database only, also the embedded one of a process that is running. */
    public static Backends shareDatabaseOnly(ServerConfig config, List<Class<?>> entities, Closer parts)
            throws IOException {
        Backends backends = new Backends(config, parts);
        backends.shareDatabase(backends.isRunning(), entities);
        return backends;
    }

    /** The database. */
    public Database database() {
        return Optional.ofNullable(database).orElseThrow();
    }

    /** The bucket. */
    public TradeBucket bucket() {
        return Optional.ofNullable(bucket).orElseThrow();
    }

    /** Starts the jobs on what is opened. */
    JobServer startJobs(InstantSource clock) {
        return parts.add(JobServer.start(
                database().dataSource(),
                JobServerSettings.defaults().withKeyPrefix(config.keyPrefix()),
                new JobPorts(
                        new TickRepository(database()),
                        new AverageRepository(database()),
                        new TradeRepository(database()),
                        new AlertDeliveries(database()),
                        webhook(clock)),
                bucket(),
                new DailyAnalysis(bucket(), config.maxRejectRatio()),
                clock));
    }

    private Optional<AlertReceiver> webhook(InstantSource clock) {
        String version = Optional.ofNullable(Backends.class.getPackage().getImplementationVersion())
                .orElse("dev");
        return config.webhook().map(settings -> parts.add(Webhook.open(settings, version, clock)));
    }

    /** To be asked before the directory is opened: asking gives the lock of one's own back. */
    private boolean isRunning() throws IOException {
        return DataDirectory.isInUse(config.dataDirectory());
    }

    private void shareBucket(boolean isRunning) throws IOException {
        if (!isRunning || !config.bucket().isEmpty()) {
            openBucket();
            return;
        }
        EmbeddedS3.Address running =
                EmbeddedS3.findRunning(config.dataDirectory()).orElseThrow(() -> notUp("S3"));
        bucket = parts.add(embedded(running));
        bucket.check();
    }

    private void shareDatabase(boolean isRunning, List<Class<?>> entities) throws IOException {
        if (!isRunning || !config.databaseUrl().isEmpty()) {
            openDatabase(entities);
            return;
        }
        DatabaseSettings running = EmbeddedPostgres.findRunning(config.dataDirectory())
                .map(address ->
                        new DatabaseSettings(address.jdbcUrl(), address.user(), address.password(), FEW_CONNECTIONS))
                .orElseThrow(() -> notUp("database"));
        database = parts.add(Database.open(running, entities));
    }

    private IOException notUp(String what) {
        return new IOException("data directory " + config.dataDirectory().toAbsolutePath() + " is in use, and its "
                + what + " isn't up; try again");
    }

    private static TradeBucket embedded(EmbeddedS3.Address s3) {
        return TradeBucket.connect(EMBEDDED_BUCKET, s3.endpoint(), s3.accessKey(), s3.secretKey(), EMBEDDED_REGION);
    }

    private void openBucket() throws IOException {
        if (!config.bucket().isEmpty()) {
            bucket = parts.add(TradeBucket.fromEnvironment(config.bucket()));
            bucket.check();
            return;
        }
        EmbeddedS3 s3 = parts.start(() -> EmbeddedS3.start(directory()));
        bucket = parts.add(embedded(s3.address()));
        bucket.createIfMissing();
        log.info("embedded S3 at {}, bucket {}", s3.endpoint(), EMBEDDED_BUCKET);
    }

    private void openDatabase(List<Class<?>> entities) throws IOException {
        DatabaseSettings settings;
        if (config.databaseUrl().isEmpty()) {
            EmbeddedPostgres postgres = parts.start(() -> EmbeddedPostgres.start(directory()));
            settings = new DatabaseSettings(postgres.jdbcUrl(), postgres.user(), postgres.password(), CONNECTIONS);
            log.info("embedded PostgreSQL at {}, user {}", postgres.jdbcUrl(), postgres.user());
        } else {
            settings = new DatabaseSettings(
                    config.databaseUrl(), config.databaseUser(), config.databasePassword(), CONNECTIONS);
        }
        database = parts.add(Database.open(settings, entities));
    }

    private DataDirectory directory() throws IOException {
        if (directory == null) {
            Path path = config.dataDirectory();
            directory = parts.add(DataDirectory.open(path));
        }
        return directory;
    }
}

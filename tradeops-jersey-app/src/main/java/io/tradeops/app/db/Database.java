package io.tradeops.app.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import io.tradeops.jobs.thread.WatchedLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL database: a pool of connections, the schema at its newest version, and sessions. Thread-safe. */
public final class Database implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Database.class);

    private static final long POOL_WAIT_MILLIS = 2_500;
    private static final long VALIDATION_MILLIS = 1_000;

    /** Readers may use one connection in this many. More would not read faster, and writers need free connections. */
    private static final int READER_SHARE = 4;

    private static final int CONNECT_SECONDS = 3;
    private static final int SOCKET_SECONDS = 30;

    private static final int MAX_FIRST_ATTEMPTS = 6;

    /** The limit for a statement is below that for the socket, so that the server gives up first and reports it. */
    private static final String SESSION_LIMITS = "set statement_timeout = '25s'; set lock_timeout = '10s'; "
            + "set idle_in_transaction_session_timeout = '60s'";

    private final DatabaseSettings settings;
    private final ConnectionSource connections;
    private final HikariDataSource pool;

    /** The pool is not fair: it gives a free connection to any waiting thread. This queue before it is. */
    private final Semaphore readers;

    private final SessionFactory sessions;
    private final StoreState storeState = new StoreState();
    private final HangWatch hangs;
    private final AtomicLong awayNanos = new AtomicLong(System.nanoTime() - 1);

    private Database(
            DatabaseSettings settings, ConnectionSource connections, HikariDataSource pool, SessionFactory sessions) {
        this.settings = settings;
        this.connections = connections;
        this.pool = pool;
        this.readers = new Semaphore(Math.max(1, settings.connections() / READER_SHARE), true);
        this.sessions = sessions;
        this.hangs = HangWatch.start(settings);
    }

    /**
     * Connects and brings the schema to its newest version.
     *
     * @param entities the mapped classes
     * @throws DatabaseUnavailableException if the database is not reachable, naming its URL
     */
    public static Database open(DatabaseSettings settings, List<Class<?>> entities) {
        ConnectionSource connections = connections(settings);
        HikariDataSource pool = pool(settings, connections);
        try {
            try (Connection connection = first(pool)) {
                log.debug("connected to {}", connection.getMetaData().getDatabaseProductVersion());
            }
            Flyway.configure() // connections of its own, without the pool's limits: a migration may take long
                    .dataSource(settings.url(), orNull(settings.user()), orNull(settings.password()))
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return new Database(settings, connections, pool, sessionFactory(pool, entities));
        } catch (SQLException e) {
            pool.close();
            throw new DatabaseUnavailableException(
                    "database " + MaskedUrl.of(settings.url()) + " is not reachable: " + Causes.rootMessage(e), e);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** The first connection. A busy machine gets more time for it; a refusal, which has a cause, is final. */
    private static Connection first(HikariDataSource pool) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return pool.getConnection();
            } catch (SQLTransientConnectionException e) {
                if (e.getCause() != null || attempt == MAX_FIRST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Runs work in a transaction and commits it.
     *
     * @throws DatabaseUnavailableException if the database is not reachable or went away; then it is not known whether
     *     the work was committed
     */
    public <T extends @Nullable Object> T inTransaction(Function<StatelessSession, T> work) {
        try (HangWatch.Call call = hangs.call()) {
            return sessions.fromStatelessTransaction(session -> {
                session.doWork(call::waitsFor);
                return work.apply(session);
            });
        } catch (RuntimeException e) {
            storeState.note(e);
            throw SqlFailures.isUnavailable(e)
                    ? new DatabaseUnavailableException("the database is not available", e)
                    : e;
        }
    }

    /**
     * Opens a session, outside the pool, that holds a lock.
     *
     * @param name the lock's name
     * @return the session; empty if another session of any process holds the lock
     * @throws DatabaseUnavailableException if the database is not reachable
     */
    public Optional<LockedSession> tryLock(String name) {
        return LockedSession.tryOpen(settings, name, storeState);
    }

    /** Work on a JDBC connection. */
    @FunctionalInterface
    public interface JdbcWork<T extends @Nullable Object> {

        /** Does the work. */
        T execute(Connection connection) throws SQLException;
    }

    /** Runs work as {@link #inTransaction} does, with the transaction's JDBC connection. */
    public <T extends @Nullable Object> T withConnection(JdbcWork<T> work) {
        return inTransaction(session -> session.doReturningWork(work::execute));
    }

    /**
     * Runs statements that only read, without the two round trips of a transaction. Few run at a time; the others wait
     * and run in the order of their calls.
     *
     * @throws DatabaseUnavailableException as {@link #inTransaction} does, or if the work has to wait for too long
     */
    public <T extends @Nullable Object> T query(JdbcWork<T> work) {
        return withPermit(readers, () -> withoutTransaction(work));
    }

    /**
     * Runs work that uses this database while it holds a permit. If the database goes away, calls that were already
     * waiting for a permit fail at once: they would only wait for the same failure.
     *
     * @param permits bounds how many run at a time
     * @throws DatabaseUnavailableException if no permit is free within {@value #POOL_WAIT_MILLIS} ms, or the database
     *     is away
     */
    public <T extends @Nullable Object> T withPermit(Semaphore permits, Supplier<T> work) {
        long begun = System.nanoTime();
        try {
            if (!permits.tryAcquire(POOL_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new DatabaseUnavailableException(
                        "too many requests are waiting for the database", new TimeoutException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailableException("interrupted while waiting for the database", e);
        }
        try {
            if (awayNanos.get() - begun > 0) {
                throw new DatabaseUnavailableException("the database is not available", new TimeoutException());
            }
            return work.get();
        } catch (DatabaseUnavailableException e) {
            if (SqlFailures.isAway(e)) {
                awayNanos.set(System.nanoTime());
            }
            throw e;
        } finally {
            permits.release();
        }
    }

    /**
     * Runs work whose statements are each committed on their own, in the same round trip.
     *
     * @throws DatabaseUnavailableException as {@link #inTransaction} does
     */
    public <T extends @Nullable Object> T withoutTransaction(JdbcWork<T> work) {
        try (HangWatch.Call call = hangs.call();
                Connection connection = pool.getConnection()) {
            call.waitsFor(connection);
            connection.setAutoCommit(true); // the pool resets it
            return work.execute(connection);
        } catch (SQLException e) {
            storeState.note(e);
            throw SqlFailures.isUnavailable(e)
                    ? new DatabaseUnavailableException("the database is not available", e)
                    : new IllegalStateException("the database rejected a statement", e);
        }
    }

    /**
     * Compares the entities with the tables. Flyway has brought these to their version, so a test is enough.
     *
     * @throws org.hibernate.HibernateException naming the column that an entity expects and the schema lacks
     */
    void validateEntities() {
        sessions.getSchemaManager().validateMappedObjects();
    }

    /** What is wrong with the database, in words for any caller; empty if it answers within a second and can store. */
    public Optional<String> problem() {
        try (Connection connection = pool.getConnection()) {
            boolean valid = connection.isValid(1);
            boolean stores = valid && storeState.canStore(connection);
            connection.rollback(); // the check began a transaction, which the pool doesn't notice
            return !valid
                    ? Optional.of("does not answer")
                    : stores ? Optional.empty() : Optional.of("can't store; its disk is full or broken");
        } catch (SQLException e) {
            return Optional.of("does not answer");
        }
    }

    /** Whether the database answers within a second, once a connection is free, and can store. */
    public boolean isAvailable() {
        return problem().isEmpty();
    }

    /** How many statements have failed because the database's disk is full or broken. */
    public long diskFailures() {
        return storeState.failures();
    }

    /** The threads beside the pool's. */
    public List<WatchedLoop> loops() {
        return List.of(hangs.loop());
    }

    /** The pool, for callers that run their own statements. */
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        hangs.close();
        sessions.close();
        connections.close();
        pool.close();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static ConnectionSource connections(DatabaseSettings settings) {
        Properties properties = new Properties();
        Map.of(
                        "connectTimeout",
                        CONNECT_SECONDS,
                        "socketTimeout",
                        SOCKET_SECONDS,
                        "tcpKeepAlive",
                        true,
                        "reWriteBatchedInserts",
                        true,
                        "ApplicationName",
                        "tradeops")
                .forEach((name, value) -> properties.setProperty(name, value.toString()));
        return new ConnectionSource(new DriverDataSource(
                settings.url(), null, properties, orNull(settings.user()), orNull(settings.password())));
    }

    private static HikariDataSource pool(DatabaseSettings settings, ConnectionSource connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("tradeops");
        config.setDataSource(connections);
        config.setMaximumPoolSize(settings.connections());
        config.setConnectionTimeout(POOL_WAIT_MILLIS);
        config.setValidationTimeout(VALIDATION_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.setConnectionInitSql(SESSION_LIMITS);
        config.setIsolateInternalQueries(
                true); // otherwise a new connection idles in the transaction that set its limits
        return new HikariDataSource(config);
    }

    private static SessionFactory sessionFactory(DataSource pool, List<Class<?>> entities) {
        Configuration configuration = new Configuration();
        entities.forEach(configuration::addAnnotatedClass);
        configuration.getProperties().put("hibernate.connection.datasource", pool);
        configuration.setProperty("hibernate.hbm2ddl.auto", "none");
        configuration.setProperty("hibernate.jdbc.time_zone", "UTC");
        configuration.setProperty("hibernate.connection.provider_disables_autocommit", "true");
        return configuration.buildSessionFactory();
    }
}

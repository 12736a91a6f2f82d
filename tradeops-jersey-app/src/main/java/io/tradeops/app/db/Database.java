package io.tradeops.app.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One PostgreSQL database: a pool of connections, the schema at its newest version, sessions. Thread-safe. */
public final class Database implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Database.class);

    private static final long POOL_WAIT_MILLIS = 2_500;
    private static final long VALIDATION_MILLIS = 1_000;

    /** Readers have one connection in so many: more at once don't read faster, and writers find one free. */
    private static final int READER_SHARE = 4;

    private static final int CONNECT_SECONDS = 3;
    private static final int SOCKET_SECONDS = 30;

    /** SQL states of a server that is going away, coming up, or of a session that ran into its limits. */
    private static final Set<String> UNAVAILABLE_STATES = Set.of(
            "57P01", "57P02", "57P03", "57014", "55P03",
            "25P03", // and of one that only reads, or lets others go first:
            "25006", "40001", "40P01");

    /** The class of SQL states of a server without connections, memory or disk left. */
    private static final String OUT_OF_RESOURCES = "53";

    /** The statement's limit is below the socket's, so that the server gives up first and says so. */
    private static final String SESSION_LIMITS = "set statement_timeout = '25s'; set lock_timeout = '10s'; "
            + "set idle_in_transaction_session_timeout = '60s'";

    private final DatabaseSettings settings;
    private final ConnectionSource connections;
    private final HikariDataSource pool;

    /** The pool gives a connection to whoever asks at the right moment; a queue before it keeps the slowest from starving. */
    private final Semaphore readers;

    private final SessionFactory sessions;
    private final AtomicLong awayNanos = new AtomicLong(System.nanoTime() - 1);

    private Database(
            DatabaseSettings settings, ConnectionSource connections, HikariDataSource pool, SessionFactory sessions) {
        this.settings = settings;
        this.connections = connections;
        this.pool = pool;
        this.readers = new Semaphore(Math.max(1, settings.connections() / READER_SHARE), true);
        this.sessions = sessions;
    }

    /**
     * Connects and brings the schema to its newest version.
     *
     * @param entities the classes that are mapped
     * @throws DatabaseUnavailableException if the database can't be reached, naming its URL
     */
    public static Database open(DatabaseSettings settings, List<Class<?>> entities) {
        ConnectionSource connections = connections(settings);
        HikariDataSource pool = pool(settings, connections);
        try {
            try (Connection connection = pool.getConnection()) {
                log.debug("connected to {}", connection.getMetaData().getDatabaseProductVersion());
            }
            Flyway.configure() // connections of its own: a migration may take its time
                    .dataSource(settings.url(), orNull(settings.user()), orNull(settings.password()))
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return new Database(settings, connections, pool, sessionFactory(pool, entities));
        } catch (SQLException e) {
            pool.close();
            throw new DatabaseUnavailableException(
                    "database " + MaskedUrl.of(settings.url()) + " can't be reached: " + Causes.rootMessage(e), e);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * Runs work in a transaction and commits it.
     *
     * @throws DatabaseUnavailableException if the database can't be reached or went away; nothing is promised then
     */
    public <T extends @Nullable Object> T inTransaction(Function<StatelessSession, T> work) {
        try {
            return sessions.fromStatelessTransaction(work);
        } catch (RuntimeException e) {
            throw isUnavailable(e) ? new DatabaseUnavailableException("the database is not available", e) : e;
        }
    }

    /**
     * Opens a session outside of the pool that alone holds a lock.
     *
     * @param name what is locked
     * @return the session; empty if another one, of any process, holds the lock
     * @throws DatabaseUnavailableException if the database can't be reached
     */
    public Optional<LockedSession> tryLock(String name) {
        return LockedSession.tryOpen(settings, name);
    }

    /** Work on the JDBC connection of a transaction. */
    @FunctionalInterface
    public interface JdbcWork<T extends @Nullable Object> {

        /** Does it. */
        T execute(Connection connection) throws SQLException;
    }

    /** As {@link #inTransaction}, with the transaction's JDBC connection. */
    public <T extends @Nullable Object> T withConnection(JdbcWork<T> work) {
        return inTransaction(session -> session.doReturningWork(work::execute));
    }

    /**
     * Runs statements that only read, without the two round trips of a transaction. Those who have to wait for their turn
     * get it in the order in which they came.
     *
     * @throws DatabaseUnavailableException as {@link #inTransaction} does, or if there is no turn in time
     */
    public <T extends @Nullable Object> T query(JdbcWork<T> work) {
        return inTurn(readers, () -> withoutTransaction(work));
    }

    /**
     * Does something with this database when its turn comes. Those who wait when the database is found to be away don't wait
     * for the same once more.
     *
     * @param turns as many as may do it at a time
     * @throws DatabaseUnavailableException if there is no turn within {@value #POOL_WAIT_MILLIS} ms, or the database is away
     */
    public <T extends @Nullable Object> T inTurn(Semaphore turns, Supplier<T> work) {
        long begun = System.nanoTime();
        try {
            if (!turns.tryAcquire(POOL_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new DatabaseUnavailableException("too many are waiting for the database", new TimeoutException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailableException("interrupted before its turn", e);
        }
        try {
            if (awayNanos.get() - begun > 0) {
                throw new DatabaseUnavailableException("the database is not available", new TimeoutException());
            }
            return work.get();
        } catch (DatabaseUnavailableException e) {
            if (isAway(e)) {
                awayNanos.set(System.nanoTime());
            }
            throw e;
        } finally {
            turns.release();
        }
    }

    /**
     * Runs work each statement of which is committed by itself, in the same round trip.
     *
     * @throws DatabaseUnavailableException as {@link #inTransaction} does
     */
    public <T extends @Nullable Object> T withoutTransaction(JdbcWork<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(true); // the pool sets it back
            return work.execute(connection);
        } catch (SQLException e) {
            throw isUnavailable(e)
                    ? new DatabaseUnavailableException("the database is not available", e)
                    : new IllegalStateException("the database refused a statement", e);
        }
    }

    /** Whether the database answers now. */
    public boolean isAvailable() {
        try (Connection connection = pool.getConnection()) {
            boolean valid = connection.isValid(1);
            connection.rollback(); // the check has begun a transaction, which the pool doesn't see
            return valid;
        } catch (SQLException e) {
            return false;
        }
    }

    /** The pool, for those who bring their own statements. */
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
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
                true); // else a new connection idles in the transaction that has set its limits
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

    /** Whether the database as a whole is, or no connection to it can be had; not just for one statement. */
    private static boolean isAway(Throwable thrown) {
        return isOf(thrown, state -> state.startsWith("08") || state.startsWith("57P"));
    }

    private static boolean isUnavailable(Throwable thrown) {
        return isOf(
                thrown,
                state -> state.startsWith("08")
                        || state.startsWith(OUT_OF_RESOURCES)
                        || UNAVAILABLE_STATES.contains(state));
    }

    private static boolean isOf(Throwable thrown, Predicate<String> states) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException || cause instanceof SQLRecoverableException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return states.test(sql.getSQLState());
            }
        }
        return false;
    }
}

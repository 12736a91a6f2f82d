package io.tradeops.app.db;

import io.tradeops.jobs.thread.WatchedLoop;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database session that holds a lock, which one session of all processes can hold at a time. Its work runs under the
 * lock: the server ends session and lock together, so a holder that has lost the lock can't write any more.
 *
 * <p>A holder whose process is stopped or cut off loses the lock after 5 s of silence. The server ends such a session
 * if it is idle. If a statement of it waits for data, the next session that tries to get the lock ends it. A holder
 * whose process runs holds the lock even while its own work is stuck. Thread-safe.
 */
public final class LockedSession implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LockedSession.class);

    private static final int CONNECT_SECONDS = 3;
    private static final int SOCKET_SECONDS = 10;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Limits that the server enforces. A server without TCP keep-alive settings ignores them. */
    private static final String LIMITS = """
            set idle_session_timeout = '5s';
            set idle_in_transaction_session_timeout = '5s';
            set tcp_keepalives_idle = 2;
            set tcp_keepalives_interval = 1;
            set tcp_keepalives_count = 3
            """;

    /** No timeout of the server ends a session whose statement, such as a COPY, waits for data from its client. */
    private static final String END_SILENT_HOLDER = """
            select pg_terminate_backend(holder.pid) from pg_locks held join pg_stat_activity holder on holder.pid = held.pid
            where held.locktype = 'advisory' and held.granted and held.objsubid = 1
                and held.database = (select oid from pg_database where datname = current_database())
                and (held.classid::bigint << 32 | held.objid::bigint) = ?
                and holder.state = 'active' and holder.wait_event = 'ClientRead'
                and clock_timestamp() - holder.query_start > interval '5 seconds'
            """;

    private final Connection connection;
    private final StoreState storeState;
    private final ReentrantLock inUse = new ReentrantLock();
    private final WatchedLoop keepAlive =
            WatchedLoop.of("database-lock", LIMIT, this::keepAlive).withPause(KEEP_ALIVE);
    private volatile boolean lost;

    private LockedSession(Connection connection, StoreState storeState) {
        this.connection = connection;
        this.storeState = storeState;
    }

    static Optional<LockedSession> tryOpen(DatabaseSettings settings, String name, StoreState storeState) {
        Connection connection = null;
        try {
            connection = connect(settings);
            if (!lock(connection, key(name))) {
                endSilentHolder(connection, key(name));
                connection.close();
                return Optional.empty();
            }
            LockedSession session = new LockedSession(connection, storeState);
            session.keepAlive.start();
            return Optional.of(session);
        } catch (SQLException e) {
            closeQuietly(connection);
            throw new DatabaseUnavailableException(
                    "opening a session for the lock '" + name + "' failed: " + e.getMessage(), e);
        }
    }

    /**
     * Runs work in a transaction of the session and commits it.
     *
     * @throws DatabaseUnavailableException if the session has ended, and the lock with it; then it is not known whether
     *     the work was committed. Or if the same work may succeed later, such as with a full disk; then it is rolled
     *     back, and the lock is still held
     * @throws IllegalStateException if the database rejected the work, which is rolled back; the lock is still held
     */
    public <T extends @Nullable Object> T inTransaction(Database.JdbcWork<T> work) {
        inUse.lock();
        try {
            T result = work.execute(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            if (!rollBack()) {
                lost = true;
                throw new DatabaseUnavailableException("the session that holds the lock has ended", e);
            }
            storeState.note(e);
            throw SqlFailures.isUnavailable(e)
                    ? new DatabaseUnavailableException("the database can't do the work now: " + e.getMessage(), e)
                    : new IllegalStateException("the database rejected the work: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            rollBackOrLose(); // else the next work would commit what this one has written
            throw e;
        } finally {
            inUse.unlock();
        }
    }

    private void rollBackOrLose() {
        boolean rolledBack = false;
        try {
            rolledBack = rollBack();
        } finally {
            if (!rolledBack) {
                lost = true;
            }
        }
    }

    /** Whether the lock is held, as far as this process knows. */
    public boolean isHeld() {
        return !lost;
    }

    /** Ends the session and releases the lock. */
    @Override
    public void close() {
        lost = true;
        keepAlive.cancel();
        closeQuietly(connection);
    }

    private void keepAlive() {
        // work that uses the session keeps it alive
        if (!lost && inUse.tryLock()) {
            try {
                if (!rollBack()) {
                    log.warn("the session that holds a lock has ended");
                    lost = true;
                }
            } finally {
                inUse.unlock();
            }
        }
    }

    /** Whether the server answers; if it does, no transaction is open afterwards. */
    private boolean rollBack() {
        try {
            connection.rollback();
            boolean answers = connection.isValid(CONNECT_SECONDS);
            connection.rollback();
            return answers;
        } catch (SQLException e) {
            log.debug("rollback failed: {}", e.getMessage());
            return false;
        }
    }

    private static Connection connect(DatabaseSettings settings) throws SQLException {
        Properties properties = new Properties();
        if (!settings.user().isEmpty()) {
            properties.setProperty("user", settings.user());
        }
        if (!settings.password().isEmpty()) {
            properties.setProperty("password", settings.password());
        }
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        properties.setProperty("loginTimeout", String.valueOf(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", String.valueOf(SOCKET_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "tradeops lock");
        return DriverManager.getConnection(settings.url(), properties);
    }

    private static boolean lock(Connection connection, long key) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(LIMITS);
        }
        connection.setAutoCommit(false);
        boolean locked =
                Sql.single(connection, "select pg_try_advisory_lock(?) as locked", row -> row.flag("locked"), key);
        connection.commit();
        return locked;
    }

    /** This may also end a holder that is only slow. That does no harm: it tries to get the lock again. */
    private static void endSilentHolder(Connection connection, long key) {
        try {
            Sql.forEach(
                    connection,
                    END_SILENT_HOLDER,
                    0,
                    ended -> log.warn("the holder of a lock has sent nothing for 5 s; its session is ended"),
                    key);
            connection.commit();
        } catch (SQLException e) { // the holder may be of another database user
            log.debug("a silent holder of a lock was not ended: {}", e.getMessage());
        }
    }

    /** The key must not change: processes of different versions compete for the same lock. */
    static long key(String name) {
        return ByteBuffer.wrap(Sha256.of("tradeops lock " + name)).getLong();
    }

    private static void closeQuietly(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("closing a session failed: {}", e.getMessage());
        }
    }
}

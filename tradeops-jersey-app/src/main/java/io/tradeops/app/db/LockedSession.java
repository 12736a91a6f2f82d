package io.tradeops.app.db;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database session that holds a lock which only one session of any process can hold. What is done in it is done under
 * the lock: lock and session end together, in the server, so a holder that has lost the one can't write by the other. The
 * server ends a session that it hasn't heard of for 5 s, so a holder whose process is stopped or cut off loses it, too: by
 * itself while nothing is under way, and by whoever else wants the lock while a statement waits for its data. A holder whose
 * process runs keeps it, also while its own work is stuck. Thread-safe.
 */
public final class LockedSession implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LockedSession.class);

    private static final int CONNECT_SECONDS = 3;
    private static final int SOCKET_SECONDS = 10;
    private static final long SIGN_OF_LIFE_MILLIS = 1_000;

    /** Of the server's side; where it knows no keep-alive for its sockets it ignores those settings. */
    private static final String LIMITS = """
            set idle_session_timeout = '5s';
            set idle_in_transaction_session_timeout = '5s';
            set tcp_keepalives_idle = 2;
            set tcp_keepalives_interval = 1;
            set tcp_keepalives_count = 3
            """;

    /** No timeout of the server's ends a session in the middle of a statement whose data don't come, such as a COPY. */
    private static final String END_SILENT_HOLDER = """
            select pg_terminate_backend(holder.pid) from pg_locks held join pg_stat_activity holder on holder.pid = held.pid
            where held.locktype = 'advisory' and held.granted and held.objsubid = 1
                and held.database = (select oid from pg_database where datname = current_database())
                and (held.classid::bigint << 32 | held.objid::bigint) = ?
                and holder.state = 'active' and holder.wait_event = 'ClientRead'
                and clock_timestamp() - holder.query_start > interval '5 seconds'
            """;

    private final Connection connection;
    private final ReentrantLock inUse = new ReentrantLock();
    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "database-lock");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean lost;

    private LockedSession(Connection connection) {
        this.connection = connection;
    }

    static Optional<LockedSession> tryOpen(DatabaseSettings settings, String name) {
        Connection connection = null;
        try {
            connection = connect(settings);
            if (!lock(connection, key(name))) {
                endSilentHolder(connection, key(name));
                connection.close();
                return Optional.empty();
            }
            LockedSession session = new LockedSession(connection);
            var unused = session.keeper.scheduleWithFixedDelay(
                    session::giveSignOfLife, SIGN_OF_LIFE_MILLIS, SIGN_OF_LIFE_MILLIS, TimeUnit.MILLISECONDS);
            return Optional.of(session);
        } catch (SQLException e) {
            closeQuietly(connection);
            throw new DatabaseUnavailableException("no session for the lock '" + name + "': " + e.getMessage(), e);
        }
    }

    /**
     * Runs work in a transaction of the session and commits it.
     *
     * @throws DatabaseUnavailableException if the session has ended, and the lock with it; whether the work was
     *     committed is not known then
     * @throws IllegalStateException if the database refused the work, which is rolled back; the lock is still held
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
            throw new IllegalStateException("the database refused it: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            lost |= !rollBack();
            throw e;
        } finally {
            inUse.unlock();
        }
    }

    /** Whether the lock is held, as far as is known. */
    public boolean isHeld() {
        return !lost;
    }

    /** Ends the session, and the lock with it. */
    @Override
    public void close() {
        lost = true;
        keeper.shutdownNow();
        closeQuietly(connection);
    }

    private void giveSignOfLife() {
        // whoever uses the session gives one
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

    /** Whether the server answers; no transaction is open then. */
    private boolean rollBack() {
        try {
            connection.rollback();
            boolean answers = connection.isValid(CONNECT_SECONDS);
            connection.rollback();
            return answers;
        } catch (SQLException e) {
            log.debug("no rollback: {}", e.getMessage());
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
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                boolean locked = rows.getBoolean(1);
                connection.commit();
                return locked;
            }
        }
    }

    /** A holder that is slow rather than silent can lose it by this, which harms nothing: it asks for it again. */
    private static void endSilentHolder(Connection connection, long key) {
        try (PreparedStatement statement = connection.prepareStatement(END_SILENT_HOLDER)) {
            statement.setLong(1, key);
            try (ResultSet ended = statement.executeQuery()) {
                while (ended.next()) {
                    log.warn("the holder of a lock has sent nothing for 5 s; its session is ended");
                }
            }
            connection.commit();
        } catch (SQLException e) { // it may be another user's
            log.debug("a silent holder was not ended: {}", e.getMessage());
        }
    }

    /** The same in every version of ours and of PostgreSQL. */
    private static long key(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("tradeops lock " + name).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void closeQuietly(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("session did not close: {}", e.getMessage());
        }
    }
}

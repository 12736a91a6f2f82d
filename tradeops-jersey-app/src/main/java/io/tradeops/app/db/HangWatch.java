package io.tradeops.app.db;

import io.tradeops.jobs.thread.WatchedLoop;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the connections that wait for a database that hangs: one that accepts connections, but answers nothing. Their
 * own socket timeout is long, because a statement may be. While calls wait, a small statement on a connection of its
 * own tells the two apart. Thread-safe.
 */
final class HangWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HangWatch.class);

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_WAIT = Duration.ofSeconds(3);
    private static final long PERIOD_MILLIS = 400;
    private static final int LIMIT_SECONDS = 2;
    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1_900);

    private final DatabaseSettings settings;
    private final Map<Connection, Call> waiting = new ConcurrentHashMap<>();
    private final WatchedLoop loop =
            WatchedLoop.of("database-watch", LIMIT, this::step).withPause(Duration.ofMillis(PERIOD_MILLIS));

    /** Only the thread uses it, until the thread has ended. */
    private volatile @Nullable Connection own;

    private HangWatch(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** Starts to watch a database. */
    static HangWatch start(DatabaseSettings settings) {
        HangWatch watch = new HangWatch(settings);
        watch.loop.start();
        return watch;
    }

    /** A call that may wait for the database. Not thread-safe. */
    final class Call implements AutoCloseable {

        private @Nullable Connection connection;

        private Call() {}

        /** Tells on which of the pool's connections the call waits from now on. */
        void waitsFor(Connection pooled) throws SQLException {
            Connection raw = (Connection) pooled.unwrap(PGConnection.class);
            connection = raw;
            waiting.put(raw, this);
        }

        /** The call has ended. */
        @Override
        public void close() {
            if (connection != null) {
                waiting.remove(connection, this); // the pool may have given it to another call
            }
        }
    }

    /** The thread that watches. */
    WatchedLoop loop() {
        return loop;
    }

    /** Begins a call. */
    Call call() {
        return new Call();
    }

    @Override
    public void close() {
        loop.stop(STOP_WAIT);
        closeOwn();
    }

    private void step() {
        long begun = System.nanoTime();
        try {
            if (own == null || !waiting.isEmpty()) {
                ask();
            }
        } catch (SQLException e) {
            closeOwn();
            if (System.nanoTime() - begun > LIMIT_NANOS) {
                abort();
            }
        }
    }

    private void ask() throws SQLException {
        Connection connection = own;
        if (connection == null) {
            connection = connect();
            own = connection;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", "1"); // of several hosts, the next one gets its turn
        properties.setProperty("loginTimeout", String.valueOf(LIMIT_SECONDS));
        properties.setProperty("socketTimeout", String.valueOf(LIMIT_SECONDS));
        properties.setProperty("ApplicationName", "tradeops-watch");
        if (!settings.user().isEmpty()) {
            properties.setProperty("user", settings.user());
        }
        if (!settings.password().isEmpty()) {
            properties.setProperty("password", settings.password());
        }
        return DriverManager.getConnection(settings.url(), properties);
    }

    private void abort() {
        if (waiting.isEmpty()) {
            return;
        }
        log.warn("the database hangs; closing connections that wait for it: {}", waiting.size());
        for (Connection connection : List.copyOf(waiting.keySet())) {
            waiting.remove(connection);
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                log.debug("a connection is closed already", e);
            }
        }
    }

    private void closeOwn() {
        Connection connection = own;
        own = null;
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("the connection of the watch is closed already", e);
        }
    }
}

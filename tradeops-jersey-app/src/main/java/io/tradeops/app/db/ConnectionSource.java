package io.tradeops.app.db;

import com.zaxxer.hikari.util.DriverDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Opens the pool's connections. After the first connection it retries a database that is away every {@value
 * #PAUSE_MILLIS} ms. The pool alone would double its pause up to five seconds, and would notice that late that the
 * database is back. Thread-safe.
 */
final class ConnectionSource implements DataSource, AutoCloseable {

    private static final long PAUSE_MILLIS = 250;

    /** The class of SQL states of failed connections. */
    private static final String CONNECTION_FAILED = "08";

    /** The prefix of SQL states of a server that shuts down or starts. */
    private static final String OPERATOR_INTERVENES = "57P0";

    private final DriverDataSource driver;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean connected;

    /** Connections of a driver, which tries to connect once. */
    ConnectionSource(DriverDataSource driver) {
        this.driver = driver;
    }

    @Override
    public Connection getConnection() throws SQLException {
        while (true) {
            try {
                Connection connection = driver.getConnection();
                connected = true;
                return connection;
            } catch (SQLException e) {
                if (!connected || !isAway(e) || isClosedAfterPause()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return driver.getConnection(user, password);
    }

    /** Stops the retries; a call that waits for the database fails. */
    @Override
    public void close() {
        closed.countDown();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return driver.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        driver.setLogWriter(out);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return driver.getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        driver.setLoginTimeout(seconds);
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return driver.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return driver.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return driver.isWrapperFor(type);
    }

    private boolean isClosedAfterPause() {
        try {
            return closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith(CONNECTION_FAILED) || state.startsWith(OPERATOR_INTERVENES));
    }
}

package io.tradeops.app.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database can store. A server whose disk is full still answers queries, so this remembers statements that
 * failed because of the disk. Afterwards the database counts as unable to store until no statement has failed so for 5 s
 * and the server has written a temporary file. Thread-safe.
 */
final class StoreState {

    private static final Logger log = LoggerFactory.getLogger(StoreState.class);

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Sorts more than it may in memory. It changes no table and writes no WAL, for which a full disk ends the server. */
    private static final String WRITE_TEMPORARY_FILE = """
            set local work_mem = '64kB';
            select count(*) from (select n from generate_series(1, 50000) as n order by n % 997, n offset 0) as sorted
            """;

    private final AtomicLong failures = new AtomicLong();
    private volatile boolean failed;
    private volatile long failedNanos;

    /** Notes a failure if it is one of the disk. */
    void note(Throwable thrown) {
        if (SqlFailures.isOfDisk(thrown)) {
            failures.incrementAndGet();
            failedNanos = System.nanoTime();
            if (!failed) {
                failed = true;
                log.error("the database can't store: {}", Causes.rootMessage(thrown));
            }
        }
    }

    /** How many statements failed because of the disk. */
    long failures() {
        return failures.get();
    }

    /** Whether the database can store, as far as is known. May run a query. */
    boolean canStore(Connection connection) throws SQLException {
        if (!failed) {
            return true;
        }
        if (System.nanoTime() - failedNanos < QUIET_NANOS) {
            return false;
        }
        try (var statement = connection.createStatement()) {
            statement.execute(WRITE_TEMPORARY_FILE);
        } catch (SQLException e) {
            note(e);
            return false;
        }
        failed = false;
        log.info("the database can store again");
        return true;
    }
}

package io.tradeops.app.db;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.function.Predicate;

/** Tells failures of the database apart by their SQL states. Static functions; thread-safe. */
final class SqlFailures {

    /** SQL states of a server that shuts down or starts, and of a session that reached one of its limits. */
    private static final Set<String> UNAVAILABLE_STATES = Set.of(
            "57P01", "57P02", "57P03", "57014", "55P03",
            "25P03", // also of a read-only server, and of a transaction that gave way to another:
            "25006", "40001", "40P01");

    private static final String CONNECTION = "08";

    /** The class of SQL states of a server that is out of connections, memory or disk space. */
    private static final String OUT_OF_RESOURCES = "53";

    /** The class of SQL states of a server that fails to read or write its files. */
    private static final String SYSTEM = "58";

    private static final String DISK_FULL = "53100";

    private SqlFailures() {}

    /** Whether the same statement may succeed later. */
    static boolean isUnavailable(Throwable thrown) {
        return hasLostConnection(thrown)
                || hasSqlState(
                        thrown,
                        state -> state.startsWith(CONNECTION)
                                || state.startsWith(OUT_OF_RESOURCES)
                                || state.startsWith(SYSTEM)
                                || UNAVAILABLE_STATES.contains(state));
    }

    /** Whether no connection can be opened, rather than one statement being interrupted. */
    static boolean isAway(Throwable thrown) {
        return hasLostConnection(thrown)
                || hasSqlState(thrown, state -> state.startsWith(CONNECTION) || state.startsWith("57P"));
    }

    /** Whether the server's disk is full or broken. */
    static boolean isOfDisk(Throwable thrown) {
        return hasSqlState(thrown, state -> state.equals(DISK_FULL) || state.startsWith(SYSTEM));
    }

    private static boolean hasLostConnection(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException || cause instanceof SQLRecoverableException) {
                return true;
            }
        }
        return false;
    }

    /** The state that is nearest to the cause that was thrown. */
    private static boolean hasSqlState(Throwable thrown, Predicate<String> states) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return states.test(sql.getSQLState());
            }
        }
        return false;
    }
}

package io.tradeops.app.db;

/** The database is not reachable or doesn't answer in time. The same call may succeed later. */
public final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception with a message and its cause. */
    public DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.tradeops.app.db;

/** The database can't be reached or doesn't answer in time; the same call may succeed later. */
public final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An outage with its cause. */
    public DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

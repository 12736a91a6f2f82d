package io.tradeops.jobs;

/** A job can't be queued because the database is away; the same call may succeed later. */
public final class JobQueueUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JobQueueUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

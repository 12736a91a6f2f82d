package io.tradeops.jobs;

/** The database of the job queue is not available. The same call may succeed later. */
public final class JobQueueUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JobQueueUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.tradeops.app.db;

/** Explains failures in one line. Static functions; thread-safe. */
public final class Causes {

    private Causes() {}

    /** The message nearest to the root cause; the root cause's class name if no cause has a message. */
    public static String rootMessage(Throwable thrown) {
        String message = thrown.getMessage();
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
            message = root.getMessage() == null ? message : root.getMessage();
        }
        return message == null ? root.getClass().getName() : message;
    }
}

package io.tradeops.app.db;

/** Why something failed, in a line. */
public final class Causes {

    private Causes() {}

    /** The message that is nearest to the root; the root's class where no cause has one. */
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

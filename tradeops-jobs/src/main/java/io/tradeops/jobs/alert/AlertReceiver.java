package io.tradeops.jobs.alert;

import java.io.IOException;
import java.util.UUID;

/** Where alerts are pushed. Implementations are thread-safe. */
@FunctionalInterface
public interface AlertReceiver {

    /** What a receiver says. */
    enum Answer {
        /** It has the alert. */
        TAKEN,
        /** It doesn't want the alert, now or later. */
        GONE
    }

    /**
     * Pushes an alert.
     *
     * @param alert its id, by which the receiver can tell a repetition
     * @param json the alert
     * @throws IOException if it didn't take the alert, which may succeed later
     */
    Answer push(UUID alert, String json) throws IOException;
}

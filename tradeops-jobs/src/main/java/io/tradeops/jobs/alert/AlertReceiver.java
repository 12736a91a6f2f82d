package io.tradeops.jobs.alert;

import java.io.IOException;
import java.util.UUID;

/** The receiver of pushed alerts. Implementations are thread-safe. */
@FunctionalInterface
public interface AlertReceiver {

    /** The receiver's answer to a push. */
    enum Answer {
        /** The receiver has the alert. */
        TAKEN,
        /** The receiver refuses the alert for good. */
        GONE
    }

    /**
     * Pushes an alert.
     *
     * @param alert its id, by which the receiver recognizes a repeated push
     * @param json the alert
     * @throws IOException if the receiver didn't take the alert; another attempt may succeed
     */
    Answer push(UUID alert, String json) throws IOException;
}

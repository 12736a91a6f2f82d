package io.tradeops.app.alert;

import java.time.Duration;

/**
 * The limits of the alert stream. Immutable.
 *
 * @param clients the most clients at the same time
 * @param heartbeat the time between two heartbeats
 * @param stall how long a client may read nothing while events are queued for it
 */
record StreamLimits(int clients, Duration heartbeat, Duration stall) {

    static final StreamLimits DEFAULT = new StreamLimits(500, Duration.ofSeconds(10), Duration.ofSeconds(30));
}

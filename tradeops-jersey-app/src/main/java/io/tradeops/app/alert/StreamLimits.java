package io.tradeops.app.alert;

import java.time.Duration;

/**
 * What the stream of alerts bears. Immutable.
 *
 * @param clients how many clients there may be at the same time
 * @param heartbeat how often each hears something
 * @param stall how long one may take nothing of what waits for it
 */
record StreamLimits(int clients, Duration heartbeat, Duration stall) {

    static final StreamLimits DEFAULT = new StreamLimits(500, Duration.ofSeconds(10), Duration.ofSeconds(30));
}

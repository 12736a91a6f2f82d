package io.tradeops.app.alert;

import java.time.Duration;

/**
 * The limits of the alert stream. Immutable.
 *
 * @param clients the most clients at the same time
 * @param clientsPerAddress the most of them with one address
 * @param heartbeat the time between two heartbeats
 * @param stall how long a client may read nothing while events are queued for it
 */
record StreamLimits(int clients, int clientsPerAddress, Duration heartbeat, Duration stall) {

    private static final int CLIENTS = 500;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration STALL = Duration.ofSeconds(30);

    /** 500 clients, a heartbeat every 10 s, and 30 s without reading. */
    static StreamLimits of(int clientsPerAddress) {
        return new StreamLimits(CLIENTS, clientsPerAddress, HEARTBEAT, STALL);
    }
}

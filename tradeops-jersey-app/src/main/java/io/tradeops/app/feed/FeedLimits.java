package io.tradeops.app.feed;

/**
 * The limits of a feed. Immutable.
 *
 * @param retained the most ticks in the replay buffer, at least 1
 * @param connections the most clients, at least 1
 * @param connectionsPerAddress the most clients of one address, at least 1
 */
public record FeedLimits(int retained, int connections, int connectionsPerAddress) {

    /** 65,536 ticks, 2,000 clients, 1,000 of one address. */
    public static final FeedLimits DEFAULT = new FeedLimits(1 << 16, 2_000, 1_000);

    /** A copy with another limit on the clients of one address. */
    public FeedLimits withConnectionsPerAddress(int clients) {
        return new FeedLimits(retained, connections, clients);
    }

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public FeedLimits {
        requirePositive("retained", retained);
        requirePositive("connections", connections);
        requirePositive("connectionsPerAddress", connectionsPerAddress);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }
}

package io.tradeops.app.db;

/**
 * Which database and how many connections. Immutable.
 *
 * @param url a JDBC URL, {@code jdbc:postgresql://…}
 * @param user the user's name; empty if the URL says
 * @param password the user's password; empty if the URL says
 * @param connections the most connections at the same time, at least 1
 */
public record DatabaseSettings(String url, String user, String password, int connections) {

    /** @throws IllegalArgumentException if it is not a PostgreSQL URL or there are no connections */
    public DatabaseSettings {
        requireUrl(url);
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be at least 1: " + connections);
        }
    }

    /** Refuses what is no PostgreSQL URL, naming it with its secrets masked.
     *
     * @throws IllegalArgumentException if it is none */
    public static void requireUrl(String url) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "TRADEOPS_DATABASE_URL must start with jdbc:postgresql: " + MaskedUrl.of(url));
        }
    }

    /** These settings with another number of connections. */
    public DatabaseSettings withConnections(int most) {
        return new DatabaseSettings(url, user, password, most);
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + MaskedUrl.of(url) + ", user=" + user + "]";
    }
}

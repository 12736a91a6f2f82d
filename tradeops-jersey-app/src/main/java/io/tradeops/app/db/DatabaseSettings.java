package io.tradeops.app.db;

/**
 * The address of a database, and the size of its pool. Immutable.
 *
 * @param url a JDBC URL, {@code jdbc:postgresql://…}
 * @param user the user's name; empty if it is in the URL
 * @param password the user's password; empty if it is in the URL
 * @param connections the size of the pool, at least 1
 */
public record DatabaseSettings(String url, String user, String password, int connections) {

    /** @throws IllegalArgumentException if the URL is not one of PostgreSQL, or connections is less than 1 */
    public DatabaseSettings {
        requireUrl(url);
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be at least 1: " + connections);
        }
    }

    /** Checks that a URL is one of PostgreSQL.
     *
     * @throws IllegalArgumentException if it is not, naming the URL with its secrets masked */
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

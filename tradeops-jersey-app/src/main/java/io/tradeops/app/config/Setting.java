package io.tradeops.app.config;

import io.tradeops.app.feed.market.MarketSettings;

/** The settings. Each has the name of its environment variable without {@code TRADEOPS_}. */
public enum Setting {
    HOST("127.0.0.1", "address that the server binds"),
    PORT("8080", "port of the server; 0: any free port"),
    DATABASE_URL("", "JDBC URL of the database; unset: an embedded PostgreSQL"),
    DATABASE_USER("", "name of the database user"),
    DATABASE_PASSWORD("", "password of the database user", true),
    BUCKET("", "bucket on S3; unset: an embedded S3 with the bucket tradeops"),
    KEY_PREFIX("", "prefix of the bucket's keys, before YYYY/MM/DD; empty, or ends in /"),
    DATA_DIR(".tradeops", "data directory of the embedded services"),
    FEED_URL("", "feed that the monitor follows and /prices relays; unset: the simulated feed of this process"),
    FEED_SUBSCRIBE(
            "", "JSON objects to send to a vendor's feed, separated by spaces, or none; unset: a TradeOps feed", true),
    FEED_SEED("42", "seed of the simulated feed's random numbers"),
    FEED_RATE("20", "ticks per second of the simulated feed"),
    FEED_TICKERS(
            MarketSettings.DEFAULT_TICKERS,
            "tickers of the simulated feed with their first prices, or the number of tickers to make up"),
    FEED_VOLATILITY("0.02", "largest change of a simulated price from tick to tick, in percent, except for jumps"),
    FEED_KEY("", "API key for the followed feed", true),
    ALERT_PERCENT("2", "an alert is a move of more than this percentage"),
    ALERT_WINDOW("PT60S", "longest time between the two ticks of an alert (ISO 8601)"),
    ALERT_DIRECTION("up", "direction of the moves that are alerts: up, down or both"),
    ALERT_HYSTERESIS(
            "",
            "by how many percent a move must fall below ALERT_PERCENT before its rule can start again; unset: a quarter of"
                    + " it"),
    ALERT_COOLDOWN("PT0S", "time after an alert in which its ticker and rule give no other (ISO 8601)"),
    DASHBOARD_PORT("8000", "port of the job dashboard; 0: any free port"),
    DASHBOARD_USER("", "name of the dashboard user"),
    DASHBOARD_PASSWORD("", "password of the dashboard user; unset: the dashboard is on loopback only", true),
    MAX_REJECT_RATIO("0.01", "largest share of rows that an analysis may reject, 0 to 1"),
    ALLOWED_HOSTS(
            "",
            "names that Host may have, separated by commas; on loopback they are added to the local names, on a network"
                    + " address only these are allowed; unset there: any name"),
    TRUSTED_PROXIES(
            "",
            "addresses and blocks of the proxies whose X-Forwarded-For, -Proto, -Host and Forwarded count, separated by"
                    + " commas; unset: none"),
    RATE_LIMIT(
            "",
            "requests per second of each key or address; 0: no limit; unset: 1000 while there are keys, else no limit"),
    CONNECTIONS_PER_ADDRESS("1500", "most open connections of one address, unless it is a trusted proxy's"),
    FEED_CLIENTS_PER_ADDRESS("1000", "most clients of /prices with one address"),
    EXPORTS_PER_ADDRESS("8", "most exports of GET /trades/ at a time for one address"),
    ALERT_STREAMS_PER_ADDRESS("100", "most clients of /alerts/stream with one address"),
    WEBHOOK_URL("", "http or https URL that alerts are pushed to; unset: no push"),
    WEBHOOK_SECRET("", "secret that signs pushes, at least 16 characters", true),
    WEBHOOK_ALLOW(
            "",
            "host names, addresses and blocks that pushes may go to, separated by commas; unset: any public address");

    private final String defaultValue;
    private final String description;
    private final boolean secret;

    Setting(String defaultValue, String description) {
        this(defaultValue, description, false);
    }

    Setting(String defaultValue, String description, boolean secret) {
        this.defaultValue = defaultValue;
        this.description = description;
        this.secret = secret;
    }

    /** The name of the environment variable. */
    public String variable() {
        return "TRADEOPS_" + name();
    }

    /** The value if the setting is not set. */
    public String defaultValue() {
        return defaultValue;
    }

    /** A description for users. */
    public String description() {
        return description;
    }

    /** Whether the value must not be shown. */
    public boolean isSecret() {
        return secret;
    }
}

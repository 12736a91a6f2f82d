package io.tradeops.app.config;

import io.tradeops.app.feed.market.MarketSettings;

/** Everything that can be set, by the name of its environment variable. */
public enum Setting {
    HOST("127.0.0.1", "address that the server binds"),
    PORT("8080", "port that the server listens on; 0 takes a free one"),
    DATABASE_URL("", "JDBC URL; unset starts an embedded PostgreSQL"),
    DATABASE_USER("", "the database user's name"),
    DATABASE_PASSWORD("", "the database user's password", true),
    BUCKET("", "S3 bucket; unset starts an embedded S3 with a bucket tradeops"),
    KEY_PREFIX("", "what stands before YYYY/MM/DD in the bucket's keys; empty, or ends in /"),
    DATA_DIR(".tradeops", "where the embedded services keep their data"),
    FEED_URL("", "feed that the monitor follows and /prices relays; unset follows this process's simulated feed"),
    FEED_SUBSCRIBE("", "JSON that a vendor's feed is sent for its ticks, or none; unset for a feed of ours", true),
    FEED_SEED("42", "what the simulated feed's randomness begins with"),
    FEED_RATE("20", "ticks a second of the simulated feed"),
    FEED_TICKERS(
            MarketSettings.DEFAULT_TICKERS,
            "tickers of the simulated feed and their prices at the start, or how many to make up"),
    FEED_VOLATILITY("0.02", "the most that a simulated price moves from tick to tick, in percent, jumps aside"),
    FEED_KEY("", "API key for that feed", true),
    ALERT_PERCENT("2", "an alert is a move of more than this percentage"),
    ALERT_WINDOW("PT60S", "within this time (ISO 8601)"),
    ALERT_DIRECTION("up", "up, down or both"),
    ALERT_COOLDOWN("PT0S", "for this time after an alert its ticker and rule give no other (ISO 8601)"),
    DASHBOARD_PORT("8000", "port of the job dashboard; 0 takes a free one"),
    DASHBOARD_USER("", "the dashboard user's name"),
    DASHBOARD_PASSWORD("", "the dashboard user's password; without one, loopback only", true),
    MAX_REJECT_RATIO("0.01", "the greatest share of rows that an analysis may reject"),
    ALLOWED_HOSTS("", "names, with commas, that Host may carry on a loopback address, such as a proxy's"),
    RATE_LIMIT("", "requests a second of each key or address; 0: any; unset: 1000 once there are keys, else any"),
    WEBHOOK_URL("", "http or https URL that alerts are pushed to; unset pushes none"),
    WEBHOOK_SECRET("", "what pushes are signed with, at least 16 characters", true),
    WEBHOOK_ALLOW(
            "", "host names, addresses and blocks, with commas, that pushes may go to; unset: any public address");

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

    /** The environment variable. */
    public String variable() {
        return "TRADEOPS_" + name();
    }

    /** Its value where nothing sets it. */
    public String defaultValue() {
        return defaultValue;
    }

    /** What it sets. */
    public String description() {
        return description;
    }

    /** Whether its value must not be shown. */
    public boolean isSecret() {
        return secret;
    }
}

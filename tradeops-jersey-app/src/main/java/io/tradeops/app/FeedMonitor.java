package io.tradeops.app;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.db.Database;
import io.tradeops.app.db.DatabaseSettings;
import io.tradeops.app.monitor.MonitorSettings;
import io.tradeops.app.monitor.PostgresJournal;
import io.tradeops.app.monitor.PriceMonitor;
import io.tradeops.jobs.thread.LoopWatch;
import java.util.List;
import java.util.function.Consumer;

/** The composition root of a monitor alone, with or without a database. */
public final class FeedMonitor {

    private static final int CONNECTIONS = 4;

    private FeedMonitor() {}

    /**
     * Starts to follow the feed of a configuration. Without a database it stores nothing.
     *
     * @param onAlerts receives new alerts
     * @param parts closes what is started
     * @return the monitor
     * @throws IllegalArgumentException if the configuration has no feed
     */
    public static PriceMonitor start(ServerConfig config, Consumer<List<Alert>> onAlerts, Closer parts) {
        MonitorSettings settings = config.monitor()
                .orElseThrow(
                        () -> new IllegalArgumentException("no feed to follow: give a URL or set TRADEOPS_FEED_URL"));
        Closer own = parts.inner();
        if (config.database().isEmpty()) {
            return watched(own.add(PriceMonitor.startWithoutStore(settings, onAlerts)), own);
        }
        DatabaseSettings address = config.database().get().withConnections(CONNECTIONS);
        Database database = own.add(Database.open(address, AlertRepository.entities()));
        PostgresJournal journal = Repositories.of(database, config).journal(settings.feedName());
        return watched(own.add(PriceMonitor.start(settings, journal, onAlerts)), own);
    }

    private static PriceMonitor watched(PriceMonitor monitor, Closer own) {
        own.add(LoopWatch.start()).add(monitor::loops);
        return monitor;
    }
}

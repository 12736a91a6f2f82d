package io.tradeops.app.cli;

import com.fasterxml.jackson.databind.ObjectWriter;
import io.tradeops.app.Closer;
import io.tradeops.app.ServerConfig;
import io.tradeops.app.Setting;
import io.tradeops.app.Settings;
import io.tradeops.app.alert.Alert;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.db.DatabaseSettings;
import io.tradeops.app.http.Json;
import io.tradeops.app.monitor.MonitorSettings;
import io.tradeops.app.monitor.MonitorStore;
import io.tradeops.app.monitor.PriceMonitor;
import io.tradeops.app.monitor.TickRepository;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Follows a feed and prints its alerts. */
@Command(
        name = "monitor",
        description = {
            "Follows a price feed and prints its alerts as JSON lines, until it is stopped.",
            "With TRADEOPS_DATABASE_URL set, ticks and alerts are stored, by one monitor of a feed at a time;",
            "without it nothing is stored, and the feed is followed from now on."
        },
        mixinStandardHelpOptions = true)
final class MonitorCommand implements Callable<Integer> {

    private static final int CONNECTIONS = 4;

    @Parameters(paramLabel = "URL", arity = "0..1", description = "ws://… or wss://…; TRADEOPS_FEED_URL if not given")
    private String url = "";

    private volatile boolean following;
    private final CompletableFuture<Integer> failed = new CompletableFuture<>();
    private final ObjectWriter json = Json.mapper().writer();
    private final Writer out =
            new BufferedWriter(new OutputStreamWriter(StandardOutput.open(), StandardCharsets.UTF_8));

    MonitorCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings given = TradeOpsCommand.settings();
        ServerConfig config = ServerConfig.of(url.isEmpty() ? given : given.with(Setting.FEED_URL, url));
        URI feed = config.feedUrl()
                .orElseThrow(
                        () -> new IllegalArgumentException("no feed to follow: give a URL or set TRADEOPS_FEED_URL"));
        MonitorSettings settings =
                MonitorSettings.of(feed, MonitorSettings.nameOf(feed), config.feedSubscription(), config.rules());
        Closer parts = Closer.closingAtExit();
        parts.add(this::endWell);
        try (parts) {
            start(config, settings, parts);
            following = true;
            return failed.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UncheckedIOException unwritten ? unwritten.getCause() : new IOException(e);
        }
    }

    private void start(ServerConfig config, MonitorSettings settings, Closer parts) {
        if (config.databaseUrl().isEmpty()) {
            parts.add(PriceMonitor.startWithoutStore(settings, this::print));
            return;
        }
        DatabaseSettings place = new DatabaseSettings(
                config.databaseUrl(), config.databaseUser(), config.databasePassword(), CONNECTIONS);
        Database database = parts.add(Database.open(place, AlertRepository.entities()));
        MonitorStore store = new MonitorStore(
                database,
                new TickRepository(database),
                new AlertRepository(database, config.webhook().isPresent()));
        parts.add(PriceMonitor.start(settings, store, this::print));
    }

    /** To be stopped is how this command ends, so a signal that stops it is no failure. */
    private void endWell() {
        if (following && !failed.isDone()) {
            Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
        }
    }

    private void print(List<Alert> alerts) {
        try {
            for (Alert alert : alerts) {
                out.write(json.writeValueAsString(alert));
                out.write('\n');
            }
            out.flush();
        } catch (IOException e) {
            failed.completeExceptionally(new UncheckedIOException(e));
        }
    }
}

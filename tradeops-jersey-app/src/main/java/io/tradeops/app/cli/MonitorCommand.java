package io.tradeops.app.cli;

import com.fasterxml.jackson.databind.ObjectWriter;
import io.tradeops.app.Closer;
import io.tradeops.app.FeedMonitor;
import io.tradeops.app.alert.Alert;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Setting;
import io.tradeops.app.config.Settings;
import io.tradeops.app.monitor.PriceMonitor;
import io.tradeops.app.rest.Json;
import io.tradeops.jobs.thread.WatchedLoop;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows a feed and prints its alerts. */
@Command(
        name = "monitor",
        description = {
            "Follows a price feed and prints its alerts as JSON lines, until it is stopped.",
            "If TRADEOPS_DATABASE_URL is set, it stores ticks and alerts while no other monitor of the feed does.",
            "Otherwise it stores nothing and follows the feed from now on."
        },
        mixinStandardHelpOptions = true)
final class MonitorCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            converter = Values.FeedUrlConverter.class,
            description = "the feed's address, ws://… or wss://… (default: TRADEOPS_FEED_URL)")
    private @Nullable URI url;

    @Mixin
    private final RuleOptions rule = new RuleOptions();

    @Spec
    private CommandSpec spec;

    private final CompletableFuture<Integer> failed = new CompletableFuture<>();
    private final ObjectWriter json = Json.mapper().writer();
    private final Writer out =
            new BufferedWriter(new OutputStreamWriter(StandardOutput.open(), StandardCharsets.UTF_8));

    MonitorCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings given = rule.applyTo(TradeOpsCommand.settings());
        ServerConfig config = ServerConfig.of(url == null ? given : given.with(Setting.FEED_URL, url.toString()));
        if (config.monitor().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "no feed to follow: give a URL or set TRADEOPS_FEED_URL");
        }
        try (UntilStopped running = UntilStopped.open()) {
            PriceMonitor monitor = FeedMonitor.start(config, this::print, running.parts());
            reportLag(monitor, running.parts());
            return running.await("following the feed", failed);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UncheckedIOException unwritten ? unwritten.getCause() : new IOException(e);
        }
    }

    private static void reportLag(PriceMonitor monitor, Closer parts) {
        LagNotice notice = new LagNotice();
        WatchedLoop checks = WatchedLoop.of(
                        "monitor-lag",
                        LagNotice.CHECK_INTERVAL.multipliedBy(3),
                        () -> notice.check(monitor.secondsBehind(), System.nanoTime())
                                .ifPresent(StandardError::println))
                .withPause(LagNotice.CHECK_INTERVAL)
                .start();
        parts.add(checks::cancel);
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

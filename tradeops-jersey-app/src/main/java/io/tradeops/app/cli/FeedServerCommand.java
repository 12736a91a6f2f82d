package io.tradeops.app.cli;

import io.tradeops.app.Closer;
import io.tradeops.app.FeedServer;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Settings;
import io.tradeops.app.feed.market.MarketSettings;
import io.tradeops.app.feed.market.Scenario;
import io.tradeops.app.feed.market.SimulatedMarket;
import io.tradeops.app.feed.market.TickSource;
import io.tradeops.app.feed.market.TradeFileTicks;
import io.tradeops.core.csv.TradeCsvReader;
import io.tradeops.core.trade.EpochNanos;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves a price feed alone. */
@Command(
        name = "feed",
        description = {
            "Serves only a price feed until it is stopped: a simulated market, a scenario, or a trades file.",
            "TRADEOPS_HOST and _PORT set the address.",
            "TRADEOPS_FEED_SEED, _FEED_RATE, _FEED_TICKERS and _FEED_VOLATILITY set the market."
        },
        mixinStandardHelpOptions = true)
final class FeedServerCommand implements Callable<Integer> {

    private static final int REPLAY_STEP_RATE = 1_000;

    @ArgGroup
    private @Nullable Recording recording;

    @Option(
            names = "--speed",
            paramLabel = "N",
            converter = Values.SpeedConverter.class,
            description = "replay a scenario or a file this many times faster than in real time (default: 1)")
    private @Nullable Double speed;

    @Option(
            names = "--first-seq",
            paramLabel = "N",
            converter = Values.PositiveConverter.class,
            description = "the sequence number of the first tick, at least 1 (default: microseconds since 1970, so that"
                    + " a feed never repeats a number after a restart)")
    private @Nullable Long firstSeq;

    @Mixin
    private final CsvOptions csv = new CsvOptions();

    @Spec
    private CommandSpec spec;

    FeedServerCommand() {}

    /** The source of the ticks instead of a simulated market. */
    static final class Recording {

        @Option(
                names = "--scenario",
                paramLabel = "NAME|FILE",
                description = "a scenario: one of ${COMPLETION-CANDIDATES}, or a file with lines of"
                        + " seconds,ticker,price,quantity",
                completionCandidates = ScenarioNames.class)
        private @Nullable String scenario;

        @Option(
                names = "--replay",
                paramLabel = "FILE",
                converter = Values.FileConverter.class,
                description = "a trades file: CSV, plain or gzip")
        private @Nullable Path file;

        Recording() {}
    }

    /** The names that the help shows. */
    static final class ScenarioNames implements Iterable<String> {

        ScenarioNames() {}

        @Override
        public Iterator<String> iterator() {
            return Scenario.NAMES.iterator();
        }
    }

    @Override
    public Integer call() throws Exception {
        requireFittingOptions();
        Settings settings = TradeOpsCommand.settings();
        ServerConfig config = ServerConfig.of(settings);
        Instant now = Instant.now();
        try (UntilStopped running = UntilStopped.open()) {
            Closer parts = running.parts();
            TickSource source = source(config.market(), now, parts);
            int rate = recording == null ? config.market().ticksPerSecond() : REPLAY_STEP_RATE;
            URI feed = FeedServer.start(config, firstSeq(now), source, rate, parts);
            return running.await("price feed at " + feed);
        }
    }

    private void requireFittingOptions() {
        if (speed != null && recording == null) {
            throw new ParameterException(spec.commandLine(), "--speed is for --scenario and --replay");
        }
        if (csv.isGiven() && (recording == null || recording.file == null)) {
            throw new ParameterException(
                    spec.commandLine(), "--ticker, --ticker-from-name and --columns are for --replay");
        }
        String scenario = recording == null ? null : recording.scenario;
        if (scenario != null && !Scenario.exists(scenario)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--scenario': there is no scenario or file '" + scenario
                            + "'; scenarios are " + String.join(", ", Scenario.NAMES));
        }
    }

    private TickSource source(MarketSettings market, Instant now, Closer parts) throws IOException {
        if (recording == null) {
            return new SimulatedMarket(market, now);
        }
        double times = speed == null ? 1 : speed;
        if (recording.scenario != null) {
            return Scenario.load(recording.scenario).source(EpochNanos.of(now), times);
        }
        Path file = Objects.requireNonNull(recording.file);
        return parts.add(TradeFileTicks.open(file, reader(file))).source(EpochNanos.of(now), times);
    }

    private TradeCsvReader reader(Path file) {
        return csv.reader(
                file,
                row -> StandardError.println(file + ", line " + row.line() + " is not a trade: "
                        + row.reason().code()));
    }

    private long firstSeq(Instant now) {
        return firstSeq == null ? EpochNanos.of(now) / 1_000 : firstSeq;
    }
}

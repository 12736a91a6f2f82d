package io.tradeops.app.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.average.AverageRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.rest.Json;
import io.tradeops.app.tick.TickRepository;
import io.tradeops.core.average.AveragePrice;
import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.average.TimeWindows;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.jobs.average.FinalizeAverages;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The alerts and averages that ticks give without a server, to compare with what one stored. Static functions. */
public final class TickReplay {

    /** A window ends after all late ticks of a test. */
    private static final Duration LATENESS = Duration.ofDays(2);

    private static final int WINDOWS = 1_000;

    private TickReplay() {}

    /** Writes ticks as a trades file. */
    public static Path write(List<Tick> ticks, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("ticker,price,quantity,timestamp\n");
            for (Tick tick : ticks) {
                out.write(tick.ticker() + "," + FixedDecimal.toString(tick.priceUnits()) + ","
                        + FixedDecimal.toString(tick.quantityUnits()) + ","
                        + EpochNanos.format(EpochNanos.toInstant(tick.epochNanos())) + "\n");
            }
        }
        return file;
    }

    /** The alerts of ticks in this order as the program's {@code replay} prints them, each as JSON, sorted. */
    public static List<String> alerts(List<Tick> ticks, Path directory, String... options) throws Exception {
        Path file = write(ticks, directory.resolve("ticks.csv"));
        List<String> command = new ArrayList<>(List.of("replay", file.toString()));
        command.addAll(List.of(options));
        Program.Outcome replay = Program.run(directory, Map.of(), command.toArray(String[]::new));
        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        List<String> found = new ArrayList<>();
        for (String line : replay.output().lines().toList()) {
            found.add(Json.mapper().readTree(line).toString());
        }
        Collections.sort(found);
        return found;
    }

    /** The averages of ticks, sorted. {@code end} lies two days after the last tick, or later. */
    public static List<String> averages(List<Tick> ticks, Instant end) {
        Map<String, PriceAverager> averagers = new HashMap<>();
        for (Tick tick : ticks) {
            averagers
                    .computeIfAbsent(
                            tick.ticker(),
                            ticker -> new PriceAverager(TimeWindows.of(FinalizeAverages.WIDTH), WINDOWS, LATENESS))
                    .add(tick.epochNanos(), tick.priceUnits(), tick.quantityUnits(), tick.seq());
        }
        List<String> averages = new ArrayList<>();
        averagers.forEach(
                (ticker, averager) -> averager.close(end).forEach(average -> averages.add(text(ticker, average))));
        Collections.sort(averages);
        return averages;
    }

    /** Stores the averages of all stored ticks up to {@code end}, as the job does. Later ticks revise them. */
    public static void storeAverages(Database database, Instant end) {
        new FinalizeAverages(new TickRepository(database), new AverageRepository(database), () -> end)
                .run(new FinalizeAverages.Request());
    }

    /** The stored averages, sorted. */
    public static List<String> storedAverages(Database database) {
        List<String> averages = database.withConnection(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            select concat_ws(' ', ticker, extract(epoch from window_start)::bigint, tick_count,
                                average_price, vwap, open, high, low, close, volume) from averages
                            """)) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
                return texts;
            }
        });
        Collections.sort(averages);
        return averages;
    }

    private static String text(String ticker, AveragePrice average) {
        StringBuilder text =
                new StringBuilder(ticker + " " + average.window().start().getEpochSecond() + " " + average.tickCount());
        for (BigDecimal number : List.of(
                average.averagePrice(),
                average.vwap().orElseThrow(),
                average.open(),
                average.high(),
                average.low(),
                average.close(),
                average.volume())) {
            text.append(' ').append(number.setScale(FixedDecimal.SCALE).toPlainString());
        }
        return text.toString();
    }
}

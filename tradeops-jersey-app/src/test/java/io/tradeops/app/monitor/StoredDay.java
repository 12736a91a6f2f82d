package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.rest.AnswerMemory;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.alert.AlertResource;
import io.tradeops.app.alert.AlertStream;
import io.tradeops.app.average.AverageRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.rest.Json;
import io.tradeops.app.support.Program;
import io.tradeops.app.tick.StoredTicks;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the stored ticks, alerts and averages of a day with those that the same ticks give without a restart. Not
 * thread-safe.
 */
final class StoredDay {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    /** The id of the first feed in a database. */
    private static final int ONLY_FEED = 1;

    private final Database database;
    private final List<Tick> day;
    private final Path directory;

    /** Creates a comparison with a database that must store these ticks and no others. */
    StoredDay(Database database, List<Tick> day, Path directory) {
        this.database = database;
        this.day = day;
        this.directory = directory;
    }

    /** Fails unless ticks, averages, and alerts as the API answers them, are equal to the last digit. */
    void assertEqualsItsReplay() throws Exception {
        assertEachTickIsStoredOnce();
        List<String> replayed = replayedAlerts();
        System.out.println(replayed.size() + " alerts");
        assertThat(replayed).hasSizeGreaterThan(100);
        assertThat(storedAlerts()).isEqualTo(replayed);
        List<String> averages = expectedAverages();
        System.out.println(averages.size() + " averages");
        assertThat(storedAverages()).isEqualTo(averages);
    }

    /** Writes ticks as a trades file. */
    static Path write(List<Tick> ticks, Path file) throws IOException {
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

    /** Stores the averages, also of windows that have not ended. Later ticks revise them. */
    void finalizeAverages() {
        new FinalizeAverages(
                        new TickRepository(database),
                        new AverageRepository(database),
                        () -> SeededDay.START.plus(Duration.ofDays(2)))
                .run(new FinalizeAverages.Request());
    }

    private void assertEachTickIsStoredOnce() {
        List<Tick> wrong = new ArrayList<>();
        long[] count = new long[1];
        database.withConnection(connection -> {
            StoredTicks.forEachSince(connection, ONLY_FEED, Instant.EPOCH, OptionalLong.of(day.size()), tick -> {
                if (!tick.equals(day.get((int) count[0]))) {
                    wrong.add(tick);
                }
                count[0]++;
            });
            return true;
        });
        assertThat(wrong).isEmpty();
        assertThat(count[0]).isEqualTo(day.size());
    }

    private List<String> replayedAlerts() throws Exception {
        Path file = write(day, directory.resolve("ticks.csv"));
        Program.Outcome replay = Program.run(directory, Map.of(), "replay", file.toString());
        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        List<String> found = new ArrayList<>();
        for (String line : replay.output().lines().toList()) {
            found.add(Json.mapper().readTree(line).toString());
        }
        Collections.sort(found);
        return found;
    }

    /** Reads the alerts from the API, page by page. */
    private List<String> storedAlerts() throws Exception {
        List<String> found = new ArrayList<>();
        AlertRepository alerts = new AlertRepository(database);
        try (AlertStream stream = AlertStream.start(alerts, 10);
                HttpServer api =
                        HttpServer.start("127.0.0.1", 0, List.of(new AlertResource(alerts, stream, AnswerMemory.ofHeap())), List.of())) {
            String page = api.uri() + "alerts/?limit=10000";
            while (!page.isEmpty()) {
                HttpResponse<String> response = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(URI.create(page)).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(200);
                for (JsonNode alert : Json.mapper().readTree(response.body())) {
                    found.add(alert.toString());
                }
                Matcher next =
                        NEXT.matcher(response.headers().firstValue("Link").orElse(""));
                page = next.find() ? next.group(1) : "";
            }
        }
        Collections.sort(found);
        return found;
    }

    private List<String> expectedAverages() {
        Map<String, PriceAverager> averagers = new HashMap<>();
        for (Tick tick : day) {
            averagers
                    .computeIfAbsent(
                            tick.ticker(),
                            ticker -> new PriceAverager(
                                    TimeWindows.of(FinalizeAverages.WIDTH), 1_000, Duration.ofDays(2)))
                    .add(tick.epochNanos(), tick.priceUnits(), tick.quantityUnits(), tick.seq());
        }
        List<String> averages = new ArrayList<>();
        averagers.forEach((ticker, averager) -> averager.close(SeededDay.START.plus(Duration.ofDays(2)))
                .forEach(average -> averages.add(text(ticker, average))));
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

    private List<String> storedAverages() {
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
}

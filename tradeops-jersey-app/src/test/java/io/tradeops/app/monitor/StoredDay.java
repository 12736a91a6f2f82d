package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.alert.AlertResource;
import io.tradeops.app.alert.AlertStream;
import io.tradeops.app.db.Database;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.rest.AnswerMemory;
import io.tradeops.app.rest.Json;
import io.tradeops.app.support.TickReplay;
import io.tradeops.app.tick.StoredTicks;
import io.tradeops.core.trade.Tick;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

    private static final Instant END = SeededDay.START.plus(Duration.ofDays(2));

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
        List<String> replayed = TickReplay.alerts(day, directory);
        System.out.println(replayed.size() + " alerts");
        assertThat(replayed).hasSizeGreaterThan(100);
        assertThat(storedAlerts()).isEqualTo(replayed);
        List<String> averages = TickReplay.averages(day, END);
        System.out.println(averages.size() + " averages");
        assertThat(TickReplay.storedAverages(database)).isEqualTo(averages);
    }

    /** Stores the averages, also of windows that have not ended. Later ticks revise them. */
    void finalizeAverages() {
        TickReplay.storeAverages(database, END);
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

    /** Reads the alerts from the API, page by page. */
    private List<String> storedAlerts() throws Exception {
        List<String> found = new ArrayList<>();
        AlertRepository alerts = new AlertRepository(database);
        try (AlertStream stream = AlertStream.start(alerts, 10);
                HttpServer api = HttpServer.start(
                        "127.0.0.1", 0, List.of(new AlertResource(alerts, stream, AnswerMemory.ofHeap())), List.of())) {
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
}

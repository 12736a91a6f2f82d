package io.tradeops.app.trade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.TestConfig;
import io.tradeops.app.support.TradeRows;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads all trades by {@code next} links while another client inserts. {@code -Dtradeops.walk.rows=1000000} is the full
 * size.
 */
class TradeWalkIT {

    private static final int ROWS = Integer.getInteger("tradeops.walk.rows", 20_000);
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @TempDir
    Path directory;

    @Test
    void listsEachStoredTradeOnceWhileAnotherClientInserts() throws Exception {
        try (TradeOpsServer server = TradeOpsServer.start(TestConfig.in(directory))) {
            Client client = new Client(server.uri());
            TradeRows.insert(server.backends().database(), "WALK", ROWS);
            AtomicBoolean reading = new AtomicBoolean(true);
            AtomicInteger inserted = new AtomicInteger();
            Thread other = new Thread(() -> insertWhile(reading, client, inserted));
            other.start();
            Set<String> before = new HashSet<>();
            Set<String> others = new HashSet<>();
            String url = "trades/?ticker=WALK,OTHER&ticker=NONE&from=2020-01-01T01%3A00%3A00%2B01%3A00&limit=1000";
            while (!url.isEmpty()) {
                Client.Answer page = client.get(url);
                for (JsonNode trade : page.json()) {
                    String id = trade.get("id").textValue();
                    boolean isNew = trade.get("ticker").textValue().equals("WALK") ? before.add(id) : others.add(id);
                    assertThat(isNew).as(id + " is seen once").isTrue();
                }
                Matcher next = NEXT.matcher(page.header("Link"));
                url = next.matches() ? next.group(1) : "";
            }
            reading.set(false);
            other.join();

            assertThat(before).hasSize(ROWS);
            assertThat(inserted.get()).isPositive();
        }
    }

    /** Inserts over the whole range of the list, before and behind the current page. */
    private static void insertWhile(AtomicBoolean reading, Client client, AtomicInteger inserted) {
        Random random = new Random(1);
        while (reading.get()) {
            int millis = random.nextInt(ROWS / 2);
            String time = "2020-01-01T00:%02d:%02d.%03dZ"
                    .formatted(millis / 60_000 % 60, millis / 1_000 % 60, millis % 1_000);
            try {
                int status = client.post(
                                "trades/",
                                "{\"ticker\":\"OTHER\",\"price\":1,\"quantity\":1,\"timestamp\":\"" + time + "\"}")
                        .status();
                inserted.addAndGet(status == 201 ? 1 : 0);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}

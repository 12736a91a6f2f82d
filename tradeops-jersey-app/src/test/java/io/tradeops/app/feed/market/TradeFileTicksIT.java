package io.tradeops.app.feed.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.monitor.AlertDetector;
import io.tradeops.app.rest.Json;
import io.tradeops.app.support.Program;
import io.tradeops.core.csv.TradeCsvReader;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.PriceMoveRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TradeFileTicksIT {

    @TempDir
    Path directory;

    @Test
    void replayOfNanosecondsGivesTheAlertsOfTheSameFileAsAFeed() throws Exception {
        Path file = Files.writeString(
                directory.resolve("trades.csv"),
                """
                ticker,price,quantity,timestamp
                A,100,1,2026-11-20T14:30:00.000000001Z
                B,100,1,2026-11-20T14:30:00.000000999Z
                B,102.01,1,2026-11-20T14:30:10.123456789Z
                A,102.01,1,2026-11-20T14:31:00.000000998Z
                """); // A's are more than a minute apart, and exactly that in microseconds

        List<String> replayed = replay(file);

        assertThat(replayed).hasSize(2).isEqualTo(alertsOfTheFeed(file));
    }

    private List<String> replay(Path file) throws Exception {
        Program.Outcome outcome = Program.run(directory, Map.of(), "replay", file.toString());
        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        List<String> alerts = new ArrayList<>();
        for (String line : outcome.output().lines().toList()) {
            JsonNode alert = Json.mapper().readTree(line);
            alerts.add(alert.get("ticker").textValue() + " " + alert.get("id").textValue());
        }
        return alerts;
    }

    private static List<String> alertsOfTheFeed(Path file) throws Exception {
        List<String> alerts = new ArrayList<>();
        AlertDetector detector = new AlertDetector(List.of(PriceMoveRule.riseOfTwoPercentInOneMinute()));
        try (TradeFileTicks ticks = TradeFileTicks.open(file, TradeCsvReader.create())) {
            for (long seq = 1; ticks.hasNext(); seq++) {
                TimedTick next = ticks.next();
                Tick tick = new Tick(next.ticker(), next.epochNanos(), next.priceUnits(), next.quantityUnits(), seq);
                detector.onTick(tick).forEach(alert -> alerts.add(alert.ticker() + " " + alert.id()));
            }
        }
        return alerts;
    }
}

package io.tradeops.app.cli;

import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.rest.Json;
import io.tradeops.core.csv.TradeCsvReader;
import io.tradeops.core.csv.TradeRow;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The demo's requests to its own server, by REST. Not thread-safe. */
final class DemoScript {

    /** The day with most of the real trades. */
    static final String ANALYSED_DAY = "2025-11-10";

    private static final List<String> TRADE_DAYS = List.of(ANALYSED_DAY, "2025-11-11");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;

    private final URI server;
    private final String key;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Creates a client of the server at an address, with one of its API keys. */
    DemoScript(URI server, String key) {
        this.server = server;
        this.key = key;
    }

    /** Enters the real trades, except those that an earlier demo has entered. Returns what was done. */
    String enterTrades() throws IOException, InterruptedException {
        List<TradeRow> rows = new ArrayList<>();
        try (InputStream in = DemoScript.class.getResourceAsStream("/demo/kraken_xbtusdt_trades.csv")) {
            if (in == null) {
                throw new IOException("missing resource: /demo/kraken_xbtusdt_trades.csv");
            }
            TradeCsvReader.create().read(in, rows::add);
        }
        int entered = 0;
        for (TradeRow row : rows) {
            entered += enter(row) ? 1 : 0;
        }
        return "entered " + entered + " real trades of " + rows.get(0).ticker() + " through POST /trades/"
                + (entered < rows.size() ? "; " + (rows.size() - entered) + " were stored before" : "");
    }

    /** Requests the export and analysis of the days of the real trades. Returns what was done. */
    String queueAnalyses() throws IOException, InterruptedException {
        for (String day : TRADE_DAYS) {
            send(request("analysis/?date=" + day).POST(HttpRequest.BodyPublishers.noBody()));
        }
        return "queued export and analysis of " + String.join(" and ", TRADE_DAYS) + " through POST /analysis/";
    }

    /** Waits until the monitor has stored the ticks before the present. */
    void awaitHistory(TradeOpsServer running) throws InterruptedException {
        await(running::isFeedCurrent);
        long target = running.lastPublished();
        await(() -> running.lastStored() >= target);
    }

    String awaitAlerts() throws InterruptedException {
        return await(() -> hasRows("alerts/?limit=1")) ? "alerts are stored" : "no alert yet; the next jump gives one";
    }

    String awaitAverages() throws InterruptedException {
        return await(() -> hasRows("averages/?limit=1"))
                ? "5-minute averages are stored"
                : "no averages yet; they follow at the end of the next five minutes";
    }

    String awaitAnalysis() throws InterruptedException {
        return await(() -> statusOf("analysis/?date=" + ANALYSED_DAY) == 200)
                ? "the analysis of " + ANALYSED_DAY + " is stored on S3"
                : "no analysis yet; the job dashboard shows why";
    }

    private boolean enter(TradeRow row) throws IOException, InterruptedException {
        Map<String, Object> trade = new LinkedHashMap<>();
        trade.put("ticker", row.ticker());
        trade.put("price", FixedDecimal.toBigDecimal(row.priceUnits()));
        trade.put("quantity", FixedDecimal.toBigDecimal(row.quantityUnits()));
        trade.put("side", row.side().wireName());
        trade.put("timestamp", EpochNanos.toInstant(row.epochNanos()));
        trade.put("trade_id", row.tradeId());
        HttpResponse<String> answer = send(request("trades/")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(trade))));
        if (answer.statusCode() != CREATED && answer.statusCode() != CONFLICT) {
            throw new IOException("POST /trades/ answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.statusCode() == CREATED;
    }

    private boolean hasRows(String path) {
        try {
            HttpResponse<String> answer = send(request(path));
            return answer.statusCode() == 200 && !answer.body().equals("[]");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int statusOf(String path) {
        try {
            return send(request(path)).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", "Bearer " + key)
                .timeout(REQUEST_TIMEOUT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static boolean await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return true;
    }
}

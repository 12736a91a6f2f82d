package io.tradeops.app.trade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.db.Sql;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.RawHttp;
import io.tradeops.app.support.TestServer;
import io.tradeops.core.csv.TradeCsvReader;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tickers whose characters mean something in URLs, JSON, CSV or HTML: they come back as they were sent. */
class TickerCharactersIT {

    /** In the order of their code points. */
    static final List<String> TICKERS = List.of(
            "BINANCE:BTCUSDT", "BTC/USD", "ES=F", "M&M", "O:SPY251219C00650000", "X:BTC-USD", "^GSPC", "a_b.c-d");

    private static final String DAY = "2019-03-04";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();

    /** Stores two trades and an average of each ticker. */
    @BeforeAll
    static void store() throws Exception {
        String csv = TICKERS.stream()
                .map(ticker -> ticker + ",1.5,2," + DAY + "T12:00:00Z\n" + ticker + ",2.5,2," + DAY + "T13:00:00Z\n")
                .collect(Collectors.joining("", "ticker,price,quantity,timestamp\n", ""));
        Client.Answer answer = client.send(client.request("trades/batch")
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(csv)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        for (String ticker : TICKERS) {
            storeAverage(ticker);
        }
    }

    private static void storeAverage(String ticker) {
        server.database()
                .withConnection(connection -> Sql.update(
                        connection,
                        "insert into averages (ticker, window_start, width_seconds, average_price, vwap, open, high,"
                                + " low, close, volume, tick_count) values (?, ?, 300, 2, 2, 2, 2, 2, 2, 4, 2)",
                        ticker,
                        Instant.parse(DAY + "T12:00:00Z")));
    }

    @ParameterizedTest
    @FieldSource("TICKERS")
    void tickerInAQueryFindsItsTradesOnly(String ticker) throws Exception {
        JsonNode trades = client.get("trades/?from=" + DAY + "&to=" + DAY + "&ticker=" + escaped(ticker))
                .json();

        assertThat(trades).hasSize(2);
        assertThat(trades)
                .allSatisfy(trade -> assertThat(trade.get("ticker").textValue()).isEqualTo(ticker));
    }

    @ParameterizedTest
    @FieldSource("TICKERS")
    void postedTradeHasItsTicker(String ticker) throws Exception {
        Client.Answer created = client.post(
                "trades/",
                "{\"ticker\":\"" + ticker + "\",\"price\":1,\"quantity\":1,\"timestamp\":"
                        + "\"2018-01-01T00:00:00Z\"}");

        assertThat(created.json().get("ticker").textValue()).isEqualTo(ticker);
        assertThat(client.get(created.header("Location")).json()).isEqualTo(created.json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void pagesOfAListOfTickersFollowTheLinks(String order) throws Exception {
        String list = "from=" + DAY + "&to=" + DAY + "&limit=3&order=" + order + "&ticker=" + escaped(TICKERS);

        assertThat(walk("trades/?" + list)).hasSize(2 * TICKERS.size()).containsOnly(TICKERS.toArray(String[]::new));
    }

    /** The cursor of an average holds its ticker. */
    @Test
    void pagesOfAveragesFollowTheLinks() throws Exception {
        String list =
                TICKERS.stream().map(ticker -> "&ticker=" + escaped(ticker)).collect(Collectors.joining());

        assertThat(walk("averages/?limit=1" + list)).isEqualTo(TICKERS);
    }

    /** Browsers and curl leave these characters as they are. */
    @Test
    void unescapedTickersAreFoundAndTheLinkIsAUrl() throws Exception {
        RawHttp.Answer page = server.raw()
                .send(
                        "",
                        "GET /trades/?limit=3&from=" + DAY + "&to=" + DAY + "&ticker=^GSPC,X:BTC-USD,BTC/USD HTTP/1.1");

        assertThat(page.status()).as(page.text()).isEqualTo(200);
        Matcher next = NEXT.matcher(page.header("Link"));
        assertThat(next.matches()).as(page.text()).isTrue();
        List<String> found = new ArrayList<>(tickers(Client.parse(page.body())));
        found.addAll(walk(URI.create(next.group(1)).toString()));
        assertThat(found).containsExactlyInAnyOrder("^GSPC", "^GSPC", "X:BTC-USD", "X:BTC-USD", "BTC/USD", "BTC/USD");
    }

    @Test
    void exportedCsvIsReadBack() throws Exception {
        Client.Answer csv =
                client.get("trades/?from=" + DAY + "&to=" + DAY + "&ticker=" + escaped(TICKERS), "text/csv");
        List<String> found = new ArrayList<>();
        TradeCsvReader.create()
                .read(
                        new ByteArrayInputStream(csv.body().getBytes(StandardCharsets.UTF_8)),
                        row -> found.add(row.ticker()));

        assertThat(found).hasSize(2 * TICKERS.size()).containsOnly(TICKERS.toArray(String[]::new));
    }

    @Test
    void analysisOfTheDayHasEveryTicker() throws Exception {
        String location = client.post("analysis/?date=" + DAY, "").header("Location");
        Eventually.await("the day is analysed", () -> client.get(location).status() == 200);

        assertThat(tickers(client.get(location).json().get("results"))).isEqualTo(TICKERS);
    }

    /** The tickers of all pages. */
    private static List<String> walk(String first) throws Exception {
        List<String> found = new ArrayList<>();
        for (String url = first; !url.isEmpty(); ) {
            Client.Answer page = client.get(url);
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            found.addAll(tickers(page.json()));
            Matcher next = NEXT.matcher(page.header("Link"));
            url = next.matches() ? next.group(1) : "";
        }
        return found;
    }

    private static List<String> tickers(JsonNode rows) {
        List<String> tickers = new ArrayList<>();
        rows.forEach(row -> tickers.add(row.get("ticker").textValue()));
        return tickers;
    }

    private static String escaped(List<String> tickers) {
        return tickers.stream().map(TickerCharactersIT::escaped).collect(Collectors.joining(","));
    }

    private static String escaped(String ticker) {
        return URLEncoder.encode(ticker, StandardCharsets.UTF_8);
    }
}

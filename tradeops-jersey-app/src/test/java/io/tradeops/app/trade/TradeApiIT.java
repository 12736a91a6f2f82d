package io.tradeops.app.trade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestServer;
import io.tradeops.core.csv.DailyTradeFile;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trades over HTTP: valid requests, refusals and their answers. */
class TradeApiIT {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();

    @Test
    void storedTradeIsReturnedAndFoundAtItsLocation() throws Exception {
        Client.Answer created = client.post("trades/", """
                {"ticker":"BRK.B","price":187.12340,"quantity":"100","side":"sell",
                 "timestamp":"2026-11-20T15:30:00.123456+01:00","trade_id":"ext-42"}
                """);

        assertThat(created.status()).isEqualTo(201);
        JsonNode trade = created.json();
        assertThat(trade.get("id").textValue())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(created.body())
                .contains(
                        "\"price\":187.1234,\"quantity\":100,\"side\":\"sell\",\"timestamp\":\"2026-11-20T14:30:00.123456Z\"")
                .contains("\"trade_id\":\"ext-42\"");
        assertThat(client.get(created.header("Location")).json()).isEqualTo(trade);
    }

    @Test
    void pathsMatchWithAndWithoutATrailingSlash() throws Exception {
        assertThat(client.get("trades").status()).isEqualTo(200);
        assertThat(client.get("trades/").status()).isEqualTo(200);
        assertThat(client.get("averages").status()).isEqualTo(200);
        assertThat(client.get("alerts/").status()).isEqualTo(200);
        assertThat(client.post("trades", "{}").status()).isEqualTo(422);
    }

    @Test
    void repeatedSenderIdIsAConflictWithTheLocationOfTheStoredTrade() throws Exception {
        String json = "{\"ticker\":\"DUP\",\"price\":1,\"quantity\":1,\"trade_id\":\"x\"}";
        String location = client.post("trades/", json).header("Location");

        Client.Answer again = client.post("trades/", json);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.header("Location")).isEqualTo(location);
        assertThat(client.get("trades/?ticker=DUP").json()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ticker\":\"A\",\"quantity\":1} | /price required",
                "{\"ticker\":\"A\",\"price\":null,\"quantity\":1} | /price required",
                "{\"ticker\":\"A\",\"price\":-1,\"quantity\":1} | /price not_positive",
                "{\"ticker\":\"A\",\"price\":0,\"quantity\":1} | /price not_positive",
                "{\"ticker\":\"A\",\"price\":1.123456789,\"quantity\":1} | /price too_many_decimals",
                "{\"ticker\":\"A\",\"price\":1e400,\"quantity\":1} | /price too_large",
                "{\"ticker\":\"A\",\"price\":1e1000000000,\"quantity\":1} | /price too_large",
                "{\"ticker\":\"A\",\"price\":12345678901,\"quantity\":1} | /price too_large",
                "{\"ticker\":\"A\",\"price\":\"NaN\",\"quantity\":1} | /price not_a_number",
                "{\"ticker\":\"A\",\"price\":true,\"quantity\":1} | /price wrong_type",
                "{\"ticker\":\"A\",\"price\":[1],\"quantity\":1} | /price wrong_type",
                "{\"ticker\":\"A B\",\"price\":1,\"quantity\":1} | /ticker invalid_ticker",
                "{\"ticker\":\"\",\"price\":1,\"quantity\":1} | /ticker invalid_ticker",
                "{\"ticker\":1,\"price\":1,\"quantity\":1} | /ticker wrong_type",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"side\":\"BUY\"} | /side invalid_side",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"colour\":1} | /colour unknown_field",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"timestamp\":\"yesterday\"} | /timestamp invalid_timestamp",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"timestamp\":\"2026-02-30T00:00:00Z\"} | /timestamp invalid_timestamp",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"timestamp\":\"2999-01-01T00:00:00Z\"} | /timestamp out_of_range",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"timestamp\":\"1969-12-31T23:59:59Z\"} | /timestamp out_of_range",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"timestamp\":\"2026-01-01T00:00:00.1234567Z\"} | /timestamp timestamp_too_precise",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"trade_id\":\"\"} | /trade_id invalid_trade_id"
            })
    void invalidTradeIsRefusedWithTheNameOfTheField(String json, String expected) throws Exception {
        Client.Answer answer = client.post("trades/", json);

        assertProblem(answer, 422);
        JsonNode error = answer.json().get("errors").get(0);
        assertThat(error.get("pointer").textValue() + " " + error.get("code").textValue())
                .isEqualTo(expected);
        assertThat(answer.json().get("errors")).hasSize(1);
    }

    @Test
    void allViolationsAreListed() throws Exception {
        Client.Answer answer = client.post(
                "trades/", "{\"ticker\":\"?\",\"price\":\"x\",\"quantity\":-1,\"side\":\"hold\",\"foo\":{}}");

        List<String> pointers = StreamSupport.stream(answer.json().get("errors").spliterator(), false)
                .map(error -> error.get("pointer").textValue())
                .toList();
        assertThat(pointers).containsExactlyInAnyOrder("/ticker", "/price", "/quantity", "/side", "/foo");
    }

    @Test
    void firstHundredViolationsOfATradeAreListedAndAllAreCounted() throws Exception {
        String unknown =
                IntStream.range(0, 100).mapToObj(i -> "\"x" + i + "\":0").collect(Collectors.joining(",", "{", "}"));

        Client.Answer answer = client.post("trades/", unknown);

        assertProblem(answer, 422);
        assertThat(answer.json().get("errors")).hasSize(100);
        assertThat(answer.json().get("error_count").intValue()).isEqualTo(103);
        assertProblem(client.post("trades/", unknown.replace("}", ",\"y\":0}")), 413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "nonsense",
                "{\"ticker\":\"A\",\"price\":NaN,\"quantity\":1}",
                "{\"ticker\":\"A\",\"ticker\":\"B\",\"price\":1,\"quantity\":1}",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1} trailing",
                "{\"ticker\":\"A\",\"price\":01,\"quantity\":1}"
            })
    void malformedJsonIsA400WithAReason(String json) throws Exception {
        Client.Answer answer = client.post("trades/", json);

        assertProblem(answer, 400);
        assertThat(answer.json().get("detail").textValue()).isNotBlank();
    }

    @Test
    void leapSecondIsRefusedWithItsOwnReason() throws Exception {
        Client.Answer trade = client.post(
                "trades/", "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"timestamp\":\"2016-12-31T23:59:60Z\"}");
        assertProblem(trade, 422);
        assertThat(trade.json().at("/errors/0/code").textValue()).isEqualTo("invalid_timestamp");
        assertThat(trade.json().at("/errors/0/detail").textValue())
                .isEqualTo(
                        "timestamp must not be in a leap second: leap seconds are not supported: '2016-12-31T23:59:60Z'");

        Client.Answer list = client.get("trades/?from=2017-01-01T00:59:60%2B01:00");
        assertProblem(list, 422);
        assertThat(list.json().at("/errors/0/detail").textValue())
                .isEqualTo("from must not be in a leap second: '2017-01-01T00:59:60+01:00'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59Z", "9999-12-31", "2262-04-12T00:00:00.1234567Z"})
    void rangeMayEndBeyondTheLastPossibleTimestamp(String end) throws Exception {
        assertThat(client.post("trades/", "{\"ticker\":\"LATE\",\"price\":1,\"quantity\":1}")
                        .status())
                .isEqualTo(201);

        assertThat(client.get("trades/?ticker=LATE&from=1970-01-01T00:00:00Z&to=" + end)
                        .json())
                .isNotEmpty();
        assertThat(client.get("trades/?ticker=LATE&from=" + end).json()).isEmpty();
        assertProblem(client.get("trades/?from=" + end + "&to=2024-01-01"), 422);
    }

    @Test
    void tradeIdMayHaveAnyCharacterButHalfASurrogatePair() throws Exception {
        Client.Answer rocket = client.post(
                "trades/", "{\"ticker\":\"ANY\",\"price\":1,\"quantity\":1,\"trade_id\":\"\\ud83d\\ude80\"}");

        assertThat(rocket.status()).as(rocket.body()).isEqualTo(201);
        assertThat(client.get(rocket.header("Location")).json().get("trade_id").textValue())
                .isEqualTo("🚀");
        for (String half : List.of("\\ud83d", "\\ude80", "\\ude80\\ud83d", "a\\ud83d")) {
            assertThat(client.post(
                                    "trades/",
                                    "{\"ticker\":\"ANY\",\"price\":1,\"quantity\":1,\"trade_id\":\"" + half + "\"}")
                            .status())
                    .as(half)
                    .isBetween(400, 422);
        }
    }

    @Test
    void idIsFoundInAnyCaseButNotShortened() throws Exception {
        String location = client.post("trades/", "{\"ticker\":\"ID\",\"price\":1,\"quantity\":1}")
                .header("Location");
        String id = location.substring(location.lastIndexOf('/') + 1);

        assertThat(client.get("trades/" + id.toUpperCase(Locale.ROOT)).status()).isEqualTo(200);
        assertThat(client.get("trades/" + id.replaceFirst("^0+", "")).status()).isEqualTo(404);
    }

    @Test
    void linksHaveNothingThatAnAddressForwardsThatIsNoProxys() throws Exception {
        Client.Answer stored = client.send(client.request("trades/")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-For", "203.0.113.1")
                .header("X-Forwarded-Host", "elsewhere.example")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"ticker\":\"PROXY\",\"price\":1,\"quantity\":1}")));
        client.post("trades/", "{\"ticker\":\"PROXY\",\"price\":1,\"quantity\":1}");
        Client.Answer page =
                client.send(client.request("trades/?ticker=PROXY&limit=1").header("X-Forwarded-Proto", "https"));

        String base = "http://" + server.uri().getAuthority() + "/trades/";
        assertThat(stored.header("Location")).startsWith(base);
        assertThat(page.header("Link")).startsWith("<" + base + "?").contains("ticker=PROXY&limit=1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gzip | gzip", "br, gzip;q=0.5 | gzip", "gzip;q=0 | ''", "gzip; q=0.00, br | ''", "gzipped | ''"})
    void pageIsCompressedForClientsThatAcceptIt(String accepted, String encoding) throws Exception {
        assertThat(client.send(client.request("page.css").header("Accept-Encoding", accepted))
                        .header("Content-Encoding"))
                .isEqualTo(encoding);
    }

    @Test
    void arrayInPlaceOfATradeIsRefused() throws Exception {
        assertProblem(client.post("trades/", "[]"), 422);
        assertProblem(client.post("trades/", "[".repeat(10_000)), 400);
    }

    @Test
    void otherMediaTypesMethodsAndPathsAreProblems() throws Exception {
        assertProblem(
                client.send(client.request("trades/")
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))),
                415);
        assertProblem(client.send(client.request("trades/").DELETE()), 405);
        assertProblem(client.get("nothing/here"), 404);
        assertProblem(client.get("trades/no-uuid"), 404);
        assertProblem(client.get("trades/?limit=1", "image/png"), 406);
        assertProblem(client.get("analysis/?date=2001-01-01"), 404);
        assertProblem(client.post("trades/", "{\"ticker\":\"" + "A".repeat(100_000) + "\"}"), 413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | trades/batch | POST, OPTIONS",
                "HEAD | trades/batch/ | POST, OPTIONS",
                "PUT | trades/batch | POST, OPTIONS",
                "DELETE | trades/ | GET, HEAD, OPTIONS, POST",
                "POST | trades/1 | GET, HEAD, OPTIONS",
                "POST | averages | GET, HEAD, OPTIONS",
                "PATCH | prices | GET, HEAD, OPTIONS",
                "BREW | alerts/stream | GET, HEAD, OPTIONS",
                "POST | health/live | GET, HEAD, OPTIONS"
            })
    void disallowedMethodIsAnsweredWithTheAllowedOnes(String method, String path, String allowed) throws Exception {
        Client.Answer answer = client.send(client.request(path).method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Allow").split(", ?")).containsExactlyInAnyOrder(allowed.split(", ?"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trades/?limit=1 | application/json;charset=utf-16 | application/json",
                "trades/?limit=1 | application/json;q=0.5;x=1, text/csv;q=0.6;header=absent | text/csv",
                "trades/?limit=1 | text/csv;header=absent | text/csv",
                "trades/?limit=1 | text/csv;q=0, */* | application/json",
                "trades/ | application/x-ndjson;charset=utf-16 | application/x-ndjson",
                "averages/ | application/json;charset=utf-16 | application/json",
                "health/live | application/*;charset=utf-16 | application/json",
                "openapi.json | application/json;version=2 | application/json",
                "docs | text/html;charset=utf-16 | text/html;charset=utf-8",
                "analysis/?date=2001-01-01 | text/csv;charset=utf-16 | application/problem+json"
            })
    void parametersOfAcceptDoNotChangeTheContentType(String path, String accept, String type) throws Exception {
        Client.Answer answer = client.get(path, accept);

        assertThat(answer.header("Content-Type")).isEqualTo(type);
        assertThat(answer.body()).doesNotContain("\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prices", "prices/"})
    void feedWithoutAnUpgradeNamesTheOneItNeeds(String path) throws Exception {
        Client.Answer answer = client.get(path);

        assertProblem(answer, 426);
        assertThat(answer.header("Upgrade")).isEqualTo("websocket");
        assertThat(answer.header("Connection")).isEqualTo("Upgrade");
    }

    @Test
    void missingAnalysisIsExplained() throws Exception {
        String empty = client.post("analysis/?date=2001-03-01", "").header("Location");
        String unread = client.post("analysis/?date=2001-03-02", "").header("Location");
        client.post("trades/", "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"timestamp\":\"2001-03-03T12:00:00Z\"}");
        put(LocalDate.of(2001, 3, 2), "ticker,price\nA,1\n");
        put(LocalDate.of(2001, 3, 4), "ticker,price,quantity\nA,1\n");
        String rejected = client.post("analysis/?date=2001-03-04", "").header("Location");

        assertThat(detail(empty)).isEqualTo("there is no analysis of 2001-03-01: the day has no trades and no file");
        assertThat(detail(unread)).contains("its file is not analysed yet", "is unreadable");
        assertThat(detail("analysis/?date=2001-03-03")).endsWith("yet; POST /analysis/?date=2001-03-03 queues one");
        Eventually.await("the file is analysed", () -> detail(rejected).contains("rows of its file were rejected"));
        assertThat(detail(rejected)).endsWith("s3://tradeops/2001/03/04/rejects_2001-03-04.csv");
    }

    private static String detail(String path) throws Exception {
        Client.Answer answer = client.get(path);
        assertProblem(answer, 404);
        return answer.json().get("detail").textValue();
    }

    private static void put(LocalDate day, String csv) throws Exception {
        server.running()
                .backends()
                .bucket()
                .put(DailyTradeFile.of(day).tradesKey(), csv.getBytes(StandardCharsets.UTF_8), "text/csv", Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trades/?from=2026-11-21&to=2026-11-20 | from reversed_range",
                "trades/?from=2026-02-29 | from invalid_timestamp",
                "trades/?from=1969-01-01T00:00:00Z | from out_of_range",
                "trades/?from=2026-01-01T00:00:00.1234567Z | from timestamp_too_precise",
                "trades/?to= | to invalid_timestamp",
                "trades/?limit=0 | limit out_of_range",
                "trades/?limit=10001 | limit out_of_range",
                "trades/?limit=ten | limit out_of_range",
                "trades/?limit=1&limit=2 | limit repeated",
                "trades/?order=up | order invalid_order",
                "trades/?ticker=A%20B | ticker invalid_ticker",
                "averages/?ticker=, | ticker invalid_ticker",
                "alerts/?from=x | from invalid_timestamp",
                "analysis/ | date required",
                "analysis/?date=2026-13-01 | date invalid_date",
                "analysis/?date=20261120 | date invalid_date"
            })
    void invalidQueryIsRefusedWithTheNameOfTheParameter(String path, String expected) throws Exception {
        Client.Answer answer = client.get(path);

        assertProblem(answer, 422);
        JsonNode error = answer.json().get("errors").get(0);
        assertThat(error.get("parameter").textValue() + " " + error.get("code").textValue())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trades/", "averages/", "alerts/", "alerts/stream"})
    void moreThanAHundredTickersAreRefused(String list) throws Exception {
        String tickers = IntStream.range(0, 101).mapToObj(i -> "T" + i).collect(Collectors.joining(","));

        Client.Answer refused = client.get(list + "?ticker=" + tickers);

        assertProblem(refused, 422);
        assertThat(refused.json().get("errors").get(0).get("code").textValue()).isEqualTo("too_many_tickers");
        if (!list.endsWith("stream")) {
            assertThat(client.get(list + "?ticker=" + tickers.replace(",T100", ""))
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "%00",
                "MTIz",
                "bm9ib2R5fHg",
                "////",
                "MTc2Mjc5NTQ1Nzg0NjczN3xub3QgYSBrZXk",
                "MHwA",
                "LTkwMDAwMDAwMDAwMDAwMDAwMDB8QQ"
            })
    void forgedCursorIsA400(String cursor) throws Exception {
        assertProblem(client.get("trades/?cursor=" + cursor), 400);
        assertProblem(client.get("averages/?cursor=" + cursor), 400);
        assertProblem(client.get("alerts/?cursor=" + cursor), 400);
    }

    @Test
    void nextLinksListEachTradeOnceInOrder() throws Exception {
        for (int i = 0; i < 23; i++) {
            client.post(
                    "trades/",
                    "{\"ticker\":\"WALK\",\"price\":" + (i + 1) + ",\"quantity\":1,\"timestamp\":\"2020-01-01T00:00:0"
                            + i / 10 + "Z\"}");
        }
        for (String order : List.of("asc", "desc")) {
            List<String> ids = new ArrayList<>();
            String url = "trades/?ticker=WALK&limit=5&order=" + order;
            List<String> times = new ArrayList<>();
            while (!url.isEmpty()) {
                Client.Answer page = client.get(url);
                page.json().forEach(trade -> {
                    ids.add(trade.get("id").textValue());
                    times.add(trade.get("timestamp").textValue());
                });
                Matcher next = NEXT.matcher(page.header("Link"));
                url = next.matches() ? next.group(1) : "";
            }
            assertThat(ids).hasSize(23).doesNotHaveDuplicates();
            assertThat(times).isSortedAccordingTo(order.equals("asc") ? String::compareTo : (a, b) -> b.compareTo(a));
        }
    }

    @Test
    void rangeIsInclusiveAndADateIsAWholeDay() throws Exception {
        for (String time : List.of(
                "2019-05-05T23:59:59.999999Z",
                "2019-05-06T00:00:00Z",
                "2019-05-06T23:59:59.999999Z",
                "2019-05-07T00:00:00Z")) {
            client.post("trades/", "{\"ticker\":\"RANGE\",\"price\":1,\"quantity\":1,\"timestamp\":\"" + time + "\"}");
        }

        assertThat(client.get("trades/?ticker=RANGE&from=2019-05-06&to=2019-05-06")
                        .json())
                .hasSize(2);
        assertThat(client.get("trades/?ticker=RANGE&from=2019-05-06T00:00:00Z&to=2019-05-07T00:00:00Z")
                        .json())
                .hasSize(3);
        assertThat(client.get("trades/?ticker=RANGE&from=2019-05-06T02:00:00+02:00")
                        .json())
                .hasSize(3);
        assertThat(client.get("trades/?ticker=RANGE,OTHER&ticker=MORE").json()).hasSize(4);
    }

    @Test
    void pageHasAContentSecurityPolicy() throws Exception {
        Client.Answer page = client.get("");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'");
        assertThat(client.get("page.js").status()).isEqualTo(200);
        assertProblem(client.get("missing.js"), 404);
    }

    private static void assertProblem(Client.Answer answer, int status) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").textValue()).isNotBlank();
        assertThat(problem.get("request_id").textValue()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.body())
                .doesNotContain(
                        "Exception",
                        "io.tradeops",
                        "org.hibernate",
                        "select ",
                        "JsonReadFeature",
                        "StreamReadConstraints");
    }
}

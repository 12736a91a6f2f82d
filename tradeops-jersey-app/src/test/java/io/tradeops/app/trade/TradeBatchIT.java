package io.tradeops.app.trade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.RawHttp;
import io.tradeops.app.support.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of trades over HTTP: each format, all or nothing, refusals and their answers. */
class TradeBatchIT {

    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";
    private static final String CSV = "text/csv";

    /** More clients than batches that are stored at a time. */
    private static final int SLOW = 12;

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();

    @Test
    void arrayIsStoredAndItsIdsAreReturnedInOrder() throws Exception {
        Client.Answer answer = batch(JSON, """
                [{"ticker":"ARR","price":1.5,"quantity":"2","side":"buy","timestamp":"2026-11-20T14:30:00.123456Z"},
                 {"ticker":"ARR","price":0.00000001,"quantity":9999999999.99999999,"trade_id":"é"}]
                """);

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().get("accepted").intValue()).isEqualTo(2);
        JsonNode ids = answer.json().get("ids");
        assertThat(ids).hasSize(2);
        assertThat(client.get("trades/" + ids.get(0).textValue()).body())
                .contains(
                        "\"price\":1.5,\"quantity\":2,\"side\":\"buy\",\"timestamp\":\"2026-11-20T14:30:00.123456Z\"");
        assertThat(client.get("trades/" + ids.get(1).textValue()).body())
                .contains("\"price\":0.00000001,\"quantity\":9999999999.99999999,", "\"trade_id\":\"é\"");
    }

    @Test
    void clientsThatSendSlowlyDoNotBlockOtherClients() throws Exception {
        RawHttp raw = new RawHttp(server.uri());
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                Socket socket = raw.connect();
                slow.add(socket);
                begin(socket, 8_000_000).write('[');
            }
            for (int i = 0; i < SLOW; i++) {
                Client.Answer answer = batch(JSON, "[{\"ticker\":\"QUICK\",\"price\":1,\"quantity\":1}]");

                assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void bytesOfAllArrivingBodiesAreLimited() throws Exception {
        RawHttp raw = new RawHttp(server.uri());
        byte[] most = new byte[8_000_000];
        Arrays.fill(most, (byte) ' ');
        List<Socket> large = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                Socket socket = raw.connect();
                large.add(socket);
                begin(socket, most.length + 1).write(most);
            }
            for (Socket socket : large) {
                socket.getOutputStream().write(' ');
            }
            Eventually.await("a batch is refused", () -> large.stream().anyMatch(TradeBatchIT::isRefused));
        } finally {
            for (Socket socket : large) {
                socket.close();
            }
        }
        Eventually.await(
                "batches are stored again",
                () -> batch(JSON, "[{\"ticker\":\"AGAIN\",\"price\":1,\"quantity\":1}]")
                                .status()
                        == 201);
    }

    private static OutputStream begin(Socket socket, int length) throws IOException {
        OutputStream out = socket.getOutputStream();
        String head = "POST /trades/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        return out;
    }

    private static boolean isRefused(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            return in.available() > 12
                    && new String(in.readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 503");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void linesAreStored() throws Exception {
        Client.Answer answer = batch(LINES, """
                {"ticker":"NDJ","price":1,"quantity":1}

                {"ticker":"NDJ","price":2,"quantity":1}
                {"ticker":"NDJ","price":3,"quantity":1}""");

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(client.get("trades/?ticker=NDJ").json()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ticker\":\"TWO\",\"price\":1,\"quantity\":1} {\"ticker\":\"TWO\",\"price\":2,\"quantity\":1} "
                        + "| line 3 must end after one JSON object",
                "{\"ticker\":\"TWO\",\"price\":1,\"quantity\":1}] "
                        + "| the body is not valid JSON: Unexpected close marker ']': no open Array to close (line 3, column 40)",
                "{\"ticker\":\"TWO\", | the body is not valid JSON: Unexpected end-of-input within/between Object "
                        + "entries (line 3, column 17)"
            })
    void invalidLineIsRefusedWithItsNumber(String line, String detail) throws Exception {
        String good = "{\"ticker\":\"TWO\",\"price\":3,\"quantity\":1}\n";

        Client.Answer answer = batch(LINES, good + "\r\n" + line + "\n" + good);

        assertProblem(answer, 400);
        assertThat(answer.json().get("detail").textValue()).isEqualTo(detail);
        assertThat(client.get("trades/?ticker=TWO").json()).isEmpty();
    }

    @Test
    void byteOrderMarkIsSkipped() throws Exception {
        assertThat(batch(JSON, "\ufeff[" + trade("BOM", "1") + "]").status()).isEqualTo(201);
        assertThat(batch(LINES, "\ufeff" + trade("BOM", "2") + "\n" + trade("BOM", "3"))
                        .status())
                .isEqualTo(201);
        assertThat(batch(CSV, "\ufeffticker,price,quantity\nBOM,1,1\n").status())
                .isEqualTo(201);
        assertThat(client.post("trades/", "\ufeff" + trade("BOM", "4")).status())
                .isEqualTo(201);
        assertThat(client.get("trades/?ticker=BOM").json()).hasSize(5);

        assertProblem(batch(JSON, "\ufeff"), 400);
        assertProblem(batch(LINES, "\ufeff"), 422);
        assertProblem(batch(JSON, "[\ufeff" + trade("BOM", "5") + "]"), 400);
    }

    @Test
    void csvHasTheFormsThatTheCoreReads() throws Exception {
        Client.Answer answer = batch(CSV + "; charset=UTF-8", """
                Symbol,Qty,executed at,PX,trade-id,is_buyer_maker,note
                CSV,10,1763649000123456,1.25,"a,b",true,"x
                y"
                CSV,11,2025-11-20T14:30:01Z,1.5,,false,
                """);

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        JsonNode trades = client.get("trades/?ticker=CSV").json();
        assertThat(trades).hasSize(2);
        assertThat(trades.get(0).toString())
                .contains("\"quantity\":10,\"side\":\"sell\",\"timestamp\":\"2025-11-20T14:30:00.123456Z\"")
                .contains("\"trade_id\":\"a,b\"");
        assertThat(trades.get(1).toString()).contains("\"side\":\"buy\"").doesNotContain("trade_id");
    }

    @Test
    void everyViolationOfACsvRowIsListed() throws Exception {
        Client.Answer answer = batch(
                CSV, "ticker,price,quantity,side,timestamp\nOK,1,1,buy,2025-11-20T14:30:00Z\n!!,x,-1,foo,never\n");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").findValuesAsText("pointer"))
                .containsExactly("/1/ticker", "/1/price", "/1/quantity", "/1/timestamp", "/1/side");
        assertThat(answer.json().get("errors").findValuesAsText("code"))
                .containsExactly("invalid_ticker", "not_a_number", "not_positive", "invalid_timestamp", "invalid_side");
    }

    @Test
    void rejectedCsvRowIsAlsoCheckedAgainstTheRulesOfTheApi() throws Exception {
        Client.Answer answer = batch(
                CSV,
                "ticker,price,quantity,timestamp,trade_id\nB,-1,1,2199-01-01T00:00:00Z,"
                        + "x".repeat(129)
                        + "\nB,,1,2025-01-01T00:00:00.123456789Z,\nB,1,1,,"
                        + "x".repeat(129)
                        + "\n");

        assertProblem(answer, 422);
        assertThat(errors(answer))
                .containsExactly(
                        "/0/price not_positive",
                        "/0/timestamp out_of_range",
                        "/0/trade_id invalid_trade_id",
                        "/1/price required",
                        "/1/timestamp timestamp_too_precise",
                        "/2/trade_id invalid_trade_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, LINES, CSV})
    void firstHundredViolationsAreListedAndAllAreCounted(String type) throws Exception {
        String object =
                "{\"ticker\":\"?\",\"price\":-1,\"quantity\":\"x\",\"side\":\"?\",\"timestamp\":\"?\",\"trade_id\":\"é\"}";
        List<String> objects = Collections.nCopies(10_000, object);
        String body = switch (type) {
            case JSON -> objects.toString();
            case LINES -> String.join("\n", objects);
            default -> "ticker,price,quantity,side,timestamp\n" + "?,-1,x,?,?\n".repeat(10_000);
        };

        Client.Answer answer = batch(type, body);

        assertProblem(answer, 422);
        assertThat(answer.json().get("errors")).hasSize(100);
        assertThat(answer.json().at("/errors/99/pointer").textValue()).startsWith("/19/");
        assertThat(answer.json().get("error_count").intValue()).isEqualTo(50_000);
        assertThat(answer.json().get("detail").textValue())
                .isEqualTo("50000 values are invalid; the first 100 are listed");
    }

    @Test
    void objectWithTooManyFieldsIsRefused() throws Exception {
        String wide = "{"
                + IntStream.range(0, 500_000).mapToObj(i -> "\"" + i + "\":1").collect(Collectors.joining(","))
                + "}";

        for (String body : List.of(wide, "[" + wide + "]", "[{\"a\":" + wide + "}]", "[[" + wide + "]]")) {
            Client.Answer answer = batch(JSON, body);
            assertProblem(answer, 413);
            assertThat(answer.json().get("detail").textValue()).isEqualTo("an object must have at most 100 fields");
        }
        assertProblem(batch(LINES, wide), 413);
    }

    @Test
    void storedTradesOfALargeBatchAreCountedInTheConflict() throws Exception {
        String trades =
                IntStream.range(0, 300).mapToObj(i -> trade("CNT", "c" + i)).collect(Collectors.joining(",", "[", "]"));
        assertThat(batch(JSON, trades).status()).isEqualTo(201);

        Client.Answer stored = batch(JSON, trades);
        Client.Answer twice =
                batch(JSON, Collections.nCopies(200, trade("TWI", "t")).toString());

        assertProblem(stored, 409);
        assertThat(stored.json().get("errors")).hasSize(100);
        assertThat(stored.json().get("error_count").intValue()).isEqualTo(300);
        assertProblem(twice, 409);
        assertThat(twice.json().get("errors")).hasSize(100);
        assertThat(twice.json().get("error_count").intValue()).isEqualTo(199);
    }

    @ParameterizedTest
    @CsvSource({"text/CSV", "Text/Csv; Charset=UTF-8"})
    void mediaTypeIsCaseInsensitive(String type) throws Exception {
        assertThat(batch(type, "ticker,price,quantity\nCASE,1,1\n").status()).isEqualTo(201);
    }

    @Test
    void identityEncodingIsAccepted() throws Exception {
        Client.Answer answer = client.send(client.request("trades/batch")
                .header("Content-Type", CSV)
                .header("Content-Encoding", "identity")
                .POST(HttpRequest.BodyPublishers.ofString("ticker,price,quantity\nPLAIN,1,1\n")));

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void emptyTimestampInCsvIsTheTimeOfReceipt() throws Exception {
        Client.Answer answer = batch(
                CSV, "\ufeffticker,price,quantity,timestamp\nNOW,1,1,\nNOW,2,1,\"\"\nNOW,3,1,2025-01-01T00:00:00Z\n");

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        JsonNode trades = client.get("trades/?ticker=NOW").json();
        assertThat(trades.findValuesAsText("price")).containsExactly("3", "1", "2");
        assertThat(trades.get(1).get("timestamp")).isEqualTo(trades.get(1).get("received_at"));
        assertThat(trades.get(2).get("timestamp")).isEqualTo(trades.get(1).get("timestamp"));
    }

    @Test
    void tenThousandTradesAreStoredAndOneMoreIsRefused() throws Exception {
        assertThat(batch(JSON, trades("MANY", 10_000)).json().get("accepted").intValue())
                .isEqualTo(10_000);

        assertProblem(batch(JSON, trades("MORE", 10_001)), 413);
        assertThat(client.get("trades/?ticker=MORE").json()).isEmpty();
    }

    @Test
    void everyViolationIsListedWithItsIndexAndNothingIsStored() throws Exception {
        Client.Answer answer = batch(JSON, """
                [{"ticker":"BAD","price":1,"quantity":1},
                 {"ticker":"BAD","price":-1,"quantity":"x"},
                 7,
                 {"ticker":"BAD","price":1,"quantity":1,"a/b":null}]
                """);

        assertProblem(answer, 422);
        assertThat(errors(answer))
                .containsExactly(
                        "/1/price not_positive",
                        "/1/quantity not_a_number",
                        "/2 not_an_object",
                        "/3/a~1b unknown_field");
        assertThat(client.get("trades/?ticker=BAD").json()).isEmpty();
    }

    @Test
    void violationsOfLinesAndCsvHaveTheSameCodes() throws Exception {
        assertThat(errors(
                        batch(LINES, "{\"ticker\":\"B\",\"price\":1,\"quantity\":1}\n{\"ticker\":\"B\",\"price\":0}")))
                .containsExactly("/1/price not_positive", "/1/quantity required");
        assertThat(errors(batch(CSV, """
                ticker,price,quantity,side,timestamp,trade_id
                B,1,1,,2025-01-01T00:00:00Z,
                B,0,1,,2025-01-01T00:00:00Z,
                B,1,,,2025-01-01T00:00:00Z,
                "?",1,1,,2025-01-01T00:00:00Z,
                B,1,1,hold,2025-01-01T00:00:00Z,
                B,1,1,,soon,
                B,1,1,,2025-01-01T00:00:00.123456789Z,
                B,1,1,,2199-01-01T00:00:00Z,
                B,1,1
                """)))
                .containsExactly(
                        "/1/price not_positive",
                        "/2/quantity required",
                        "/3/ticker invalid_ticker",
                        "/4/side invalid_side",
                        "/5/timestamp invalid_timestamp",
                        "/6/timestamp timestamp_too_precise",
                        "/7/timestamp out_of_range",
                        "/8 too_few_fields");
        assertThat(client.get("trades/?ticker=B").json()).isEmpty();
    }

    @Test
    void unknownFieldsBeyondTheLimitAreCounted() throws Exception {
        String fields =
                IntStream.range(0, 70).mapToObj(i -> ",\"x" + i + "\":0").collect(Collectors.joining());
        String trade = "{\"ticker\":\"B\",\"price\":1,\"quantity\":1" + fields + "}";

        Client.Answer answer = batch(JSON, Collections.nCopies(1_000, trade).toString());

        assertProblem(answer, 422);
        assertThat(answer.json().get("errors")).hasSize(100);
        assertThat(answer.json().get("error_count").intValue()).isEqualTo(70_000);
        assertThat(answer.json().get("detail").textValue())
                .isEqualTo("70000 values are invalid; the first 100 are listed");
    }

    @Test
    void repeatedSenderIdsAreConflictsWithTheirIndices() throws Exception {
        String location = client.post("trades/", trade("CON", "a")).header("Location");

        Client.Answer stored = batch(JSON, "[" + trade("CON", "b") + "," + trade("CON", "a") + "]");
        Client.Answer within =
                batch(JSON, "[" + trade("CON", "c") + "," + trade("OTH", "c") + "," + trade("CON", "c") + "]");

        assertProblem(stored, 409);
        assertThat(stored.header("Location")).isEqualTo(location);
        assertThat(errors(stored)).containsExactly("/1/trade_id exists");
        assertThat(stored.json().get("detail").textValue())
                .isEqualTo("a trade of the batch is stored already; none was stored now");
        assertProblem(within, 409);
        assertThat(errors(within)).containsExactly("/2/trade_id duplicate");
        assertThat(within.json().get("detail").textValue())
                .isEqualTo("a trade of the batch repeats an earlier one's trade_id");
        assertThat(client.get("trades/?ticker=CON,OTH").json()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | [] | 422",
                "application/json | {} | 422",
                "application/json | [{} | 400",
                "application/json | [] [] | 400",
                "application/json | 'null' | 422",
                "application/x-ndjson | '' | 422",
                "application/x-ndjson | {\"ticker\": | 400",
                "application/x-ndjson | [1] | 422",
                "text/csv | '' | 400",
                "text/csv | 'ticker,price\nA,1\n' | 400",
                "text/csv | 'ticker,price,quantity\n' | 422",
                "text/csv | 'ticker,price,quantity\n\"A,1,1\n' | 400",
                "text/csv;charset=iso-8859-1 | 'ticker,price,quantity\nA,1,1\n' | 415",
                "text/plain | [] | 415",
                "application/xml | [] | 415"
            })
    void invalidBatchIsRefused(String type, String body, int status) throws Exception {
        assertProblem(batch(type, body), status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson", "text/csv"})
    void bytesThatAreNotUtf8AreRefused(String type) throws Exception {
        byte[] latin = "ticker,price,quantity\n\"Ä\",1,1\n".getBytes(StandardCharsets.ISO_8859_1);

        Client.Answer answer = client.send(client.request("trades/batch")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(latin)));

        assertThat(answer.status()).isBetween(400, 422);
    }

    @Test
    void compressedBodiesAreRefused() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("ticker,price,quantity\nZIP,1,1\n".getBytes(StandardCharsets.UTF_8));
        }
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray());

        assertProblem(
                client.send(client.request("trades/batch")
                        .header("Content-Type", CSV)
                        .POST(body)),
                400);
        assertProblem(
                client.send(client.request("trades/batch")
                        .header("Content-Type", CSV)
                        .header("Content-Encoding", "gzip")
                        .POST(body)),
                415);
        assertThat(client.get("trades/?ticker=ZIP").json()).isEmpty();
    }

    @Test
    void bodyOverTheLimitIsRefused() throws Exception {
        assertProblem(batch(JSON, "[" + " ".repeat(8 * 1024 * 1024) + "]"), 413);
    }

    @Test
    void batchesWithTheSameSenderIdsInAnyOrderDoNotBlockEachOther() throws Exception {
        List<String> forth =
                IntStream.range(0, 500).mapToObj(i -> trade("ORD", "o" + i)).toList();
        List<String> back = new ArrayList<>(forth);
        Collections.reverse(back);

        List<Integer> statuses = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> batchStatus(String.join(",", i % 2 == 0 ? forth : back)))
                .toList();

        assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
        assertThat(client.get("trades/?ticker=ORD").json()).hasSize(500);
    }

    private static int batchStatus(String trades) {
        try {
            return batch(JSON, "[" + trades + "]").status();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String trade(String ticker, String tradeId) {
        return "{\"ticker\":\"" + ticker + "\",\"price\":1,\"quantity\":1,\"trade_id\":\"" + tradeId + "\"}";
    }

    private static String trades(String ticker, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> trade(ticker, "t" + i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Client.Answer batch(String type, String body) throws Exception {
        return client.send(client.request("trades/batch")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static List<String> errors(Client.Answer answer) throws Exception {
        List<String> errors = new ArrayList<>();
        for (JsonNode error : answer.json().get("errors")) {
            errors.add(
                    error.get("pointer").textValue() + " " + error.get("code").textValue());
        }
        return errors;
    }

    private static void assertProblem(Client.Answer answer, int status) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).doesNotContain("Exception", "io.tradeops", "org.hibernate", "insert into");
    }
}

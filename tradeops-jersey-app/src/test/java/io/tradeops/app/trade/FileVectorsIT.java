package io.tradeops.app.trade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import blackbox.csv.FileOptions;
import blackbox.csv.FileVector;
import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.TestDatabase;
import io.tradeops.app.support.TestServer;
import io.tradeops.core.csv.AnalysisCsv;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The core's cases of whole files that need no options, as batches of trades. */
class FileVectorsIT {

    /** What a file may have and a trade of the API may not. */
    private static final Set<String> REFUSED_BY_THE_API_ALONE =
            Set.of("empty_batch", "timestamp_too_precise", "invalid_side");

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();

    @BeforeEach
    void deleteAllTrades() {
        TestDatabase.empty(server.database(), "trades");
    }

    static Stream<FileVector> vectors() {
        return FileVector.plain().filter(vector -> vector.options().equals(FileOptions.NONE));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void batchIsStoredOrRefusedAsTheVectorSays(FileVector vector) throws Exception {
        Client.Answer answer = client.send(client.request("trades/batch")
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofByteArray(vector.file())));

        if (!vector.error().isEmpty()) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.json().get("detail").textValue())
                    .startsWith("the body is not a CSV file of trades: line " + vector.error());
        } else if (!vector.rejects().isEmpty()) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            assertThat(refusedLines(answer)).containsAll(rejectedLines(vector));
        } else if (answer.status() == 422) {
            assertThat(answer.json().get("errors").findValuesAsText("code"))
                    .as(answer.body())
                    .isSubsetOf(REFUSED_BY_THE_API_ALONE);
        } else {
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            assertThat(analysisOfStoredTrades()).isEqualTo(vector.analysis());
        }
    }

    /** The lines of the rejects but those without a time, which the API sets. */
    private static List<String> rejectedLines(FileVector vector) {
        return vector.rejects().stream()
                .filter(reject -> !reject.contains(",timestamp_missing,"))
                .map(reject -> reject.substring(0, reject.indexOf(',')))
                .toList();
    }

    private static List<String> refusedLines(Client.Answer answer) throws Exception {
        List<String> lines = new ArrayList<>();
        for (JsonNode error : answer.json().get("errors")) {
            String detail = error.get("detail").textValue();
            lines.add(detail.substring("line ".length(), detail.indexOf(':')));
        }
        return lines;
    }

    private static List<String> analysisOfStoredTrades() throws Exception {
        byte[] stored = client.get("trades/", "text/csv").body().getBytes(UTF_8);
        ByteArrayOutputStream analysis = new ByteArrayOutputStream();
        AnalysisCsv.write(TradeCsvAnalyzer.create().analyze(stored).tickers(), analysis);
        return analysis.toString(UTF_8).lines().skip(1).toList();
    }
}

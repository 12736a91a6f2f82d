package io.tradeops.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.lambda.Event.ChangedObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    @Test
    void readsADirectInvocation() throws Exception {
        assertThat(read("{\"date\":\"2026-11-20\"}")).isEqualTo(new Event.Direct("2026-11-20", false));
        assertThat(read("{\"date\":\"2026-11-20\",\"force\":true}")).isEqualTo(new Event.Direct("2026-11-20", true));
        assertThat(read("{\"date\":20261120}")).isEqualTo(new Event.Direct("20261120", false));
        assertThat(read("{\"date\":[]}")).isEqualTo(new Event.Direct("", false));
    }

    @Test
    void readsAnApiGatewayRestRequest() throws Exception {
        assertThat(readFile("api-gateway-rest"))
                .isEqualTo(new Event.Http("GET", "/analysis/", List.of("2026-11-20"), "text/csv"));
    }

    @Test
    void readsAnHttpApiRequest() throws Exception {
        assertThat(readFile("api-gateway-http"))
                .isEqualTo(new Event.Http("POST", "/analysis/", List.of("2026-11-20"), "application/json"));
    }

    @Test
    void readsAFunctionUrlRequestWithoutAQuery() throws Exception {
        assertThat(readFile("function-url-no-query")).isEqualTo(new Event.Http("GET", "/", List.of(), "*/*"));
    }

    @Test
    void readsEveryDateOfARestRequest() throws Exception {
        Event event = read(
                "{\"httpMethod\":\"GET\",\"path\":\"/\",\"requestContext\":{},"
                        + "\"queryStringParameters\":{\"date\":\"b\"},\"multiValueQueryStringParameters\":{\"date\":[\"a\",\"b\"]}}");
        assertThat(event).isEqualTo(new Event.Http("GET", "/", List.of("a", "b"), ""));
    }

    @Test
    void readsAnS3NotificationOfSeveralRecordsWithEncodedKeys() throws Exception {
        assertThat(readFile("s3-notification"))
                .isEqualTo(new Event.Objects(List.of(
                        new ChangedObject("trades", "venue a+b/ü/2026/11/20/trades.csv", true),
                        new ChangedObject("trades", "2026/11/21/trades.csv.gz", true),
                        new ChangedObject("trades", "2026/11/22/trades.csv", false))));
    }

    @Test
    void readsTheTestEventThatS3SendsForNewNotifications() throws Exception {
        assertThat(read("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"trades\"}"))
                .isEqualTo(new Event.Objects(List.of()));
    }

    @Test
    void readsAnS3EventOfEventBridgeWhoseKeyIsNotEncoded() throws Exception {
        assertThat(readFile("eventbridge-s3"))
                .isEqualTo(new Event.Objects(
                        List.of(new ChangedObject("trades", "venue+a%20b/2026/11/20/trades.csv", true))));
    }

    @Test
    void readsASchedule() throws Exception {
        assertThat(readFile("eventbridge-schedule"))
                .isEqualTo(new Event.Schedule(Optional.of(Instant.parse("2026-11-21T00:30:00Z"))));
        assertThat(read("{\"source\":\"aws.scheduler\",\"detail-type\":\"Scheduled Event\",\"time\":\"soon\"}"))
                .isEqualTo(new Event.Schedule(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                        | event must be {"date":"YYYY-MM-DD"}, or one of S3, EventBridge or API Gateway; its fields are []
        {"day":"2026-11-20"}                      | event must be {"date":"YYYY-MM-DD"}, or one of S3, EventBridge or API Gateway; its fields are [day]
        {"date":null}                             | event must be {"date":"YYYY-MM-DD"}, or one of S3, EventBridge or API Gateway; its fields are []
        {"date":"2026-11-20","bucket":"b"}        | event has fields other than date and force: [bucket]
        {"Records":[{"eventSource":"aws:sqs"}]}   | event has a record that is not of S3: eventSource 'aws:sqs'
        {"Records":[{"eventSource":"aws:s3"}]}    | event has no s3.bucket.name
        {"requestContext":{},"version":"2.0"}     | event has no requestContext.http.method
        []                                        | event must be a JSON object
        {"date":"2026-11-20"} {}                  | event must be one JSON object, and nothing after it
        """)
    void rejectsAnUnknownEvent(String json, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(json)).withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"date\":", "{\"date\":\"a\",\"date\":\"b\"}", "nonsense", "{\"date\":tru}", "\0"})
    void rejectsInvalidJson(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(json))
                .withMessageStartingWith("event must be a JSON object: ");
    }

    @Test
    void rejectsJsonNestedTooDeeply() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{\"date\":" + "[".repeat(10_000)))
                .withMessageContaining("depth");
    }

    private static Event read(String json) throws IOException {
        return EventReader.read(JsonTree.read(new ByteArrayInputStream(json.getBytes(UTF_8))));
    }

    private static Event readFile(String name) throws IOException {
        return read(new String(ReferenceAnalysis.file("events/" + name + ".json"), UTF_8));
    }
}

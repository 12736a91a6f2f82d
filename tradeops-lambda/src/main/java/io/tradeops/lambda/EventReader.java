package io.tradeops.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradeops.lambda.Event.ChangedObject;
import java.net.URLDecoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads events and recognizes them by their shape: an S3 notification, an S3 event of EventBridge, an EventBridge
 * schedule, an HTTP request, or {@code {"date":…}}. HTTP requests have payload 1.0 (API Gateway REST, application load
 * balancer) or 2.0 (HTTP API, function URL). Static functions; thread-safe.
 */
final class EventReader {

    private static final Set<String> DIRECT_FIELDS = Set.of("date", "force");

    private EventReader() {}

    /** @throws IllegalArgumentException if the event has none of these shapes, naming its fields */
    static Event read(JsonTree event) {
        if (event.has("Records")) {
            return new Event.Objects(
                    event.objects("Records").stream().map(EventReader::ofRecord).toList());
        }
        if (event.has("requestContext")) {
            return event.text("version").filter("2.0"::equals).isPresent() ? http2(event) : http1(event);
        }
        if (event.text("source").filter("aws.s3"::equals).isPresent()) {
            return new Event.Objects(List.of(ofEventBridge(event)));
        }
        if (event.text("detail-type").filter("Scheduled Event"::equals).isPresent()) {
            return new Event.Schedule(event.text("time").flatMap(EventReader::instant));
        }
        if (event.text("Event").filter("s3:TestEvent"::equals).isPresent()) {
            return new Event.Objects(List.of());
        }
        return direct(event);
    }

    private static Event direct(JsonTree event) {
        if (!event.has("date")) {
            throw new IllegalArgumentException("event must be {\"date\":\"YYYY-MM-DD\"}, or one of S3, EventBridge or"
                    + " API Gateway; its fields are " + event.names());
        }
        List<String> unknown = new ArrayList<>(event.names());
        unknown.removeAll(DIRECT_FIELDS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("event has fields other than date and force: " + unknown);
        }
        return new Event.Direct(
                event.text("date").orElse(""),
                event.text("force").filter("true"::equals).isPresent());
    }

    /** Keys in notifications are URL-encoded, with a plus for a space. */
    private static ChangedObject ofRecord(JsonTree record) {
        String source = record.text("eventSource").orElse("");
        if (!source.equals("aws:s3")) {
            throw new IllegalArgumentException("event has a record that is not of S3: eventSource '" + source + "'");
        }
        return new ChangedObject(
                required(record, "s3", "bucket", "name"),
                URLDecoder.decode(required(record, "s3", "object", "key"), UTF_8),
                record.text("eventName").orElse("").startsWith("ObjectCreated:"));
    }

    /** Keys in EventBridge's events are not encoded. */
    private static ChangedObject ofEventBridge(JsonTree event) {
        return new ChangedObject(
                required(event, "detail", "bucket", "name"),
                required(event, "detail", "object", "key"),
                event.text("detail-type").filter("Object Created"::equals).isPresent());
    }

    private static Event http1(JsonTree event) {
        List<String> several = event.object("multiValueQueryStringParameters").texts("date");
        Optional<String> one = event.text("queryStringParameters", "date");
        return new Event.Http(
                required(event, "httpMethod"),
                event.text("path").orElse("/"),
                several.isEmpty() ? one.stream().toList() : several,
                accept(event));
    }

    private static Event http2(JsonTree event) {
        return new Event.Http(
                required(event, "requestContext", "http", "method"),
                event.text("rawPath").orElse("/"),
                event.text("queryStringParameters", "date").stream().toList(),
                accept(event));
    }

    private static String accept(JsonTree event) {
        JsonTree headers = event.object("headers");
        return headers.names().stream()
                .filter("accept"::equalsIgnoreCase)
                .flatMap(name -> headers.text(name).stream())
                .findFirst()
                .orElse("");
    }

    private static String required(JsonTree event, String... path) {
        return event.text(path)
                .orElseThrow(() -> new IllegalArgumentException("event has no " + String.join(".", path)));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

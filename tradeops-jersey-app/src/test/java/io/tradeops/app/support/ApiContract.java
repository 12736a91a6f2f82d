package io.tradeops.app.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tradeops.app.support.OpenApiDocument.Operation;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Compares the answers that tests receive with the OpenAPI document. Thread-safe. */
final class ApiContract {

    /** The statuses that any path may answer, according to the document's description. */
    private static final Set<Integer> ANYWHERE = Set.of(400, 404, 405, 408, 412, 413, 414, 415, 417, 421, 431, 503);

    /** The statuses of checks that come before the look-up of the path. */
    private static final Set<Integer> BEFORE = Set.of(401, 403, 429);

    /** The files of the pages, which are not part of the API. */
    private static final Pattern STATIC =
            Pattern.compile("/((docs|assets)/)?[A-Za-z0-9_.-]+\\.(css|js|svg|png|map|html)");

    /** The documented responses of these statuses for a path without an operation. */
    private static final Map<Integer, String> GENERAL = Map.of(
            401,
            "Unauthorized",
            403,
            "Forbidden",
            415,
            "UnsupportedMediaType",
            429,
            "TooManyRequests",
            503,
            "Unavailable");

    /** The headers that any answer may have without documentation: those of HTTP, and those for browsers' safety. */
    private static final Set<String> GENERAL_HEADERS = Set.of(
            "allow",
            "cache-control",
            "connection",
            "content-length",
            "content-type",
            "content-security-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "date",
            "referrer-policy",
            "transfer-encoding",
            "vary",
            "x-content-type-options",
            "x-request-id");

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.get();

    private ApiContract() {}

    /** A request's method and path, and its answer. The names of headers are case-insensitive. */
    record Exchange(String method, String path, int status, Map<String, String> headers, String body) {

        Exchange {
            Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            anyCase.putAll(headers);
            headers = Collections.unmodifiableMap(anyCase);
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** Fails if the answer is not as in the document. */
    static void check(HttpResponse<String> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        check(new Exchange(
                response.request().method(),
                response.uri().getRawPath(),
                response.statusCode(),
                headers,
                response.body()));
    }

    /** Fails if the answer of an exchange is not as in the document. */
    static void check(Exchange exchange) {
        List<String> violations = violations(exchange);
        if (!violations.isEmpty()) {
            throw new AssertionError(exchange + " is not as documented: " + violations);
        }
    }

    private static List<String> violations(Exchange response) {
        String path = response.path();
        String method = response.method();
        if (method.equals("OPTIONS") || (STATIC.matcher(path).matches() && response.status() < 400)) {
            return List.of();
        }
        Optional<String> template = DOCUMENT.template(path);
        Optional<Operation> operation =
                template.flatMap(known -> DOCUMENT.operation(method.equals("HEAD") ? "GET" : method, known));
        Optional<String> documented = operation.flatMap(known -> answer(known, response.status()));
        if (documented.isPresent()) {
            return violations(response, documented.get());
        }
        boolean general =
                ANYWHERE.contains(response.status()) || (operation.isEmpty() && BEFORE.contains(response.status()));
        if (!general) {
            return List.of("status " + response.status() + " of " + method + " " + template.orElse(path));
        }
        List<String> violations = new ArrayList<>();
        if (response.status() == 405 && response.header("Allow").isEmpty()) {
            violations.add("no Allow");
        }
        violations.addAll(
                violations(response, "/components/responses/" + GENERAL.getOrDefault(response.status(), "Problem")));
        return violations;
    }

    private static Optional<String> answer(Operation operation, int status) {
        String answers = operation.pointer() + "/responses/";
        for (String name : List.of(String.valueOf(status), "default")) {
            if (!DOCUMENT.at(answers + name).isMissingNode()) {
                return Optional.of(DOCUMENT.resolve(answers + name));
            }
        }
        return Optional.empty();
    }

    private static List<String> violations(Exchange response, String answer) {
        List<String> violations = new ArrayList<>();
        DOCUMENT.at(answer + "/headers").fieldNames().forEachRemaining(name -> {
            String header = DOCUMENT.resolve(answer + "/headers/" + name);
            violations.addAll(headerViolations(response, name, header));
        });
        violations.addAll(undocumentedHeaders(response, DOCUMENT.at(answer + "/headers")));
        JsonNode contents = DOCUMENT.at(answer + "/content");
        String type = response.header("Content-Type")
                .orElse("none")
                .replaceFirst(";.*", "")
                .trim();
        if (!contents.has(type)) {
            violations.add("Content-Type " + type + " where " + contents.properties() + " is documented");
        } else if (!response.method().equals("HEAD")) {
            violations.addAll(bodyViolations(response, type, answer + "/content/"));
        }
        return violations;
    }

    private static List<String> bodyViolations(Exchange response, String type, String contents) {
        String schema = contents + OpenApiDocument.escape(type) + "/schema";
        return switch (type) {
            case "application/json" -> DOCUMENT.violations(schema, response.body());
            case "application/problem+json" -> {
                List<String> violations = new ArrayList<>(DOCUMENT.violations(schema, response.body()));
                violations.addAll(problemViolations(response));
                yield violations;
            }
            case "application/x-ndjson" -> {
                // each line has the schema of an item of the JSON array
                String item = DOCUMENT.resolve(contents + "application~1json/schema/items");
                yield response.body()
                        .lines()
                        .flatMap(line -> DOCUMENT.violations(item, line).stream())
                        .toList();
            }
            default -> List.of();
        };
    }

    private static List<String> undocumentedHeaders(Exchange response, JsonNode documented) {
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(GENERAL_HEADERS);
        documented.fieldNames().forEachRemaining(known::add);
        return response.headers().keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> name + " is not documented")
                .toList();
    }

    private static List<String> headerViolations(Exchange response, String name, String header) {
        Optional<String> value = response.header(name);
        if (value.isEmpty()) {
            return DOCUMENT.at(header + "/required").asBoolean() ? List.of("no " + name) : List.of();
        }
        boolean isNumber = DOCUMENT.at(header + "/schema/type").asText().equals("integer");
        String json = isNumber ? value.get() : TextNode.valueOf(value.get()).toString();
        return DOCUMENT.violations(header + "/schema", json);
    }

    /** Checks what a schema does not express: the body has the status and the request id of the answer. */
    private static List<String> problemViolations(Exchange response) {
        String id = response.header("X-Request-Id").orElse("");
        boolean same = response.body().contains("\"status\":" + response.status())
                && response.body().contains("\"request_id\":\"" + id + "\"");
        return same ? List.of() : List.of("status or request_id differ from the answer's");
    }
}

package io.tradeops.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tradeops.app.OpenApiDocument.Operation;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Holds every answer that a test gets against the OpenAPI document. Thread-safe. */
final class ApiContract {

    /** What any path may answer, as the document's description says. */
    private static final Set<Integer> ANYWHERE = Set.of(404, 405, 408, 414, 421, 431);

    /** What is answered before it is known whether there is anything. */
    private static final Set<Integer> BEFORE = Set.of(401, 403, 429);

    /** Parts of the pages, which are no part of the API. */
    private static final Pattern STATIC =
            Pattern.compile("/((docs|assets)/)?[A-Za-z0-9_.-]+\\.(css|js|svg|png|map|html)");

    private static final String PROBLEM = "/components/responses/Problem";

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.get();

    private ApiContract() {}

    /** Fails if the document doesn't say that a request is answered like this. */
    static void check(HttpResponse<String> response) {
        List<String> violations = violations(response);
        if (!violations.isEmpty()) {
            throw new AssertionError(response + " is not as documented: " + violations + "\n"
                    + response.headers().map() + "\n" + response.body());
        }
    }

    private static List<String> violations(HttpResponse<String> response) {
        String path = response.uri().getRawPath();
        String method = response.request().method();
        if (method.equals("OPTIONS") || (STATIC.matcher(path).matches() && response.statusCode() < 400)) {
            return List.of();
        }
        Optional<String> template = DOCUMENT.template(path);
        Optional<Operation> operation =
                template.flatMap(known -> DOCUMENT.operation(method.equals("HEAD") ? "GET" : method, known));
        Optional<String> documented = operation.flatMap(known -> answer(known, response.statusCode()));
        if (documented.isPresent()) {
            return violations(response, documented.get());
        }
        boolean general = ANYWHERE.contains(response.statusCode())
                || (operation.isEmpty() && BEFORE.contains(response.statusCode()));
        if (!general) {
            return List.of("status " + response.statusCode() + " of " + method + " " + template.orElse(path));
        }
        List<String> violations = new ArrayList<>();
        if (response.statusCode() == 405
                && response.headers().firstValue("Allow").isEmpty()) {
            violations.add("no Allow");
        }
        violations.addAll(violations(response, PROBLEM));
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

    private static List<String> violations(HttpResponse<String> response, String answer) {
        List<String> violations = new ArrayList<>();
        DOCUMENT.at(answer + "/headers").fieldNames().forEachRemaining(name -> {
            String header = DOCUMENT.resolve(answer + "/headers/" + name);
            violations.addAll(headerViolations(response, name, header));
        });
        JsonNode contents = DOCUMENT.at(answer + "/content");
        String type = response.headers()
                .firstValue("Content-Type")
                .orElse("none")
                .replaceFirst(";.*", "")
                .trim();
        if (!contents.has(type)) {
            violations.add("Content-Type " + type + " where " + contents.properties() + " is documented");
        } else if (!response.request().method().equals("HEAD")) {
            violations.addAll(bodyViolations(response, type, answer + "/content/"));
        }
        return violations;
    }

    private static List<String> bodyViolations(HttpResponse<String> response, String type, String contents) {
        String schema = contents + OpenApiDocument.escape(type) + "/schema";
        return switch (type) {
            case "application/json" -> DOCUMENT.violations(schema, response.body());
            case "application/problem+json" -> {
                List<String> violations = new ArrayList<>(DOCUMENT.violations(schema, response.body()));
                violations.addAll(problemViolations(response));
                yield violations;
            }
            case "application/x-ndjson" -> {
                // a line is what an item of the array is
                String item = DOCUMENT.resolve(contents + "application~1json/schema/items");
                yield response.body()
                        .lines()
                        .flatMap(line -> DOCUMENT.violations(item, line).stream())
                        .toList();
            }
            default -> List.of();
        };
    }

    private static List<String> headerViolations(HttpResponse<String> response, String name, String header) {
        Optional<String> value = response.headers().firstValue(name);
        if (value.isEmpty()) {
            return DOCUMENT.at(header + "/required").asBoolean() ? List.of("no " + name) : List.of();
        }
        boolean isNumber = DOCUMENT.at(header + "/schema/type").asText().equals("integer");
        String json = isNumber ? value.get() : TextNode.valueOf(value.get()).toString();
        return DOCUMENT.violations(header + "/schema", json);
    }

    /** What a schema can't say: the body has the answer's own status and id. */
    private static List<String> problemViolations(HttpResponse<String> response) {
        String id = response.headers().firstValue("X-Request-Id").orElse("");
        boolean same = response.body().contains("\"status\":" + response.statusCode())
                && response.body().contains("\"request_id\":\"" + id + "\"");
        return same ? List.of() : List.of("status or request_id differ from the answer's");
    }
}

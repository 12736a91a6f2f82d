package io.tradeops.app.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The OpenAPI document: its operations, and its schemas to validate JSON. Thread-safe. */
public final class OpenApiDocument {

    private static final String URI = "https://tradeops.invalid/openapi.json";
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private static final OpenApiDocument DOCUMENT = new OpenApiDocument();

    private final JsonNode root;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private OpenApiDocument() {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi/openapi.yaml")) {
            root = new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(URI, root.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** An operation; {@code pointer} is its JSON pointer in the document. */
    public record Operation(String method, String path, String pointer, JsonNode node) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    public static OpenApiDocument get() {
        return DOCUMENT;
    }

    public JsonNode root() {
        return root;
    }

    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (METHODS.contains(method.getKey())) {
                        operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                "/paths/" + escape(path.getKey()) + "/" + method.getKey(),
                                method.getValue()));
                    }
                }));
        return operations;
    }

    /** The template of a path, one without parameters first; empty if the path is not documented. */
    Optional<String> template(String path) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        List<String> templates = new ArrayList<>();
        root.get("paths").fieldNames().forEachRemaining(templates::add);
        templates.sort((a, b) -> Boolean.compare(a.contains("{"), b.contains("{")));
        return templates.stream()
                .filter(template -> Pattern.matches(template.replaceAll("\\{\\w+}", "[^/]+"), plain))
                .findFirst();
    }

    Optional<Operation> operation(String method, String template) {
        return operations().stream()
                .filter(operation ->
                        operation.method().equals(method) && operation.path().equals(template))
                .findFirst();
    }

    /** The JSON pointer of a node. If the node is a reference, the pointer of the node that it refers to. */
    public String resolve(String pointer) {
        JsonNode reference = root.at(pointer).get("$ref");
        return reference == null ? pointer : resolve(reference.textValue().substring(1));
    }

    public JsonNode at(String pointer) {
        return root.at(pointer);
    }

    /** The violations of the schema at a JSON pointer; empty if the JSON is valid. */
    public List<String> violations(String pointer, String json) {
        Schema schema = schemas.computeIfAbsent(
                pointer,
                place -> registry.getSchema("{\"$ref\":\"" + URI + "#"
                        + place.replace("%", "%25").replace("{", "%7B").replace("}", "%7D") + "\"}"));
        try {
            return schema.validate(Client.parse(json)).stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException e) {
            return List.of("no JSON: " + e.getMessage());
        }
    }

    public static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}

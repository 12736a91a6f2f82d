package io.tradeops.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tradeops.app.support.OpenApiDocument;
import io.tradeops.app.support.OpenApiDocument.Operation;
import io.tradeops.core.trade.Ticker;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The OpenAPI document agrees with the resources, and its examples with its schemas. */
class OpenApiTest {

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.get();

    /** The WebSocket upgrade, which no resource handles. */
    private static final Set<String> NO_RESOURCE = Set.of("GET /prices");

    @Test
    void documentsExactlyTheResourceMethods() {
        Set<String> documented = new TreeSet<>(
                DOCUMENT.operations().stream().map(Operation::toString).toList());
        documented.removeAll(NO_RESOURCE);

        assertThat(resourceMethods().keySet()).containsExactlyElementsOf(documented);
    }

    @Test
    void documentsExactlyTheMediaTypes() {
        resourceMethods().forEach((name, types) -> {
            Operation operation = DOCUMENT.operations().stream()
                    .filter(one -> one.toString().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(mediaTypes(operation.node().at("/requestBody/content")))
                    .as("request types of %s", name)
                    .isEqualTo(types.consumed());
            if (!types.produced().isEmpty()) {
                assertThat(producedTypes(operation))
                        .as("answer types of %s", name)
                        .isEqualTo(types.produced());
            }
        });
    }

    @Test
    void patternOfTickersIsThatOfTheCore() {
        assertThat(DOCUMENT.at("/components/schemas/Ticker/pattern").textValue())
                .isEqualTo("^" + Ticker.PATTERN + "$");
    }

    @Test
    void examplesMatchTheirSchemas() {
        List<String> checked = new ArrayList<>();
        walk("", DOCUMENT.root(), checked);
        assertThat(checked).hasSizeGreaterThan(60);
    }

    @Test
    void everyOperationHasAUniqueIdAndADescribedTag() {
        List<String> tags = new ArrayList<>();
        DOCUMENT.at("/tags").forEach(tag -> tags.add(tag.get("name").textValue()));
        assertThat(DOCUMENT.operations())
                .allSatisfy(operation ->
                        assertThat(tags).contains(operation.node().at("/tags/0").textValue()))
                .extracting(operation -> operation.node().get("operationId").textValue())
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    /** The media types of a resource method. */
    private record Types(Set<String> consumed, Set<String> produced) {}

    private static Map<String, Types> resourceMethods() {
        Map<String, Types> methods = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.tradeops")) {
            if (type.isAnnotatedWith(Path.class)) {
                collect(Resource.from(type.reflect()), "", methods);
            }
        }
        return methods;
    }

    private static void collect(Resource resource, String parent, Map<String, Types> methods) {
        String path = (parent + "/" + resource.getPath()).replaceAll("//+", "/");
        if (path.contains(":")) {
            return; // parts of pages: names with certain endings
        }
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (ResourceMethod method : resource.getResourceMethods()) {
            methods.merge(
                    method.getHttpMethod() + " " + plain,
                    new Types(names(method.getConsumedTypes()), names(method.getProducedTypes())),
                    (one, other) -> new Types(
                            union(one.consumed(), other.consumed()), union(one.produced(), other.produced())));
        }
        resource.getChildResources().forEach(child -> collect(child, path, methods));
    }

    private static Set<String> producedTypes(Operation operation) {
        Set<String> types = new TreeSet<>();
        operation.node().get("responses").fieldNames().forEachRemaining(status -> {
            if (status.startsWith("2")) {
                String answer = DOCUMENT.resolve(operation.pointer() + "/responses/" + status);
                types.addAll(mediaTypes(DOCUMENT.at(answer + "/content")));
            }
        });
        return types;
    }

    private static Set<String> mediaTypes(JsonNode content) {
        Set<String> types = new TreeSet<>();
        content.fieldNames().forEachRemaining(types::add);
        return types;
    }

    private static Set<String> names(List<MediaType> types) {
        Set<String> names = new TreeSet<>();
        types.forEach(type -> names.add(type.getType() + "/" + type.getSubtype()));
        return names;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    /** Checks examples beside a {@code schema}, and a schema's own {@code examples}. */
    private static void walk(String pointer, JsonNode node, List<String> checked) {
        if (node.isObject()) {
            if (node.has("schema")) {
                check(pointer + "/schema", pointer, node.get("example"), checked);
                node.path("examples")
                        .forEach(example -> check(pointer + "/schema", pointer, example.get("value"), checked));
            } else if (node.path("examples").isArray()) {
                node.get("examples").forEach(example -> check(pointer, pointer, example, checked));
            }
            node.properties().forEach(field -> {
                if (!field.getKey().startsWith("example")) {
                    walk(pointer + "/" + OpenApiDocument.escape(field.getKey()), field.getValue(), checked);
                }
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(pointer + "/" + i, node.get(i), checked);
            }
        }
    }

    private static void check(String schema, String pointer, @Nullable JsonNode example, List<String> checked) {
        if (example != null) {
            assertThat(DOCUMENT.violations(schema, example.toString()))
                    .as(pointer)
                    .isEmpty();
            checked.add(pointer);
        }
    }
}

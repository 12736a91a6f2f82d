package io.tradeops.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradeops.app.ProgramVersion;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.OpenApiDocument;
import io.tradeops.app.support.OpenApiDocument.Operation;
import io.tradeops.app.support.TestServer;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The OpenAPI document and its page. The client of every other test checks its answers against the document, too. */
class OpenApiIT {

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.get();
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();

    @Test
    void documentHasTheVersionOfTheBuild() throws Exception {
        Client.Answer answer = client.get("openapi.json");

        assertThat(answer.status()).isEqualTo(200);
        ObjectNode expected = DOCUMENT.root().deepCopy();
        ((ObjectNode) expected.get("info")).put("version", ProgramVersion.current());
        assertThat(answer.json()).isEqualTo(Client.parse(expected.toString()));
        assertThat(ProgramVersion.current()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void everyDocumentedQueryParameterIsRead() throws Exception {
        int checked = 0;
        for (Operation operation : DOCUMENT.operations()) {
            for (String name : queryParameters(operation)) {
                Client.Answer answer =
                        client.send(client.request(operation.path().substring(1) + "?" + name + "=!&" + name + "=!")
                                .method(operation.method(), HttpRequest.BodyPublishers.noBody()));
                assertThat(answer.status()).as(operation + " " + name).isIn(400, 422);
                assertThat(answer.body()).as(operation.toString()).contains(name + " ");
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(15);
    }

    @Test
    void servesThePageAndItsPartsWithAndWithoutTheLastSlash() throws Exception {
        for (String path : List.of("docs", "docs/")) {
            Client.Answer page = client.get(path);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'");
            List<String> links = LINK.matcher(page.body())
                    .results()
                    .map(link -> link.group(1))
                    .toList();
            assertThat(links).hasSize(5).allMatch(link -> link.startsWith("/docs/"));
            for (String link : links) {
                assertThat(client.get(link).status()).as(link).isEqualTo(200);
            }
        }
        Client.Answer script = client.get("docs/swagger-ui-bundle.js");
        assertThat(script.header("Content-Type")).startsWith("text/javascript");
        assertThat(client.send(client.request("docs/swagger-ui-bundle.js")
                                .header("If-None-Match", script.header("ETag")))
                        .status())
                .isEqualTo(304);
        assertThat(client.get("docs/swagger-ui.js").status()).isEqualTo(404);
    }

    private static List<String> queryParameters(Operation operation) {
        List<String> names = new ArrayList<>();
        JsonNode parameters = operation.node().path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            JsonNode parameter = DOCUMENT.at(DOCUMENT.resolve(operation.pointer() + "/parameters/" + i));
            if (parameter.get("in").textValue().equals("query")) {
                names.add(parameter.get("name").textValue());
            }
        }
        return names;
    }
}

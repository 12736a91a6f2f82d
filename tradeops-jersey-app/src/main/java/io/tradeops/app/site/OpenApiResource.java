package io.tradeops.app.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Serves {@code /openapi/openapi.yaml} of the class path as JSON. Thread-safe. */
@Path("openapi.json")
@Produces(MediaType.APPLICATION_JSON)
public final class OpenApiResource {

    private final byte[] document;

    /** A resource that sets the document's version to the server's. */
    public OpenApiResource(String version) {
        ObjectNode root = (ObjectNode) read();
        ((ObjectNode) root.get("info")).put("version", version);
        try {
            document = new ObjectMapper().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the OpenAPI document can always be written as JSON", e);
        }
    }

    /** The document. */
    @GET
    public Response document() {
        return Response.ok(document).build();
    }

    private static JsonNode read() {
        try (InputStream in = OpenApiResource.class.getResourceAsStream("/openapi/openapi.yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar's openapi.yaml is unreadable", e);
        }
    }
}

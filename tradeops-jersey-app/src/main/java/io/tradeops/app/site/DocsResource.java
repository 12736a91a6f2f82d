package io.tradeops.app.site;

import io.tradeops.app.rest.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Serves Swagger UI, from its WebJar, for the OpenAPI document. All answers share the bytes. Thread-safe. */
@Path("docs")
public final class DocsResource {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "png", "image/png");

    private final Map<String, byte[]> files;
    private final EntityTag tag;

    /**
     * A resource for the Swagger UI on the class path.
     *
     * @throws IllegalStateException if there is none
     */
    public DocsResource() {
        WebJar swaggerUi = WebJar.of("org.webjars", "swagger-ui");
        files = Map.of(
                "index.html", read("/docs/index.html"),
                "initializer.js", read("/docs/initializer.js"),
                "index.css", read(swaggerUi.resource("index.css")),
                "swagger-ui.css", read(swaggerUi.resource("swagger-ui.css")),
                "swagger-ui-bundle.js", read(swaggerUi.resource("swagger-ui-bundle.js")),
                "favicon-32x32.png", read(swaggerUi.resource("favicon-32x32.png")));
        tag = new EntityTag(swaggerUi.version());
    }

    /** The page. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response page() {
        return answer("index.html").build();
    }

    /** A part of the page; 304 if the client has this version, 404 if there is no such part. */
    @GET
    @Path("{name: [a-z0-9-]+\\.(css|js|png)}")
    public Response file(@PathParam("name") String name, @Context Request request) {
        Response.ResponseBuilder answer = answer(name);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged == null) {
            return answer.tag(tag).build();
        }
        Response failed = unchanged.build();
        if (failed.getStatus() == Response.Status.PRECONDITION_FAILED.getStatusCode()) {
            throw ProblemException.preconditionFailed("/docs/" + name + " is another version than If-Match names");
        }
        return failed;
    }

    private Response.ResponseBuilder answer(String name) {
        byte[] content = files.get(name);
        if (content == null) {
            throw ProblemException.notFound("there is no resource at /docs/" + name);
        }
        return Response.ok(content, TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
                .header("Cache-Control", "no-cache");
    }

    private static byte[] read(String resource) {
        try (InputStream in = DocsResource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

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
import java.util.Map;

/** Serves Swagger UI, from its WebJar, for the OpenAPI document. Thread-safe. */
@Path("docs")
public final class DocsResource {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "png", "image/png");

    private final Map<String, String> files;
    private final EntityTag tag;

    /**
     * A resource for the Swagger UI on the class path.
     *
     * @throws IllegalStateException if there is none
     */
    public DocsResource() {
        WebJar swaggerUi = WebJar.of("org.webjars", "swagger-ui");
        files = Map.of(
                "index.html", "/docs/index.html",
                "initializer.js", "/docs/initializer.js",
                "index.css", swaggerUi.resource("index.css"),
                "swagger-ui.css", swaggerUi.resource("swagger-ui.css"),
                "swagger-ui-bundle.js", swaggerUi.resource("swagger-ui-bundle.js"),
                "favicon-32x32.png", swaggerUi.resource("favicon-32x32.png"));
        tag = new EntityTag(swaggerUi.version());
    }

    /** The page. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response page() throws IOException {
        return answer("index.html").build();
    }

    /** A part of the page; 304 if the client has this version, 404 if there is no such part. */
    @GET
    @Path("{name: [a-z0-9-]+\\.(css|js|png)}")
    public Response file(@PathParam("name") String name, @Context Request request) throws IOException {
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return unchanged == null ? answer(name).tag(tag).build() : unchanged.build();
    }

    private Response.ResponseBuilder answer(String name) throws IOException {
        String resource = files.get(name);
        if (resource == null) {
            throw ProblemException.notFound("there is no resource at /docs/" + name);
        }
        try (InputStream in = DocsResource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return Response.ok(in.readAllBytes(), TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
                    .header("Cache-Control", "no-cache");
        }
    }
}

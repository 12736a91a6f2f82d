package io.tradeops.app.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The live page and its parts, from the jar. Thread-safe. */
@Path("/")
public final class PageResource {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** The resource over the class path's {@code /web}. */
    public PageResource() {}

    /** The page. */
    @GET
    public Response page() throws IOException {
        return file("index.html");
    }

    /** A part of it. */
    @GET
    @Path("{name: [a-z-]+\\.(css|js|svg)}")
    public Response file(@PathParam("name") String name) throws IOException {
        try (InputStream in = PageResource.class.getResourceAsStream("/web/" + name)) {
            if (in == null) {
                throw ProblemException.notFound("there is nothing at /" + name);
            }
            return Response.ok(in.readAllBytes(), TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
                    .header("Cache-Control", "no-cache")
                    .build();
        }
    }
}

package io.tradeops.app.site;

import io.tradeops.app.rest.ProblemException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Serves the live page, its parts and its chart library from the class path. Compresses them if the client accepts
 * gzip. Thread-safe.
 */
@Path("/")
public final class PageResource {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final Map<String, String> LIBRARIES =
            Map.of("uplot.js", "dist/uPlot.iife.min.js", "uplot.css", "dist/uPlot.min.css");

    private final WebJar uplot = WebJar.of("org.webjars.npm", "uplot");

    /**
     * A resource for {@code /web} of the class path.
     *
     * @throws IllegalStateException if the class path has no uPlot
     */
    public PageResource() {}

    /** The page. */
    @GET
    public Response page(@HeaderParam("Accept-Encoding") @DefaultValue("") String encodings) throws IOException {
        return file("index.html", encodings);
    }

    /** A part of the page; 404 if there is no such part. */
    @GET
    @Path("{name: [a-z-]+\\.(css|js|svg)}")
    public Response file(
            @PathParam("name") String name, @HeaderParam("Accept-Encoding") @DefaultValue("") String encodings)
            throws IOException {
        try (InputStream in = PageResource.class.getResourceAsStream("/web/" + name)) {
            if (in == null) {
                throw ProblemException.notFound("there is no resource at /" + name);
            }
            return answer(name, in.readAllBytes(), encodings);
        }
    }

    /** A file of uPlot, the chart library. */
    @GET
    @Path("assets/{name: uplot\\.(js|css)}")
    public Response library(
            @PathParam("name") String name, @HeaderParam("Accept-Encoding") @DefaultValue("") String encodings)
            throws IOException {
        String path = LIBRARIES.get(name);
        if (path == null) {
            throw ProblemException.notFound("there is no resource at /assets/" + name);
        }
        return answer(name, uplot.read(path), encodings);
    }

    private static Response answer(String name, byte[] content, String encodings) throws IOException {
        boolean gzipped = AcceptedEncodings.haveGzip(encodings);
        Response.ResponseBuilder answer = Response.ok(
                        gzipped ? gzip(content) : content, TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
                .header("Vary", "Accept-Encoding")
                .header("Cache-Control", "no-cache");
        return gzipped ? answer.encoding("gzip").build() : answer.build();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(content.length / 2);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }
}

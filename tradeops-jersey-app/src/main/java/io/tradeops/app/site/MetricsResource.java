package io.tradeops.app.site;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** The server's metrics in the text format of Prometheus. Thread-safe. */
@Path("metrics")
public final class MetricsResource {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Supplier<String> metrics;

    /** A resource for a function that writes the metrics. */
    public MetricsResource(Supplier<String> metrics) {
        this.metrics = metrics;
    }

    /** All metrics. */
    @GET
    @Produces(TYPE)
    public Response metrics() {
        return Response.ok(metrics.get(), TYPE).build();
    }
}

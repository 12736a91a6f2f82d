package io.tradeops.app.site;

import io.tradeops.app.rest.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Liveness, and readiness by part. The parts are checked at most once a second. Thread-safe. */
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {

    private static final String UP = "up";
    private static final String DOWN = "down";

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, BooleanSupplier> parts;
    private final ReentrantLock checking = new ReentrantLock();
    private volatile Map<String, String> states = Map.of();
    private volatile long checkedNanos = System.nanoTime();

    /** A resource for the check of each part; the answer has the parts in this order. A check must not block. */
    public HealthResource(Map<String, BooleanSupplier> parts) {
        this.parts = new LinkedHashMap<>(parts);
    }

    /** 200 as long as the process answers. */
    @GET
    @Path("live")
    public Map<String, String> live() {
        return Map.of("status", UP);
    }

    /** 200 if every part is up, else 503; both list the state of each part. */
    @GET
    @Path("ready")
    public Response ready(@Context UriInfo uri, @Context HttpHeaders headers) {
        Map<String, String> now = states();
        boolean ready = !now.containsValue(DOWN);
        Map<String, Object> body = new LinkedHashMap<>();
        if (!ready) {
            body.put("type", "about:blank");
            body.put("title", "Service Unavailable");
            body.put("detail", "not every part is up");
            body.put("instance", uri.getRequestUri().getRawPath());
            body.put("request_id", headers.getHeaderString(Problem.REQUEST_ID_HEADER));
        }
        body.put("status", ready ? UP : 503);
        body.put("parts", now);
        return ready
                ? Response.ok(body).build()
                : Response.status(503)
                        .type(Problem.MEDIA_TYPE)
                        .header("Retry-After", "2")
                        .entity(body)
                        .build();
    }

    /** The current states, or the previous ones while another request checks. */
    private Map<String, String> states() {
        if (states.isEmpty()) {
            checking.lock();
        } else if (System.nanoTime() - checkedNanos < FRESH_NANOS || !checking.tryLock()) {
            return states;
        }
        try {
            if (states.isEmpty() || System.nanoTime() - checkedNanos >= FRESH_NANOS) {
                Map<String, String> found = new LinkedHashMap<>();
                parts.forEach((name, check) -> found.put(name, check.getAsBoolean() ? UP : DOWN));
                states = found;
                checkedNanos = System.nanoTime();
            }
            return states;
        } finally {
            checking.unlock();
        }
    }
}

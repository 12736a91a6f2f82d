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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Liveness, and readiness by part. The parts are checked at most once a second. Thread-safe. */
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {

    private static final String UP = "up";
    private static final String DOWN = "down";
    private static final int UNAVAILABLE = 503;

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, Supplier<Optional<String>>> parts;
    private final BooleanSupplier alive;
    private final ReentrantLock checking = new ReentrantLock();

    /** What is wrong with each part. */
    private volatile Map<String, Optional<String>> problems = Map.of();

    private volatile long checkedNanos = System.nanoTime();

    /**
     * Creates a resource.
     *
     * @param parts for each part, what is wrong with it, in words for any caller; empty if it is up. The answer has the
     *     parts in this order. A check must not block
     * @param alive whether the process can go on; if not, it should be started again
     */
    public HealthResource(Map<String, Supplier<Optional<String>>> parts, BooleanSupplier alive) {
        this.parts = new LinkedHashMap<>(parts);
        this.alive = alive;
    }

    /** 200 as long as the process answers and can go on, else 503. */
    @GET
    @Path("live")
    public Response live(@Context UriInfo uri, @Context HttpHeaders headers) {
        if (alive.getAsBoolean()) {
            return Response.ok(Map.of("status", UP)).build();
        }
        Map<String, Object> body =
                problem("memory ran out, and not every thread works; start the process again", uri, headers);
        body.put("status", UNAVAILABLE);
        return unavailable(body);
    }

    /** 200 if every part is up, else 503; both list the state of each part. */
    @GET
    @Path("ready")
    public Response ready(@Context UriInfo uri, @Context HttpHeaders headers) {
        Map<String, Optional<String>> now = problems();
        Map<String, String> states = new LinkedHashMap<>();
        now.forEach((name, problem) -> states.put(name, problem.isEmpty() ? UP : DOWN));
        if (!states.containsValue(DOWN)) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("status", UP);
            body.put("parts", states);
            return Response.ok(body).build();
        }
        Map<String, Object> body = problem("not every part is up: " + describe(now), uri, headers);
        body.put("status", UNAVAILABLE);
        body.put("parts", states);
        return unavailable(body);
    }

    private static Map<String, Object> problem(String detail, UriInfo uri, HttpHeaders headers) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", "Service Unavailable");
        body.put("detail", detail);
        body.put("instance", uri.getRequestUri().getRawPath());
        body.put("request_id", headers.getHeaderString(Problem.REQUEST_ID_HEADER));
        return body;
    }

    private static Response unavailable(Map<String, Object> body) {
        return Response.status(UNAVAILABLE)
                .type(Problem.MEDIA_TYPE)
                .header("Retry-After", "2")
                .entity(body)
                .build();
    }

    private static String describe(Map<String, Optional<String>> problems) {
        return problems.entrySet().stream()
                .filter(part -> part.getValue().isPresent())
                .map(part -> part.getKey() + " (" + part.getValue().get() + ")")
                .collect(Collectors.joining(", "));
    }

    /** What is wrong now, or was wrong at the last check while another request checks. */
    private Map<String, Optional<String>> problems() {
        if (problems.isEmpty()) {
            checking.lock();
        } else if (System.nanoTime() - checkedNanos < FRESH_NANOS || !checking.tryLock()) {
            return problems;
        }
        try {
            if (problems.isEmpty() || System.nanoTime() - checkedNanos >= FRESH_NANOS) {
                Map<String, Optional<String>> found = new LinkedHashMap<>();
                parts.forEach((name, check) -> found.put(name, check.get()));
                problems = found;
                checkedNanos = System.nanoTime();
            }
            return problems;
        } finally {
            checking.unlock();
        }
    }
}

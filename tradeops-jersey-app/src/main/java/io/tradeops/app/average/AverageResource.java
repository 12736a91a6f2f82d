package io.tradeops.app.average;

import io.tradeops.app.rest.AnswerMemory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Lists stored averages at {@code /averages/}, oldest first by default. Thread-safe. */
@Path("averages")
@Produces(MediaType.APPLICATION_JSON)
public final class AverageResource {

    private final AverageRepository averages;
    private final AnswerMemory memory;

    /** A resource for the averages of a repository. */
    public AverageResource(AverageRepository averages, AnswerMemory memory) {
        this.averages = averages;
        this.memory = memory;
    }

    /** Lists averages; {@code from} and {@code to} compare the start of the window. */
    @GET
    public Response list(@Context UriInfo uri, @Context HttpServletRequest request) {
        return memory.page(uri, request, averages::page);
    }
}

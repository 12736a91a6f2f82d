package io.tradeops.app.alert;

import io.tradeops.app.http.QueryParameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.function.Function;

/** Lists stored alerts, oldest first. Thread-safe. */
@Path("alerts")
@Produces(MediaType.APPLICATION_JSON)
public final class AlertResource {

    private final AlertRepository alerts;

    /** The resource over a repository. */
    public AlertResource(AlertRepository alerts) {
        this.alerts = alerts;
    }

    /** Lists alerts; {@code from} and {@code to} are of the triggers' times. */
    @GET
    public Response list(@Context UriInfo uri) {
        return alerts.page(QueryParameters.list(uri)).toResponse(uri, Function.identity());
    }
}

package io.tradeops.app.alert;

import io.tradeops.app.rest.AnswerMemory;
import io.tradeops.app.rest.LongAnswer;
import io.tradeops.app.rest.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Lists stored alerts at {@code /alerts/}, oldest first by default, and streams new ones. Thread-safe. */
@Path("alerts")
@Produces(MediaType.APPLICATION_JSON)
public final class AlertResource {

    private final AlertRepository alerts;
    private final AlertStream stream;
    private final AnswerMemory memory;

    /** A resource for the alerts of a repository and a stream of the same alerts. */
    public AlertResource(AlertRepository alerts, AlertStream stream, AnswerMemory memory) {
        this.alerts = alerts;
        this.stream = stream;
        this.memory = memory;
    }

    /** Lists alerts; {@code from} and {@code to} compare the trigger's time. */
    @GET
    public Response list(@Context UriInfo uri, @Context HttpServletRequest request) {
        return memory.page(uri, request, alerts::page);
    }

    /** Streams alerts as they are stored, starting after {@code Last-Event-ID} if that is given. */
    @GET
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response stream(@Context UriInfo uri, @Context HttpHeaders headers, @Context HttpServletRequest request) {
        AlertSubscription subscription = AlertSubscription.of(
                QueryParameters.tickers(uri), headers.getHeaderString(HttpHeaders.LAST_EVENT_ID_HEADER));
        LongAnswer.continueWith(request, stream.open(subscription, request));
        return Response.ok()
                .type(MediaType.SERVER_SENT_EVENTS_TYPE)
                .header("X-Accel-Buffering", "no")
                .header("Connection", "close") // nothing follows the stream
                .build();
    }
}

package io.tradeops.app.trade;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/**
 * The answer to a request whose trades were stored. Immutable.
 *
 * @param status the HTTP status
 * @param location the URI of the trade; empty for a batch
 * @param body the JSON body
 */
record EntryAnswer(int status, String location, String body) {

    Response toResponse() {
        Response.ResponseBuilder builder = Response.status(status).entity(body.getBytes(StandardCharsets.UTF_8));
        return location.isEmpty()
                ? builder.build()
                : builder.header(HttpHeaders.LOCATION, location).build();
    }
}

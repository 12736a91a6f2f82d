package io.tradeops.app.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.eclipse.jetty.server.Request;

/** Who sends a request, from the check of the key to the resource. */
public final class Caller {

    private static final String ATTRIBUTE = "io.tradeops.caller";

    private Caller() {}

    /** The id of the key that a request was let in with; empty if it needed none. */
    public static String of(ContainerRequestContext request) {
        return request.getProperty(ATTRIBUTE) instanceof String caller ? caller : "";
    }

    static void note(Request request, Access access) {
        request.setAttribute(ATTRIBUTE, access.client());
    }
}

package io.tradeops.app.access;

import jakarta.servlet.ServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Request;

/** Who sends a request, from the check of the key to the resource. */
public final class Caller {

    private static final String ATTRIBUTE = "io.tradeops.caller";

    /** The request's attribute that tells whether the caller may go on. */
    private static final String ALLOWED = "io.tradeops.caller.allowed";

    private Caller() {}

    /** The id of the key that a request was let in with; empty if it needed none. */
    public static String of(ContainerRequestContext request) {
        return request.getProperty(ATTRIBUTE) instanceof String caller ? caller : "";
    }

    /** Tells from now on whether the caller of a long answer would be let in again. */
    public static BooleanSupplier permission(ServletRequest request) {
        return request.getAttribute(ALLOWED) instanceof BooleanSupplier allowed ? allowed : () -> true;
    }

    public static void note(Request request, Access access, BooleanSupplier allowed) {
        request.setAttribute(ATTRIBUTE, access.client());
        request.setAttribute(ALLOWED, allowed);
    }
}

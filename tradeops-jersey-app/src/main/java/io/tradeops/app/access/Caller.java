package io.tradeops.app.access;

import jakarta.servlet.ServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Request;

/** Passes the caller of a request from the check of its key to the resource. Static functions; thread-safe. */
public final class Caller {

    private static final String ATTRIBUTE = "io.tradeops.caller";

    /** The request's attribute that tells whether the caller still has access. */
    private static final String ALLOWED = "io.tradeops.caller.allowed";

    private static final String NETWORK = "io.tradeops.caller.network";

    private Caller() {}

    /** The id of the request's key; empty if the request needed none. */
    public static String of(ContainerRequestContext request) {
        return request.getProperty(ATTRIBUTE) instanceof String caller ? caller : "";
    }

    /** Whether the caller is a client of this process's own. */
    public static boolean isOwn(Request request) {
        return Access.OWN.client().equals(request.getAttribute(ATTRIBUTE));
    }

    /** The network of a request's address, for limits; empty if unknown. */
    public static String network(ServletRequest request) {
        return request.getAttribute(NETWORK) instanceof String network ? network : "";
    }

    /**
     * Tells, at each call, whether the caller still has access. For answers that last longer than a key may be valid.
     */
    public static BooleanSupplier permission(ServletRequest request) {
        return request.getAttribute(ALLOWED) instanceof BooleanSupplier allowed ? allowed : () -> true;
    }

    /** Records the caller of a request and its address; {@code allowed} tells whether it still has access. */
    public static void note(Request request, Access access, BooleanSupplier allowed) {
        request.setAttribute(ATTRIBUTE, access.client());
        request.setAttribute(ALLOWED, allowed);
        request.setAttribute(NETWORK, Network.of(request.getConnectionMetaData().getRemoteSocketAddress()));
    }
}

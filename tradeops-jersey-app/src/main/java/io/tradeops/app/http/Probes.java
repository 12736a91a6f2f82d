package io.tradeops.app.http;

import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** The paths of liveness, readiness and metrics, which orchestrators and Prometheus request; the answers are cheap. */
final class Probes {

    private static final Pattern PATHS = Pattern.compile("/(health/(live|ready)|metrics)/?");
    private static final Pattern WITHOUT_LIMIT = Pattern.compile("/health/(live|ready)/?");

    private Probes() {}

    /** Whether a request is for one of them. */
    static boolean isOne(Request request) {
        return is(request, PATHS);
    }

    /** Whether a request is for liveness or readiness, whose answers are the same for all for a second. */
    static boolean isWithoutLimit(Request request) {
        return is(request, WITHOUT_LIMIT);
    }

    private static boolean is(Request request, Pattern paths) {
        String path = request.getHttpURI().getPath();
        return path != null
                && SafeMethods.isUsedBy(request)
                && paths.matcher(path).matches();
    }
}

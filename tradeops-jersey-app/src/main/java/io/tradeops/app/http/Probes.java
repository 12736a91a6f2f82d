package io.tradeops.app.http;

import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** The paths of liveness and readiness, which orchestrators request often; both answers are cheap. */
final class Probes {

    private static final Pattern PATHS = Pattern.compile("/health/(live|ready)/?");

    private Probes() {}

    /** Whether a request is for one of them. */
    static boolean isOne(Request request) {
        String path = request.getHttpURI().getPath();
        return path != null
                && SafeMethods.isUsedBy(request)
                && PATHS.matcher(path).matches();
    }
}

package io.tradeops.app.http;

import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** Liveness and readiness, for which orchestrators ask on and on; both answers cost next to nothing. */
final class Probes {

    private static final Pattern PATHS = Pattern.compile("/health/(live|ready)/?");

    private Probes() {}

    /** Whether a request asks for one. */
    static boolean isOne(Request request) {
        String path = request.getHttpURI().getPath();
        return path != null
                && SafeMethods.isUsedBy(request)
                && PATHS.matcher(path).matches();
    }
}

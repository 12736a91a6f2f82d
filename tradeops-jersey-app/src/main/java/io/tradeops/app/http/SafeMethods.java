package io.tradeops.app.http;

import java.util.Set;
import org.eclipse.jetty.server.Request;

/** The methods that only read (RFC 9110, section 9.2.1). */
final class SafeMethods {

    private static final Set<String> NAMES = Set.of("GET", "HEAD", "OPTIONS");

    private SafeMethods() {}

    /** Whether a request changes nothing. */
    static boolean isUsedBy(Request request) {
        return NAMES.contains(request.getMethod());
    }
}

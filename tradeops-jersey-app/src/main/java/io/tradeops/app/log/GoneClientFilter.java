package io.tradeops.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps out of the log what Jersey calls an error and is none of the server: an answer whose client didn't wait for its
 * end. A hundred lines each would drown what matters. Thread-safe.
 */
public final class GoneClientFilter extends TurboFilter {

    private static final String RESPONDER = "org.glassfish.jersey.server.ServerRuntime$Responder";

    /** A filter; Logback makes it by its name. */
    public GoneClientFilter() {}

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        return logger.getName().equals(RESPONDER) && isOfConnection(thrown) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static boolean isOfConnection(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}

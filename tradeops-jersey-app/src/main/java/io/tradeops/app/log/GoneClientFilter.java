package io.tradeops.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Drops Jersey's log of an answer whose client closed the connection early. Jersey logs it as an error, with a stack
 * trace of about 100 lines, but it is not a fault of the server. Thread-safe.
 */
public final class GoneClientFilter extends TurboFilter {

    private static final String RESPONDER = "org.glassfish.jersey.server.ServerRuntime$Responder";

    /** Creates a filter; Logback calls this by reflection. */
    public GoneClientFilter() {}

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        return logger.getName().equals(RESPONDER) && hasIoCause(thrown) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static boolean hasIoCause(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}

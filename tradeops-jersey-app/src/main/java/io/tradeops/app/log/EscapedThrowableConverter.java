package io.tradeops.app.log;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;

/** Writes the stack trace of a log event's exception in lines, with escaped messages. Thread-safe. */
public final class EscapedThrowableConverter extends ThrowableHandlingConverter {

    /** Creates a converter; Logback calls this by reflection. */
    public EscapedThrowableConverter() {}

    @Override
    public String convert(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null ? "" : EscapedThrowable.stackTrace(thrown);
    }
}

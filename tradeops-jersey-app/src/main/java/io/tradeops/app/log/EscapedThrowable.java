package io.tradeops.app.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import org.jspecify.annotations.Nullable;

/**
 * An exception whose message, and those of its causes, are escaped. The lines of its stack trace stay lines.
 *
 * @param thrown the exception
 */
record EscapedThrowable(IThrowableProxy thrown) implements IThrowableProxy {

    /** The stack trace of an exception, as Logback prints it. */
    static String stackTrace(IThrowableProxy thrown) {
        return ThrowableProxyUtil.asString(new EscapedThrowable(thrown));
    }

    @Override
    public @Nullable String getMessage() {
        String message = thrown.getMessage();
        return message == null ? null : EscapedMessageConverter.escaped(message);
    }

    @Override
    public @Nullable String getOverridingMessage() {
        String message = thrown.getOverridingMessage();
        return message == null ? null : EscapedMessageConverter.escaped(message);
    }

    @Override
    public String getClassName() {
        return thrown.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        return thrown.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
        return thrown.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        IThrowableProxy cause = thrown.getCause();
        return cause == null ? null : new EscapedThrowable(cause);
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        IThrowableProxy[] suppressed = thrown.getSuppressed();
        IThrowableProxy[] escaped = new IThrowableProxy[suppressed == null ? 0 : suppressed.length];
        for (int i = 0; i < escaped.length; i++) {
            escaped[i] = new EscapedThrowable(suppressed[i]);
        }
        return escaped;
    }

    @Override
    public boolean isCyclic() {
        return thrown.isCyclic();
    }
}

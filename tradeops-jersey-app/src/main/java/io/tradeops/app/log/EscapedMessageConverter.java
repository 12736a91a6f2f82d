package io.tradeops.app.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.tradeops.core.trade.ForeignText;

/**
 * Writes the message of a log event in one line. A message may hold the text of clients, feeds, files and databases, so
 * whatever a terminal or a reader of lines would obey is escaped, and a long message is cut. Thread-safe.
 */
public final class EscapedMessageConverter extends ClassicConverter {

    private static final int MAX_CHARACTERS = 4_000;

    /** Creates a converter; Logback calls this by reflection. */
    public EscapedMessageConverter() {}

    @Override
    public String convert(ILoggingEvent event) {
        return escaped(event.getFormattedMessage());
    }

    static String escaped(String text) {
        return ForeignText.escaped(text, MAX_CHARACTERS);
    }
}

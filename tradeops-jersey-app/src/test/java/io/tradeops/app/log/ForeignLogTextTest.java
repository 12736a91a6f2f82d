package io.tradeops.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.support.Client;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of others in the configured formats of the log. */
class ForeignLogTextTest {

    /** A line break, an escape sequence, C1, a line separator, a mark of right-to-left writing, and half a character. */
    private static final String FORGED =
            "a\n2026-11-28T00:00:00Z ERROR Feed: forged\r\u001b[2J\u009b1m\u007f\u2028\u2029\u202e\u2066\u200b\ud800";

    private static final String ESCAPED =
            "a\\u000a2026-11-28T00:00:00Z ERROR Feed: forged\\u000d\\u001b[2J\\u009b1m\\u007f"
                    + "\\u2028\\u2029\\u202e\\u2066\\u200b\\ud800";

    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void foreignTextNeitherBreaksTheLineNorReachesATerminal(String format) throws Exception {
        assertThat(message(format, write(format, "feed answered {}", null, FORGED)))
                .isEqualTo("feed answered " + ESCAPED);
        assertThat(message(format, write(format, "feed " + FORGED, null))).isEqualTo("feed " + ESCAPED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void longMessageIsCut(String format) throws Exception {
        String message = message(format, write(format, "{}", null, "x".repeat(1 << 20)));

        assertThat(message).isEqualTo("x".repeat(4_000) + "…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void traceOfAnExceptionHasItsLinesAndEscapedMessages(String format) throws Exception {
        RuntimeException thrown = new IllegalStateException(FORGED, new RuntimeException(FORGED));
        thrown.addSuppressed(new IllegalArgumentException(FORGED + "x".repeat(1 << 20)));
        String written = write(format, "it failed", thrown);
        String trace =
                format.equals("json") ? Client.parse(written).get("exception").textValue() : written;

        assertThat(trace.lines())
                .contains(
                        "java.lang.IllegalStateException: " + ESCAPED,
                        "Caused by: java.lang.RuntimeException: " + ESCAPED)
                .anyMatch(line -> line.startsWith("\tSuppressed: java.lang.IllegalArgumentException: " + ESCAPED))
                .anyMatch(line -> line.startsWith("\tat io.tradeops.app.log.ForeignLogTextTest"))
                .noneMatch(line -> line.startsWith("2026-11-28T00:00:00Z ERROR Feed: forged"))
                .allMatch(line -> line.length() < 5_000);
        assertThat(trace.replaceAll("[\n\t]", "").chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void ordinaryMessageStaysAsItIs() throws Exception {
        assertThat(message("text", write("text", "prices of {} in €: Zürich, 東京 😀", null, "M&M")))
                .isEqualTo("prices of M&M in €: Zürich, 東京 😀");
    }

    /** The message of one line. */
    private static String message(String format, String written) throws Exception {
        assertThat(written).endsWith("\n");
        assertThat(written.substring(0, written.length() - 1).chars()).noneMatch(Character::isISOControl);
        if (format.equals("json")) {
            JsonNode json = Client.parse(written);
            return json.get("message").textValue();
        }
        return written.strip().substring(written.indexOf("a.logger".substring(2)) + "logger: ".length());
    }

    private String write(String format, String message, @Nullable Throwable thrown, Object... arguments)
            throws Exception {
        LoggingEvent event =
                new LoggingEvent("x", context.getLogger("a.logger"), Level.WARN, message, thrown, arguments);
        event.setMDCPropertyMap(Map.of());
        return new String(encoder(format).encode(event), StandardCharsets.UTF_8);
    }

    /** The encoder that the program's own configuration names. */
    private Encoder<ILoggingEvent> encoder(String format) throws Exception {
        context.reset();
        context.putProperty("TRADEOPS_LOG_FORMAT", format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(ForeignLogTextTest.class.getResource("/logback.xml"));
        var appender = (OutputStreamAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr");
        return appender.getEncoder();
    }
}

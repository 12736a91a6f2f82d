package io.tradeops.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.support.Client;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Log events as lines of JSON. */
class JsonLogEncoderTest {

    @Test
    void lineIsOneObjectWithTheMdc() throws Exception {
        LoggingEvent event = event("a \"quoted\" {}\nline", null, "x");
        event.setMDCPropertyMap(Map.of("request_id", "42"));

        String line = new String(new JsonLogEncoder().encode(event), StandardCharsets.UTF_8);

        assertThat(line).endsWith("}\n");
        assertThat(line.trim()).doesNotContain("\n");
        JsonNode json = Client.parse(line);
        assertThat(json.get("message").textValue()).isEqualTo("a \"quoted\" x\\u000aline");
        assertThat(json.get("level").textValue()).isEqualTo("WARN");
        assertThat(json.get("logger").textValue()).isEqualTo("a.logger");
        assertThat(json.get("request_id").textValue()).isEqualTo("42");
        assertThat(Instant.parse(json.get("timestamp").textValue())).isEqualTo(event.getInstant());
        assertThat(json.has("exception")).isFalse();
    }

    @Test
    void exceptionHasItsStackTraceAndCause() throws Exception {
        LoggingEvent event = event("it failed", new IllegalStateException("outer", new RuntimeException("inner")));
        event.setMDCPropertyMap(Map.of());

        JsonNode json = Client.parse(new String(new JsonLogEncoder().encode(event), StandardCharsets.UTF_8));

        assertThat(json.get("exception").textValue())
                .contains("IllegalStateException: outer", "RuntimeException: inner", "JsonLogEncoderTest");
        assertThat(json.has("request_id")).isFalse();
    }

    private static LoggingEvent event(String message, @Nullable Throwable thrown, Object... arguments) {
        Logger logger = new LoggerContext().getLogger("a.logger");
        return new LoggingEvent("x", logger, Level.WARN, message, thrown, arguments);
    }
}

package io.tradeops.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check of the log settings before logging starts. */
class LogSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "TRADEOPS_LOG_FORMAT,''",
        "TRADEOPS_LOG_FORMAT,text",
        "TRADEOPS_LOG_FORMAT,json",
        "TRADEOPS_LOG_LEVEL,debug",
        "TRADEOPS_ACCESS_LOG_LEVEL,INFO",
        "TRADEOPS_LIBRARY_LOG_LEVEL,OFF"
    })
    void acceptsValidValues(String variable, String value) {
        assertThat(LogSettings.problem(Map.of(variable, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TRADEOPS_LOG_FORMAT,xml,'text, json'",
        "TRADEOPS_LOG_FORMAT,JSON,'text, json'",
        "TRADEOPS_LOG_FORMAT,../../etc/passwd,'text, json'",
        "TRADEOPS_LOG_LEVEL,loud,'TRACE, DEBUG, INFO, WARN, ERROR, OFF'",
        "TRADEOPS_ACCESS_LOG_LEVEL,yes,'TRACE, DEBUG, INFO, WARN, ERROR, OFF'"
    })
    void problemNamesTheValueAndTheAllowedValues(String variable, String value, String allowed) {
        assertThat(LogSettings.problem(Map.of(variable, value)))
                .hasValue(variable + " must be one of " + allowed + ": '" + value + "'");
    }

    @Test
    void noSettingIsNoProblem() {
        assertThat(LogSettings.problem(Map.of())).isEmpty();
    }
}

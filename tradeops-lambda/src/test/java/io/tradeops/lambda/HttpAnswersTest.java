package io.tradeops.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAnswersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        text/csv                               | true
        TEXT/CSV; charset=utf-8                | true
        text/csv, */*;q=0.8                    | true
        application/json;q=0.5, text/csv;q=0.9 | true
        text/csv;q=0                           | false
        text/csv;q=0.5, application/json       | false
        text/csv, application/json             | false
        */*                                    | false
        text/html                              | false
        ''                                     | false
        """)
    void prefersCsvOnlyIfTheHeaderDoes(String accept, boolean csv) {
        assertThat(HttpAnswers.prefersCsv(accept)).isEqualTo(csv);
    }

    @Test
    void traceHasLinesAndEscapedMessages() {
        Exception failure = new IllegalStateException("a\n\tat forged\u001b[2J", new RuntimeException("b\u202e"));

        assertThat(HttpAnswers.trace(failure).lines())
                .contains(
                        "java.lang.IllegalStateException: a\\u000a\\u0009at forged\\u001b[2J",
                        "Caused by: java.lang.RuntimeException: b\\u202e")
                .anyMatch(line -> line.startsWith("\tat io.tradeops.lambda.HttpAnswersTest"))
                .doesNotContain("\tat forged\u001b[2J");
    }
}

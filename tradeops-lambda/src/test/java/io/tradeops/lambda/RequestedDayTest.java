package io.tradeops.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedDayTest {

    @Test
    void namesTheDaysFileUnderThePrefix() {
        assertThat(new RequestedDay("venue/").parse("2024-02-29").tradesKey()).isEqualTo("venue/2024/02/29/trades.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2023-02-29",
                "2026-13-01",
                "20261120",
                "2026-11-20T00:00:00Z",
                "1969-12-31",
                "+10000-01-01",
                "-0001-01-01",
                " 2026-11-20",
                "2026-11-20,2026-11-21"
            })
    void rejectsAnInvalidDay(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestedDay("").parse(text))
                .withMessage("date must be YYYY-MM-DD, of the years 1970 to 9999: '" + text + "'");
    }

    @Test
    void namesOnlyTheStartOfALongText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestedDay("").parse("x".repeat(1_000_000)))
                .withMessageEndingWith(": '" + "x".repeat(64) + "…'");
    }
}

package io.tradeops.app.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private record Row(
            BigDecimal averagePrice,
            Instant windowStart,
            @Nullable String tradeId,
            List<String> tickers) {}

    @ParameterizedTest
    @CsvSource({
        "187.12000000, 187.12",
        "100.00000000, 100",
        "1E+3, 1000",
        "1E-8, 0.00000001",
        "0E-8, 0",
        "-2.50, -2.5",
        "9999999999.99999999, 9999999999.99999999",
        "99999999999999999999999999999.00000001, 99999999999999999999999999999.00000001"
    })
    void decimalIsPlainWithoutTrailingZeros(BigDecimal value, String json) throws Exception {
        assertThat(Json.mapper().writeValueAsString(value)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T14:30:00Z, 2026-11-20T14:30:00Z",
        "2026-11-20T14:30:00.200Z, 2026-11-20T14:30:00.2Z",
        "2026-11-20T14:30:00.123456Z, 2026-11-20T14:30:00.123456Z"
    })
    void instantIsRfc3339InUtc(Instant value, String json) throws Exception {
        assertThat(Json.mapper().writeValueAsString(value)).isEqualTo("\"" + json + "\"");
    }

    @Test
    void recordHasSnakeCaseNamesAndNoFieldForNull() throws Exception {
        Row row = new Row(new BigDecimal("1.10"), Instant.EPOCH, null, List.of());

        assertThat(Json.mapper().writeValueAsString(row))
                .isEqualTo("{\"average_price\":1.1,\"window_start\":\"1970-01-01T00:00:00Z\",\"tickers\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1", "{\"a\":\"b\"", "{\"a\"", "\"abc", "[01]", "nul", "[NaN]", "{'a':1}"})
    void reasonDoesNotNameTheParser(String json) {
        assertThatThrownBy(() -> Json.mapper().readTree(json))
                .isInstanceOfSatisfying(
                        JsonProcessingException.class,
                        e -> assertThat(Json.reason(e))
                                .isNotBlank()
                                .doesNotContain("Source", "`", "Feature", "REDACTED"));
    }

    @Test
    void reasonStaysASentenceWithoutTheParsersSettings() {
        assertThat(reason("[" + "1".repeat(1_001) + "]"))
                .isEqualTo("Number value length (1001) exceeds the maximum allowed (1000)");
        assertThat(reason("[".repeat(40))).isEqualTo("Document nesting depth (33) exceeds the maximum allowed (32)");
        assertThat(reason("/* */ 1"))
                .isEqualTo("Unexpected character ('/' (code 47)): maybe a (non-standard) comment?");
        assertThat(reason("[}")).isEqualTo("Unexpected close marker '}': expected ']'");
    }

    private static String reason(String json) {
        try {
            Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            return Json.reason(e);
        }
        throw new AssertionError(json + " was read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "[NaN]", "{'a':1}", "[01]", "[1,]"})
    void readingIsStrict(String json) {
        assertThatThrownBy(() -> Json.mapper().readTree(json)).isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @CsvSource({"100, true", "101, false"})
    void fieldsOfAnObjectAreBounded(int fields, boolean allowed) throws Exception {
        String wide = IntStream.range(0, fields)
                .mapToObj(i -> "\"a" + i + "\":[{}]")
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(skips(wide)).isEqualTo(allowed);
        assertThat(skips("[{\"a\":" + wide + "}]")).isEqualTo(allowed);
        try (JsonParser parser = Json.factory().createParser(wide)) {
            parser.nextToken();
            for (int i = 0; i < 100; i++) {
                assertThat(Json.nextField(parser)).isTrue();
                parser.nextToken();
                Json.skip(parser);
            }
            if (allowed) {
                assertThat(Json.nextField(parser)).isFalse();
            } else {
                assertThatThrownBy(() -> Json.nextField(parser))
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                e -> assertThat(e.status()).isEqualTo(413));
            }
        }
    }

    private static boolean skips(String json) throws IOException {
        try (JsonParser parser = Json.factory().createParser(json + "1")) {
            parser.nextToken();
            Json.skip(parser);
            return parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
        } catch (ProblemException e) {
            assertThat(e.status()).isEqualTo(413);
            return false;
        }
    }

    @Test
    void namesAndStringsAreBounded() {
        assertThat(reason("{\"" + "a".repeat(1_001) + "\":1}"))
                .isEqualTo("Name length (1001) exceeds the maximum allowed (1000)");
        assertThat(reason("\"" + "a".repeat(70_000) + "\"")).contains("exceeds the maximum allowed (65536)");
    }

    @Test
    void readingIsBounded() {
        assertThatThrownBy(() -> Json.mapper().readTree("[".repeat(33) + "]".repeat(33)))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> Json.mapper().readTree("[" + "1".repeat(1_001) + "]"))
                .isInstanceOf(JsonProcessingException.class);
    }
}

package io.tradeops.app.feed.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedJsonTest {

    private static final Instant TIME = Instant.parse("2026-11-20T14:30:00.123Z");

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of(
                        new FeedMessage.TickMessage(new Tick(
                                "AAPL", nanos(TIME), FixedDecimal.parse("189.37"), FixedDecimal.parse("100"), 1024)),
                        "{\"type\":\"tick\",\"seq\":1024,\"ticker\":\"AAPL\",\"price\":189.37,\"quantity\":100,"
                                + "\"timestamp\":\"2026-11-20T14:30:00.123Z\"}"),
                Arguments.of(
                        new FeedMessage.TickMessage(
                                new Tick("BTC/USD", nanos(TIME) + 456_000, 1, FixedDecimal.MAX_UNITS, 1)),
                        "{\"type\":\"tick\",\"seq\":1,\"ticker\":\"BTC/USD\",\"price\":0.00000001,"
                                + "\"quantity\":9999999999.99999999,\"timestamp\":\"2026-11-20T14:30:00.123456Z\"}"),
                Arguments.of(
                        new FeedMessage.Heartbeat(1024, TIME),
                        "{\"type\":\"heartbeat\",\"last_seq\":1024,\"timestamp\":\"2026-11-20T14:30:00.123Z\"}"),
                Arguments.of(
                        new FeedMessage.Subscription(List.of("AAPL", "MSFT")),
                        "{\"type\":\"subscription\",\"tickers\":[\"AAPL\",\"MSFT\"]}"),
                Arguments.of(
                        new FeedMessage.SubscriptionChange(1_001, List.of("AAPL", "M&M"), List.of("*")),
                        "{\"type\":\"subscription\",\"count\":1001,\"added\":[\"AAPL\",\"M&M\"],\"removed\":[\"*\"]}"),
                Arguments.of(
                        new FeedMessage.Gap(900, 950, "not_retained"),
                        "{\"type\":\"gap\",\"from_seq\":900,\"to_seq\":950,\"reason\":\"not_retained\"}"),
                Arguments.of(
                        new FeedMessage.Failure(400, "a \"quote\"\n\\ ü"),
                        "{\"type\":\"error\",\"code\":400,\"message\":\"a \\\"quote\\\"\\n\\\\ ü\"}"),
                Arguments.of(new FeedMessage.Shutdown(1_000), "{\"type\":\"shutdown\",\"retry_after_ms\":1000}"));
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(
                        new FeedCommand.Subscribe(List.of("AAPL"), OptionalLong.of(901)),
                        "{\"action\":\"subscribe\",\"tickers\":[\"AAPL\"],\"from_seq\":901}"),
                Arguments.of(
                        new FeedCommand.Subscribe(List.of("*"), OptionalLong.empty()),
                        "{\"action\":\"subscribe\",\"tickers\":[\"*\"]}"),
                Arguments.of(
                        new FeedCommand.Subscribe(
                                List.of("*"), OptionalLong.empty(), Optional.of(FeedCommand.Policy.CONFLATE)),
                        "{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"policy\":\"conflate\"}"),
                Arguments.of(
                        new FeedCommand.Unsubscribe(List.of("AAPL", "BRK.B")),
                        "{\"action\":\"unsubscribe\",\"tickers\":[\"AAPL\",\"BRK.B\"]}"),
                Arguments.of(new FeedCommand.Auth("k\"y"), "{\"action\":\"auth\",\"key\":\"k\\\"y\"}"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messageIsWrittenAsTheContractShowsAndReadBack(FeedMessage message, String json) throws Exception {
        assertThat(FeedJson.encode(message)).isEqualTo(json);
        assertThat(FeedJson.decodeMessages(json)).containsExactly(message);
        assertThat(FeedJson.decodeMessages("[" + json + "," + json + "]")).containsExactly(message, message);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandIsWrittenAsTheContractShowsAndReadBack(FeedCommand command, String json) throws Exception {
        assertThat(FeedJson.encode(command)).isEqualTo(json);
        assertThat(FeedJson.decodeCommand(json)).isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource({
        "187.12, 187.12",
        "'\"187.12\"', 187.12",
        "1e2, 100",
        "1.5E-7, 0.00000015",
        "100.00000000000000, 100",
        "0.00000001, 0.00000001",
        "9999999999.99999999, 9999999999.99999999"
    })
    void priceIsANumberOrAStringAndExact(String json, String price) throws Exception {
        assertThat(FeedJson.decodeMessages(tick("price", json)))
                .singleElement()
                .isInstanceOfSatisfying(
                        FeedMessage.TickMessage.class,
                        numbered -> assertThat(
                                        FixedDecimal.toString(numbered.tick().priceUnits()))
                                .isEqualTo(price));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "1e400",
                "1e-400",
                "1e1000000000",
                "10000000000",
                "0.000000001",
                "NaN",
                "\"\"",
                "\"x\"",
                "null",
                "true",
                "{}",
                "[]",
                "[\"1\"]",
                "\"Infinity\"",
                "\"0x1\"",
                "1_000",
                "\" 1\""
            })
    void priceThatIsNotOneIsRefused(String json) {
        assertThatThrownBy(() -> FeedJson.decodeMessages(tick("price", json))).isInstanceOf(FeedFormatException.class);
        assertThatThrownBy(() -> FeedJson.decodeMessages(tick("quantity", json)))
                .isInstanceOf(FeedFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "9223372036854775808", "\"\"", "1e3", "null", "[]", "-1"})
    void numberThatIsNotWholeAndNotNegativeIsRefused(String json) {
        assertThatThrownBy(() -> FeedJson.decodeMessages(tick("seq", json)))
                .isInstanceOf(FeedFormatException.class)
                .hasMessageContaining("seq");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"not a ticker\"",
                "\"\"",
                "\"-A\"",
                "\"A\\u0000\"",
                "null",
                "\"*\"",
                "\"ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG\""
            })
    void tickerThatIsNotOneIsRefused(String json) {
        assertThatThrownBy(() -> FeedJson.decodeMessages(tick("ticker", json))).isInstanceOf(FeedFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"yesterday\"", "\"2026-11-20\"", "\"2026-02-30T00:00:00Z\"", "\"1969-12-31T23:59:59Z\"", "1"})
    void timestampThatIsNotOneIsRefused(String json) {
        assertThatThrownBy(() -> FeedJson.decodeMessages(tick("timestamp", json)))
                .isInstanceOf(FeedFormatException.class);
    }

    @Test
    void timestampOfAnyOffsetIsCutToMicroseconds() throws Exception {
        assertThat(FeedJson.decodeMessages(tick("timestamp", "\"2026-11-20T15:30:00.123456789+01:00\"")))
                .singleElement()
                .isInstanceOfSatisfying(
                        FeedMessage.TickMessage.class,
                        numbered -> assertThat(numbered.tick().epochNanos()).isEqualTo(nanos(TIME) + 456_000));
    }

    @Test
    void typesAndFieldsOfLaterVersionsArePassedOver() throws Exception {
        assertThat(FeedJson.decodeMessages("[{\"type\":\"news\",\"deep\":{\"a\":[{\"b\":[1,[2]]}]}},"
                        + "{\"type\":\"shutdown\",\"x\":{\"type\":\"tick\"},\"y\":null,\"retry_after_ms\":5},{}]"))
                .containsExactly(new FeedMessage.Shutdown(5));
        assertThat(FeedJson.decodeMessages("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1",
                "null",
                "\"tick\"",
                "[1]",
                "[[]]",
                "{",
                "{\"type\":",
                "[{}",
                "{}{}",
                "[{}]]",
                "{\"a\":1,\"a\":2}",
                "{\"type\":\"subscription\",\"tickers\":[1]}",
                "{\"type\":\"subscription\",\"tickers\":\"AAPL\"}"
            })
    void frameThatIsNotOfTheFormatIsRefused(String frame) {
        assertThatThrownBy(() -> FeedJson.decodeMessages(frame)).isInstanceOf(FeedFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"action\":1}",
                "{\"action\":\"dance\"}",
                "{\"action\":\"subscribe\"}",
                "{\"action\":\"subscribe\",\"tickers\":\"AAPL\"}",
                "{\"action\":\"subscribe\",\"tickers\":[\"not a ticker\"]}",
                "{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":1.5}",
                "{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":true}",
                "{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"tickers\":[\"AAPL\"]}",
                "{\"action\":\"subscribe\",\"tickers\":[\"*\",null]}",
                "{\"action\":\"subscribe\",\"tickers\":[\"*\"]} x",
                "{\"action\":\"auth\"}",
                "[{\"action\":\"auth\",\"key\":\"a\"},{\"action\":\"auth\",\"key\":\"b\"}]"
            })
    void commandThatIsNotOneIsRefused(String frame) {
        assertThatThrownBy(() -> FeedJson.decodeCommand(frame)).isInstanceOf(FeedFormatException.class);
    }

    @Test
    void deepAndLongInputIsRefusedAtABound() {
        assertThatThrownBy(() -> FeedJson.decodeMessages("{\"x\":" + "[".repeat(100_000)))
                .isInstanceOf(FeedFormatException.class);
        assertThatThrownBy(() -> FeedJson.decodeMessages(tick("price", "1" + "0".repeat(100_000))))
                .isInstanceOf(FeedFormatException.class);
        assertThatThrownBy(() -> FeedJson.decodeMessages(tick("price", "\"" + "0".repeat(100_000) + "x\"")))
                .isInstanceOf(FeedFormatException.class)
                .message()
                .hasSizeLessThan(500);
    }

    @Test
    void keyOfACommandIsNotShown() {
        assertThat(new FeedCommand.Auth("secret").toString()).doesNotContain("secret");
    }

    /** A tick with one field replaced. */
    private static String tick(String field, String json) {
        String tick = "{\"type\":\"tick\",\"seq\":1,\"ticker\":\"AAPL\",\"price\":1,\"quantity\":1,"
                + "\"timestamp\":\"2026-11-20T14:30:00Z\"}";
        return tick.replaceFirst(
                "\"" + field + "\":(\"[^\"]*\"|\\d+)", "\"" + field + "\":" + json.replace("\\", "\\\\"));
    }

    private static long nanos(Instant instant) {
        return EpochNanos.of(instant);
    }
}

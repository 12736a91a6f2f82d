package blackbox.trade;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.trade.Ticker;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TickerTest {

    private static final Pattern PATTERN = Pattern.compile(Ticker.PATTERN);

    /** As vendors write them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAPL",
                "BRK.B",
                "BApA",
                "NA",
                "BTC/USD",
                "BTC-USD",
                "M&M",
                "^GSPC",
                "^",
                "ES=F",
                "X:BTC-USD",
                "BINANCE:BTCUSDT",
                "OANDA:EUR_USD",
                "O:SPY251219C00650000"
            })
    void symbolOfAVendorIsATicker(String text) {
        assertThat(Ticker.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":A", "&A", "=A", "/A", "-A", ".A", "_A", "A B", "A,B", "A;B", "A+B", "A%26B", "A'", "*"})
    void otherTextIsNone(String text) {
        assertThat(Ticker.isValid(text)).isFalse();
    }

    @Test
    void agreesWithThePatternOnEveryCharacterAtEveryPosition() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            assertAgrees("" + (char) c);
            assertAgrees("A" + (char) c);
        }
    }

    @Test
    void agreesWithThePatternOnRandomTexts() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            while (text.length() < length) {
                text.append(
                        random.nextInt(64) == 0
                                ? (char) random.nextInt(256)
                                : "AZaz09.-/^=_:&".charAt(random.nextInt(14)));
            }
            assertAgrees(text.toString());
        }
    }

    private static void assertAgrees(String text) {
        boolean expected = PATTERN.matcher(text).matches();
        if (Ticker.isValid(text) != expected) {
            assertThat(Ticker.isValid(text)).as(text).isEqualTo(expected);
        }
    }
}

package blackbox.trade;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.trade.Ticker;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TickerTest {

    private static final Pattern PATTERN = Pattern.compile(Ticker.PATTERN);

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
                                : "AZaz09.-/^=_".charAt(random.nextInt(12)));
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

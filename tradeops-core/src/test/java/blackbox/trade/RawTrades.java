package blackbox.trade;

import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Generates random trades, most of them invalid. */
final class RawTrades {

    private static final String[] TICKERS = {
        "AAPL",
        "BRK.B",
        "BTC/USD",
        "NA",
        "^GSPC",
        "M&M",
        "X:BTC",
        "",
        "A B",
        ".A",
        ":A",
        "Ä",
        "X".repeat(32),
        "X".repeat(33)
    };
    private static final String[] SIDES = {"buy", "sell", "", "BUY", "hold", "buyx"};
    private static final String[] TRADE_IDS = {
        "ext-42", "x", "", "a\tb", "\u0000", "€", "\uD800", "9".repeat(128), "9".repeat(129)
    };

    private final SplittableRandom random;
    private final DecimalTexts decimals;
    private final Instant now;

    RawTrades(long seed, Instant now) {
        this.random = new SplittableRandom(seed);
        this.decimals = new DecimalTexts(seed);
        this.now = now;
    }

    RawTrade next() {
        return new RawTrade(
                maybe(TICKERS[random.nextInt(TICKERS.length)], 8),
                maybe(decimals.next(), 8),
                maybe(decimals.next(), 8),
                maybe(SIDES[random.nextInt(SIDES.length)], 2),
                maybe(timestamp(), 2),
                maybe(TRADE_IDS[random.nextInt(TRADE_IDS.length)], 2));
    }

    private String timestamp() {
        String text = now.plusNanos(random.nextLong(-1_000_000_000_000L, 400_000_000_000L) / 1000 * 1000)
                .toString();
        if (random.nextInt(3) > 0) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at) + "0123456789Zz+-:. T".charAt(random.nextInt(18)) + text.substring(at + 1);
    }

    private @Nullable String maybe(String text, int oneIn) {
        return random.nextInt(oneIn) == 0 ? null : text;
    }
}

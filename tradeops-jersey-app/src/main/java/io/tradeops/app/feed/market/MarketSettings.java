package io.tradeops.app.feed.market;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Ticker;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The settings of a simulated market. Immutable.
 *
 * @param seed the seed of its random numbers
 * @param prices each ticker's start price in 10⁻⁸ units, at least one ticker
 * @param ticksPerSecond the rate of all tickers together, 1 to 1,000,000
 * @param volatilityPercent the largest move of a price from tick to tick, jumps aside, in percent, 0 to 10
 */
public record MarketSettings(long seed, Map<String, Long> prices, int ticksPerSecond, double volatilityPercent) {

    /** The default tickers with their start prices. */
    public static final String DEFAULT_TICKERS = "AAPL=189.37,MSFT=412.1,NVDA=138.25,AMZN=201.44,GOOG=176.9,"
            + "TSLA=342.18,BRK.B=470.05,BTC/USD=92350,ETH/USD=3120.5,SPY=598.73";

    /** Seed 42, ten tickers, 20 ticks a second, 0.02 %. */
    public static final MarketSettings DEFAULT = new MarketSettings(42, parsePrices(DEFAULT_TICKERS), 20, 0.02);

    private static final int MAX_TICKERS = 10_000;
    private static final int MAX_RATE = 1_000_000;
    private static final double MAX_VOLATILITY = 10;

    /**
     * Checks the numbers and copies the prices.
     *
     * @throws IllegalArgumentException if there is no ticker, or a number is out of range
     */
    public MarketSettings {
        prices = Collections.unmodifiableMap(new LinkedHashMap<>(prices));
        if (prices.isEmpty()) {
            throw new IllegalArgumentException("a market needs a ticker");
        }
        if (ticksPerSecond < 1 || ticksPerSecond > MAX_RATE) {
            throw new IllegalArgumentException("ticksPerSecond must be 1 to 1000000: " + ticksPerSecond);
        }
        if (!(volatilityPercent >= 0 && volatilityPercent <= MAX_VOLATILITY)) {
            throw new IllegalArgumentException("volatilityPercent must be 0 to 10: " + volatilityPercent);
        }
    }

    /** The same settings with other start prices. */
    public MarketSettings withPrices(Map<String, Long> changed) {
        return new MarketSettings(seed, changed, ticksPerSecond, volatilityPercent);
    }

    /**
     * Reads start prices as {@code TICKER=PRICE,…}, or generates them for a number of tickers from 1 to 10,000.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static Map<String, Long> parsePrices(String text) {
        return text.matches("[0-9]{1,6}") ? generate(Integer.parseInt(text)) : parseList(text);
    }

    private static Map<String, Long> parseList(String text) {
        Map<String, Long> prices = new LinkedHashMap<>();
        for (String entry : text.split(",", -1)) {
            int sign = entry.lastIndexOf('='); // a ticker may contain = itself
            String ticker = entry.substring(0, Math.max(sign, 0)).strip();
            if (!Ticker.isValid(ticker)) {
                throw new IllegalArgumentException(
                        "tickers are TICKER=PRICE, separated by commas, or a number: " + text);
            }
            long price = FixedDecimal.parse(entry.substring(sign + 1).strip());
            if (price <= 0) {
                throw new IllegalArgumentException("a price must be positive: " + entry);
            }
            prices.put(ticker, price);
        }
        return prices;
    }

    private static Map<String, Long> generate(int count) {
        if (count < 1 || count > MAX_TICKERS) {
            throw new IllegalArgumentException("the number of tickers must be 1 to 10000: " + count);
        }
        SplittableRandom random = new SplittableRandom(count);
        Map<String, Long> prices = new LinkedHashMap<>();
        for (int i = 1; i <= count; i++) {
            prices.put("T" + i, (5 + random.nextInt(500)) * FixedDecimal.ONE);
        }
        return prices;
    }
}

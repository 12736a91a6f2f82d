package io.tradeops.core.csv;

import io.tradeops.core.trade.Ticker;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the ticker in the name of a file. It is the part before the first {@code _} or {@code -}: {@code BTCUSDT} in
 * {@code BTCUSDT-trades-2021-01-08.csv}. For a name such as {@code binance_BTCUSDT_trades.csv} the result is
 * {@code binance}; give the ticker of such a file to {@link TradeCsvAnalyzer.Builder#ticker}. All methods are static
 * and thread-safe.
 */
public final class TickerFromName {

    private TickerFromName() {}

    /**
     * Finds the ticker in the last name of a path.
     *
     * @return the ticker; empty if the name has no {@code _} or {@code -}, or the part before it is not a ticker
     */
    public static Optional<String> of(Path file) {
        Path name = file.getFileName();
        return name == null ? Optional.empty() : of(name.toString());
    }

    /**
     * Finds the ticker in a file name without folders.
     *
     * @return the ticker; empty if the name has no {@code _} or {@code -}, or the part before it is not a ticker
     */
    public static Optional<String> of(String fileName) {
        for (int i = 0; i < fileName.length(); i++) {
            if (fileName.charAt(i) == '_' || fileName.charAt(i) == '-') {
                String ticker = fileName.substring(0, i);
                return Ticker.isValid(ticker) ? Optional.of(ticker) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}

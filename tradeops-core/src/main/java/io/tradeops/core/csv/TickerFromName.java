package io.tradeops.core.csv;

import io.tradeops.core.trade.Ticker;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The ticker that a file's name carries: its prefix up to the first {@code _} or {@code -}, so {@code BTCUSDT} of
 * {@code BTCUSDT-trades-2021-01-08.csv}. A name such as {@code binance_BTCUSDT_trades.csv} gives {@code binance}: such
 * files need {@link TradeCsvAnalyzer.Builder#ticker}. Static functions; thread-safe.
 */
public final class TickerFromName {

    private TickerFromName() {}

    /** The ticker in the last name of a path; empty if the name has no {@code _} or {@code -} or its prefix is no
     * ticker. */
    public static Optional<String> of(Path file) {
        Path name = file.getFileName();
        return name == null ? Optional.empty() : of(name.toString());
    }

    /** The ticker in a file's name without folders; empty if it has no {@code _} or {@code -} or its prefix is no
     * ticker. */
    public static Optional<String> of(String fileName) {
        for (int i = 0; i < fileName.length(); i++) {
            if (fileName.charAt(i) == '_' || fileName.charAt(i) == '-') {
                return Optional.of(fileName.substring(0, i)).filter(Ticker::isValid);
            }
        }
        return Optional.empty();
    }
}

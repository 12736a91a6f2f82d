package io.tradeops.core.csv;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.ForeignText;
import io.tradeops.core.trade.Ticker;
import io.tradeops.core.trade.Trade;

/**
 * Adds up trades one by one, for a caller that looks at each of them too. The same trades in the same order give the
 * same analysis as {@link TradeCsvAnalyzer} does. A trade of a known ticker allocates nothing. Not thread-safe.
 *
 * <pre>{@code
 * TradeAccumulator totals = new TradeAccumulator();
 * TradeCsvReader reader = TradeCsvReader.builder().rejects(totals::addRejected).build();
 * try (TradeRowIterator rows = reader.open(Path.of("trades.csv"))) {
 *     while (rows.hasNext()) {
 *         TradeRow row = rows.next();
 *         totals.add(row);
 *     }
 * }
 * TradeAnalysis analysis = totals.analysis();
 * }</pre>
 */
public final class TradeAccumulator {

    private final TickerTable table = new TickerTable();
    private final RejectCounter rejects = new RejectCounter();
    private long rowsWithoutTimestamp;
    private long cancelled;

    /** Creates an accumulator without trades. */
    public TradeAccumulator() {}

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if a value that did not come from a file is out of its range
     */
    public void add(TradeRow row) {
        add(row.ticker(), row.epochNanos(), row.priceUnits(), row.quantityUnits());
    }

    /**
     * Adds a trade.
     *
     * @throws IllegalArgumentException if its time is before 1970 or after {@link EpochNanos#MAX}
     */
    public void add(Trade trade) {
        addValid(trade.ticker(), EpochNanos.of(trade.timestamp()), trade.priceUnits(), trade.quantityUnits());
    }

    /**
     * Adds a trade.
     *
     * @param ticker the ticker, valid as defined by {@link Ticker}
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}; or
     *     {@link TradeRow#NO_TIMESTAMP}
     * @param priceUnits the price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param quantityUnits the quantity in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
     * @throws IllegalArgumentException if an argument is out of its range; nothing is then added
     */
    public void add(String ticker, long epochNanos, long priceUnits, long quantityUnits) {
        if (!Ticker.isValid(ticker)) {
            throw Arguments.refused("ticker must match " + Ticker.PATTERN, ForeignText.escaped(ticker));
        }
        Arguments.requireRange("epochNanos", epochNanos, TradeRow.NO_TIMESTAMP, EpochNanos.MAX);
        Arguments.requireRange("priceUnits", priceUnits, 1, FixedDecimal.MAX_UNITS);
        Arguments.requireRange("quantityUnits", quantityUnits, 1, FixedDecimal.MAX_UNITS);
        addValid(ticker, epochNanos, priceUnits, quantityUnits);
    }

    /** Counts a row that is not a trade. */
    public void addRejected(RejectedRow row) {
        rejects.count(row.line(), row.reason(), 1);
    }

    /**
     * Counts rows that were left out because they are cancelled or wrong; see {@link TradeRowIterator#cancelled}.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public void addCancelled(long number) {
        Arguments.requireRange("number", number, 0, Long.MAX_VALUE);
        cancelled = Math.addExact(cancelled, number);
    }

    /** Returns the analysis of what was added so far. */
    public TradeAnalysis analysis() {
        return new TradeAnalysis(table.copy(), rowsWithoutTimestamp, cancelled, rejects);
    }

    private void addValid(String ticker, long epochNanos, long priceUnits, long quantityUnits) {
        table.add(table.numberFor(ticker), epochNanos, priceUnits, quantityUnits, 0);
        rowsWithoutTimestamp += epochNanos == TradeRow.NO_TIMESTAMP ? 1 : 0;
    }
}

package io.tradeops.core.csv;

import io.tradeops.core.trade.ExactSum;

/** Adds up one ticker's trades in file order. Not thread-safe. */
final class TickerAccumulator {

    private final ExactSum priceSum = new ExactSum();
    private final ExactSum quantitySum = new ExactSum();
    private final ExactSum notionalSum = new ExactSum();
    private long count;
    private long minUnits = Long.MAX_VALUE;
    private long maxUnits;
    private TickerTotals.Edge first = new TickerTotals.Edge(Long.MAX_VALUE, 0);
    private TickerTotals.Edge last = new TickerTotals.Edge(Long.MIN_VALUE, 0);

    void add(TradeFields trade) {
        long price = trade.priceUnits();
        count++;
        priceSum.add(price);
        quantitySum.add(trade.quantityUnits());
        notionalSum.addProduct(price, trade.quantityUnits());
        minUnits = Math.min(minUnits, price);
        maxUnits = Math.max(maxUnits, price);
        if (trade.epochNanos() < first.epochNanos()) {
            first = new TickerTotals.Edge(trade.epochNanos(), price);
        }
        if (trade.epochNanos() >= last.epochNanos()) {
            last = new TickerTotals.Edge(trade.epochNanos(), price);
        }
    }

    TickerTotals totals(String ticker) {
        return new TickerTotals(
                ticker,
                count,
                priceSum.value(),
                quantitySum.value(),
                notionalSum.value(),
                minUnits,
                maxUnits,
                first,
                last);
    }
}

package io.tradeops.core.csv;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of {@link TradeCsvAnalyzer}: a summary of each ticker, and the numbers of accepted and rejected rows. The
 * analyses of several files, or of the parts of one file, can be {@linkplain #merge merged}. Immutable and thread-safe.
 */
public final class TradeAnalysis {

    private final long rows;
    private final Map<RejectReason, Long> rejectedByReason;
    private final List<TickerTotals> totals;

    /** @param totals the totals, one for each ticker, sorted by ticker */
    TradeAnalysis(long rows, Map<RejectReason, Long> rejectedByReason, List<TickerTotals> totals) {
        this.rows = rows;
        Map<RejectReason, Long> counts = new EnumMap<>(RejectReason.class);
        counts.putAll(rejectedByReason);
        this.rejectedByReason = Collections.unmodifiableMap(counts);
        this.totals = List.copyOf(totals);
    }

    static List<TickerTotals> sorted(Collection<TickerTotals> totals) {
        List<TickerTotals> sorted = new ArrayList<>(totals);
        sorted.sort((a, b) -> a.ticker().compareTo(b.ticker()));
        return sorted;
    }

    /** Returns the number of rows that are trades. */
    public long rows() {
        return rows;
    }

    /** Returns the number of rows that are not trades. */
    public long rejected() {
        return rejectedByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Returns the number of rejected rows for each reason that occurred, in the order of {@link RejectReason};
     * unmodifiable.
     */
    public Map<RejectReason, Long> rejectedByReason() {
        return rejectedByReason;
    }

    /** Returns the summaries, one for each ticker, sorted by ticker (code point). Every call computes them. */
    public List<TickerSummary> tickers() {
        return totals.stream().map(TickerTotals::summary).toList();
    }

    /**
     * Tells whether the ratio of rejected rows to all rows is greater than a limit. The comparison is exact. Without
     * rows the result is false.
     *
     * @param maxRejectRatio the limit, 0 to 1; 0.01 is one row in a hundred
     * @throws IllegalArgumentException if the limit is negative or greater than 1
     */
    public boolean exceedsRejectRatio(BigDecimal maxRejectRatio) {
        if (maxRejectRatio.signum() < 0 || maxRejectRatio.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("maxRejectRatio must lie between 0 and 1: " + maxRejectRatio);
        }
        BigDecimal allowed = BigDecimal.valueOf(Math.addExact(rows, rejected())).multiply(maxRejectRatio);
        return BigDecimal.valueOf(rejected()).compareTo(allowed) > 0;
    }

    /**
     * Merges two analyses. The rows of {@code other} count as rows after those of this analysis. This decides the first
     * and the last price at equal times, and where one of the two has no times.
     *
     * <p>Merging is associative if all analyses have times or none has. It is commutative if all have times and no two
     * times are equal.
     */
    public TradeAnalysis merge(TradeAnalysis other) {
        Map<String, TickerTotals> merged = new TreeMap<>();
        totals.forEach(total -> merged.put(total.ticker(), total));
        other.totals.forEach(total -> merged.merge(total.ticker(), total, TickerTotals::merge));
        Map<RejectReason, Long> counts = new EnumMap<>(RejectReason.class);
        counts.putAll(rejectedByReason);
        other.rejectedByReason.forEach((reason, count) -> counts.merge(reason, count, Math::addExact));
        return new TradeAnalysis(Math.addExact(rows, other.rows), counts, List.copyOf(merged.values()));
    }
}

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
 * What {@link TradeCsvAnalyzer} made of a file: a summary per ticker, and how many rows were trades. Analyses of a
 * file's parts, or of several files, {@link #merge}. Immutable and thread-safe.
 */
public final class TradeAnalysis {

    private final long rows;
    private final Map<RejectReason, Long> rejectedByReason;
    private final List<TickerTotals> totals;

    /** @param totals one per ticker, sorted by it */
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

    /** The number of rows that are trades, and are added up. */
    public long rows() {
        return rows;
    }

    /** The number of rows that are not trades, and are left out. */
    public long rejected() {
        return rejectedByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The number of rejected rows of each reason that occurred, in the order of the reasons; unmodifiable. */
    public Map<RejectReason, Long> rejectedByReason() {
        return rejectedByReason;
    }

    /** One summary per ticker, sorted by ticker (code point). It is made at every call. */
    public List<TickerSummary> tickers() {
        return totals.stream().map(TickerTotals::summary).toList();
    }

    /** Whether more than a given share of all rows was rejected, compared exactly; of no rows at all none is.
     *
     * @param maxRejectRatio 0 to 1: 0.01 is one in a hundred
     * @throws IllegalArgumentException if it is negative or greater than 1 */
    public boolean exceeds(BigDecimal maxRejectRatio) {
        if (maxRejectRatio.signum() < 0 || maxRejectRatio.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("maxRejectRatio must lie between 0 and 1: " + maxRejectRatio);
        }
        BigDecimal allowed = BigDecimal.valueOf(Math.addExact(rows, rejected())).multiply(maxRejectRatio);
        return BigDecimal.valueOf(rejected()).compareTo(allowed) > 0;
    }

    /**
     * Both together. The other's rows count as standing after this one's: that decides first and last where times are
     * equal, and wherever one of both has no times. Associative if all have times or none has; commutative if all have and
     * no two are equal.
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

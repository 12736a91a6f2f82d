package io.tradeops.core.csv;

import static io.tradeops.core.codec.BytesReader.damaged;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.codec.BytesWriter;
import io.tradeops.core.trade.Ticker;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link TradeCsvAnalyzer} or {@link TradeAccumulator}: a summary of each ticker, and the numbers of
 * accepted and rejected rows. The analyses of several files, or of the parts of one file, can be
 * {@linkplain #merge merged}. Two analyses are equal if all their numbers are. Immutable and thread-safe.
 */
@SuppressWarnings("exports") // JSpecify's annotations are needed to compile, not to use
public final class TradeAnalysis {

    private static final String MAGIC = "TOan";
    private static final int VERSION = 1;

    private static final TradeAnalysis EMPTY = new TradeAnalysis(new TickerTable(), 0, 0, new RejectCounter());

    private final TickerTable table;
    private final int[] sorted;
    private final long rows;
    private final long rowsWithoutTimestamp;
    private final long cancelled;
    private final Map<RejectReason, Long> rejectedByReason;
    private final Map<RejectReason, Long> firstRejectedLines;

    /** @param table the totals; they must not change any more */
    TradeAnalysis(TickerTable table, long rowsWithoutTimestamp, long cancelled, RejectCounter rejects) {
        this.table = table;
        this.sorted = table.sorted();
        this.rows = table.trades();
        this.rowsWithoutTimestamp = rowsWithoutTimestamp;
        this.cancelled = cancelled;
        rejectedByReason = Collections.unmodifiableMap(rejects.counts());
        firstRejectedLines = Collections.unmodifiableMap(rejects.firstLines());
    }

    /** Returns the analysis of no rows. Merging it with another one gives the other one. */
    public static TradeAnalysis empty() {
        return EMPTY;
    }

    /** Returns the number of rows that are trades. */
    public long rows() {
        return rows;
    }

    /**
     * Returns the number of these rows that have no timestamp, because the file has no timestamp column. Among them,
     * the first and the last trade are those of the first and the last row.
     */
    public long rowsWithoutTimestamp() {
        return rowsWithoutTimestamp;
    }

    /** Returns the number of rows that were left out because a correction column marks them as cancelled or wrong. */
    public long cancelled() {
        return cancelled;
    }

    /** Returns the number of rows that are not trades. */
    public long rejected() {
        long rejected = 0;
        for (long count : rejectedByReason.values()) {
            rejected += count;
        }
        return rejected;
    }

    /**
     * Returns the number of rejected rows for each reason that occurred, in the order of {@link RejectReason};
     * unmodifiable.
     */
    public Map<RejectReason, Long> rejectedByReason() {
        return rejectedByReason;
    }

    /**
     * Returns, for each reason that occurred, the line of the first row that was rejected for it; unmodifiable. After
     * {@link #merge} it is a line of the earlier file.
     */
    public Map<RejectReason, Long> firstRejectedLines() {
        return firstRejectedLines;
    }

    /**
     * Returns the summaries, one for each ticker, sorted by ticker (code point); unmodifiable. A summary is computed
     * whenever it is read from the list.
     */
    public List<TickerSummary> tickers() {
        return new Summaries();
    }

    /** Returns the summary of a ticker; empty if it has no trades. Costs O(1). */
    public Optional<TickerSummary> ticker(String ticker) {
        int number = Ticker.isValid(ticker) ? table.find(ticker) : 0;
        return number > 0 ? Optional.of(table.summary(number)) : Optional.empty();
    }

    /**
     * Tells whether the ratio of rejected rows to all rows is greater than a limit. The comparison is exact. Without
     * rows the result is false.
     *
     * @param maxRejectRatio the limit, 0 to 1; 0.01 is one row in a hundred
     * @throws IllegalArgumentException if the limit is negative or greater than 1
     */
    public boolean exceedsRejectRatio(BigDecimal maxRejectRatio) {
        Arguments.require(
                maxRejectRatio.signum() >= 0 && maxRejectRatio.compareTo(BigDecimal.ONE) <= 0,
                "maxRejectRatio must lie between 0 and 1",
                maxRejectRatio);
        BigDecimal allowed = BigDecimal.valueOf(Math.addExact(rows, rejected())).multiply(maxRejectRatio);
        return BigDecimal.valueOf(rejected()).compareTo(allowed) > 0;
    }

    /**
     * Merges two analyses. The rows of {@code other} count as rows after those of this analysis. This decides the first
     * and the last price at equal times, and where one of the two has no times.
     *
     * <p>Merging is associative if all analyses have times or none has. It is commutative if all have times and no two
     * times are equal. {@link #empty} is its identity.
     */
    public TradeAnalysis merge(TradeAnalysis other) {
        TickerTable merged = table.copy();
        merged.addLater(other.table);
        RejectCounter rejects = new RejectCounter();
        addRejectsTo(rejects);
        other.addRejectsTo(rejects);
        return new TradeAnalysis(
                merged,
                Math.addExact(rowsWithoutTimestamp, other.rowsWithoutTimestamp),
                Math.addExact(cancelled, other.cancelled),
                rejects);
    }

    private void addRejectsTo(RejectCounter rejects) {
        for (Map.Entry<RejectReason, Long> entry : rejectedByReason.entrySet()) {
            RejectReason reason = entry.getKey();
            rejects.count(firstRejectedLines.getOrDefault(reason, 0L), reason, entry.getValue());
        }
    }

    /**
     * Returns this analysis as bytes, from which {@link #fromBytes} restores an equal one, so that parts of a file can
     * be analysed in several processes and merged in one. They have a version and a checksum.
     */
    public byte[] toBytes() {
        BytesWriter out = new BytesWriter(MAGIC, VERSION);
        out.writeUnsigned(rowsWithoutTimestamp).writeUnsigned(cancelled);
        out.writeUnsigned(rejectedByReason.size());
        for (Map.Entry<RejectReason, Long> entry : rejectedByReason.entrySet()) {
            RejectReason reason = entry.getKey();
            out.writeText(reason.code())
                    .writeUnsigned(entry.getValue())
                    .writeUnsigned(firstRejectedLines.getOrDefault(reason, 0L));
        }
        out.writeUnsigned(sorted.length);
        for (int number : sorted) {
            table.write(number, out);
        }
        return out.toByteArray();
    }

    /**
     * Restores an analysis from its bytes.
     *
     * @throws IllegalArgumentException if the bytes are damaged, or are not of an analysis, or are of a version that
     *     this program does not know
     */
    public static TradeAnalysis fromBytes(byte[] bytes) {
        BytesReader in = new BytesReader(bytes, MAGIC, VERSION);
        long untimed = in.readUnsigned("rows without timestamp", 0, Long.MAX_VALUE);
        long cancelled = in.readUnsigned("cancelled rows", 0, Long.MAX_VALUE);
        RejectCounter rejects = new RejectCounter();
        long maxRows = Long.MAX_VALUE;
        for (int left = in.readCount("reasons", 3); left > 0; left--) {
            Optional<RejectReason> known = RejectReason.ofCode(in.readText());
            if (known.isEmpty()) {
                throw damaged("an unknown reason");
            }
            RejectReason reason = known.get();
            if (rejects.counts().containsKey(reason)) {
                throw damaged("a reason occurs twice");
            }
            long count = in.readUnsigned("rejected rows", 1, maxRows);
            maxRows -= count;
            rejects.count(in.readUnsigned("line", 0, Long.MAX_VALUE), reason, count);
        }
        TickerTable table = new TickerTable();
        for (int left = in.readCount("tickers", TickerTable.MIN_WRITTEN_BYTES); left > 0; left--) {
            maxRows -= table.read(in, maxRows);
        }
        in.requireEnd();
        if (untimed > table.trades()) {
            throw damaged("more rows without timestamp than rows");
        }
        return new TradeAnalysis(table, untimed, cancelled, rejects);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TradeAnalysis that
                && rows == that.rows
                && rowsWithoutTimestamp == that.rowsWithoutTimestamp
                && cancelled == that.cancelled
                && rejectedByReason.equals(that.rejectedByReason)
                && firstRejectedLines.equals(that.firstRejectedLines)
                && hasEqualTotals(that);
    }

    private boolean hasEqualTotals(TradeAnalysis that) {
        if (sorted.length != that.sorted.length) {
            return false;
        }
        for (int i = 0; i < sorted.length; i++) {
            if (!table.hasEqualSlot(sorted[i], that.table, that.sorted[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return Objects.hash(rows, rowsWithoutTimestamp, cancelled, rejectedByReason, sorted.length);
    }

    /** For people, in a log or a debugger: the numbers of rows and tickers. */
    @Override
    public String toString() {
        return "TradeAnalysis[rows=" + rows + ", rejected=" + rejectedByReason + ", cancelled=" + cancelled
                + ", tickers=" + sorted.length + "]";
    }

    /** The summaries, which are not kept. */
    private final class Summaries extends AbstractList<TickerSummary> implements RandomAccess {

        @Override
        public TickerSummary get(int index) {
            return table.summary(sorted[Objects.checkIndex(index, sorted.length)]);
        }

        @Override
        public int size() {
            return sorted.length;
        }
    }
}

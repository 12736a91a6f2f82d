package io.tradeops.app.cli;

import io.tradeops.core.csv.RejectReason;
import io.tradeops.core.csv.TradeAnalysis;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.stream.Collectors;

/**
 * What is said about the rejected rows of a file. Immutable.
 *
 * @param analysis the numbers of rows
 */
record RejectSummary(TradeAnalysis analysis) {

    /** The number of rejected rows, and each reason with its number of rows and the first line that had it. */
    String text() {
        String reasons = reasons();
        return analysis.rejected() + " rows rejected" + (reasons.isEmpty() ? "" : ": " + reasons);
    }

    /**
     * Fails if too many rows are rejected.
     *
     * @param ratio the largest share of all rows
     * @param file the file's name
     */
    void requireAtMost(BigDecimal ratio, String file) throws IOException {
        if (analysis.exceedsRejectRatio(ratio)) {
            throw new IOException(file + ": " + analysis.rejected() + " of " + (analysis.rows() + analysis.rejected())
                    + " rows are rejected, a larger share than " + ratio.toPlainString() + ": " + reasons() + hint());
        }
    }

    private String reasons() {
        return analysis.rejectedByReason().entrySet().stream()
                .map(reason -> reason.getKey().code() + " " + reason.getValue() + " (first in line "
                        + analysis.firstRejectedLines().get(reason.getKey()) + ")")
                .collect(Collectors.joining(", "));
    }

    private String hint() {
        boolean zone = analysis.rejectedByReason().containsKey(RejectReason.TIMESTAMP_WITHOUT_ZONE);
        return zone ? "; say the zone of times without an offset with --zone" : "";
    }
}

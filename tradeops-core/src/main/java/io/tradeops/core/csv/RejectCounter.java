package io.tradeops.core.csv;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rejected rows of an analysis and passes each of them to the handler once, also if the analysis restarts.
 * Not thread-safe.
 */
final class RejectCounter {

    private final @Nullable RejectedRowHandler handler;
    private final EnumMap<RejectReason, Long> counts = new EnumMap<>(RejectReason.class);
    private final EnumMap<RejectReason, Long> firstLines = new EnumMap<>(RejectReason.class);
    private long count;
    private long passed;

    /** Counts rows without passing them to a handler. */
    RejectCounter() {
        this(null);
    }

    RejectCounter(@Nullable RejectedRowHandler handler) {
        this.handler = handler;
    }

    /**
     * Adds the rejected rows of a block.
     *
     * @param rows the rows, whose lines are counted from 0, where the block begins
     * @param firstLine the line on which the block begins
     */
    void addBlock(List<RejectedRow> rows, long firstLine) throws IOException {
        for (RejectedRow row : rows) {
            long line = firstLine + row.line();
            count(line, row.reason(), 1);
            count++;
            if (count > passed) {
                passed = count;
                if (handler != null) {
                    handler.onRejected(new RejectedRow(line, row.reason(), row.row()));
                }
            }
        }
    }

    /** Counts later rows without passing them to the handler. */
    void count(long firstLine, RejectReason reason, long rows) {
        firstLines.putIfAbsent(reason, firstLine);
        counts.put(reason, Math.addExact(counts.getOrDefault(reason, 0L), rows));
    }

    /** Restarts the counts. The rows that were passed to the handler are expected again and are not passed again. */
    void restart() {
        counts.clear();
        firstLines.clear();
        count = 0;
    }

    /** The number of rows that were rejected for each reason. */
    Map<RejectReason, Long> counts() {
        return counts.clone();
    }

    /** The line of the first row that was rejected for each reason. */
    Map<RejectReason, Long> firstLines() {
        return firstLines.clone();
    }
}

package io.tradeops.core.csv;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts the rejected rows of an analysis and passes each of them to the handler once, also if the analysis restarts.
 * Not thread-safe.
 */
final class RejectCounter {

    private final RejectedRowHandler handler;
    private final Map<RejectReason, Long> counts = new EnumMap<>(RejectReason.class);
    private final Map<RejectReason, Long> firstLines = new EnumMap<>(RejectReason.class);
    private long count;
    private long passed;

    RejectCounter(RejectedRowHandler handler) {
        this.handler = handler;
    }

    void add(long line, RejectReason reason, String row) throws IOException {
        count(line, reason);
        count++;
        if (count > passed) {
            passed = count;
            handler.onRejected(new RejectedRow(line, reason, row));
        }
    }

    /** Counts a row without passing it to the handler. */
    void count(long line, RejectReason reason) {
        firstLines.putIfAbsent(reason, line);
        counts.put(reason, counts.getOrDefault(reason, 0L) + 1);
    }

    /** Restarts the counts. The rows that were passed to the handler are expected again and are not passed again. */
    void restart() {
        counts.clear();
        firstLines.clear();
        count = 0;
    }

    Map<RejectReason, Long> counts() {
        return counts;
    }

    /** The line of the first row that was rejected for each reason. */
    Map<RejectReason, Long> firstLines() {
        return firstLines;
    }
}

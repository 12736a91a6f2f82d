package io.tradeops.core.csv;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts an analysis's rejected rows and hands each of them to the handler once, also if the analysis begins again from
 * the start. Not thread-safe.
 */
final class RejectCounter implements RejectLog {

    private final RejectedRowHandler handler;
    private final Map<RejectReason, Long> counts = new EnumMap<>(RejectReason.class);
    private long count;
    private long handed;

    RejectCounter(RejectedRowHandler handler) {
        this.handler = handler;
    }

    @Override
    public void add(long line, RejectReason reason, CsvRow row) throws IOException {
        add(line, reason, row.beginning());
    }

    void add(long line, RejectReason reason, String row) throws IOException {
        counts.merge(reason, 1L, Long::sum);
        count++;
        if (count > handed) {
            handed = count;
            handler.onRejected(new RejectedRow(line, reason, row));
        }
    }

    /** Counts from nothing; the rows that were handed over come again and are not handed over again. */
    void restart() {
        counts.clear();
        count = 0;
    }

    Map<RejectReason, Long> counts() {
        return counts;
    }
}

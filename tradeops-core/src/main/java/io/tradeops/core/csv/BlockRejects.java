package io.tradeops.core.csv;

import java.io.IOException;
import java.util.Arrays;

/** The rejected rows of a block, whose line numbers may not be known yet. Reused for every block; not thread-safe. */
final class BlockRejects {

    private static final int INTS = 3;

    private RejectReason[] reasons = new RejectReason[64];
    private int[] rows = new int[64 * INTS];
    private int count;

    /** @param line the number of lines before the row in its block */
    void add(long line, RejectReason reason, CsvRow row) {
        if (count == reasons.length) {
            reasons = Arrays.copyOf(reasons, 2 * count);
            rows = Arrays.copyOf(rows, 2 * count * INTS);
        }
        reasons[count] = reason;
        rows[count * INTS] = (int) line;
        rows[count * INTS + 1] = row.start();
        rows[count * INTS + 2] = row.length();
        count++;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void clear() {
        count = 0;
    }

    /**
     * Adds the rows to a counter.
     *
     * @param bytes the block
     * @param firstLine the line on which the block starts
     */
    void addTo(RejectCounter counter, byte[] bytes, long firstLine) throws IOException {
        for (int i = 0; i < count; i++) {
            String row = CsvRow.beginning(bytes, rows[i * INTS + 1], rows[i * INTS + 2]);
            counter.add(firstLine + rows[i * INTS], reasons[i], row);
        }
    }
}

package io.tradeops.core.csv;

import java.io.IOException;

/** Records the rows that are not trades. */
interface RejectLog {

    /** Records a row. The row is valid only during the call. */
    void add(long line, RejectReason reason, CsvRow row) throws IOException;
}

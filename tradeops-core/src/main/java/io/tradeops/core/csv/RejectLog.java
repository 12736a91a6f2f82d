package io.tradeops.core.csv;

import java.io.IOException;

/** Takes note of a row that is not a trade. */
interface RejectLog {

    /** Notes a row; what it needs of it, it takes now. */
    void add(long line, RejectReason reason, CsvRow row) throws IOException;
}

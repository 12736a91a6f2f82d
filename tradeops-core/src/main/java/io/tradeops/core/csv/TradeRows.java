package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the trades of a CSV file one by one. Finds the columns, and passes the rows that are not trades to the handler
 * of rejected rows. Not thread-safe.
 */
final class TradeRows {

    private final RowSource source;
    private final RejectedRowHandler rejects;
    private final TradeColumns columns;
    private final TradeFields fields;

    TradeRows(InputStream in, CsvSettings settings) throws IOException {
        source = new RowSource(in, ByteWindow.BLOCK);
        rejects = settings.rejects();
        columns = settings.columnsOf(source);
        fields = new TradeFields(columns, settings.ticker(), settings.emptyTimestamps());
    }

    /** Receives a row that is a trade. Its values are in the fields until the next row is read. */
    interface Visitor {
        void visit(TradeFields fields, CsvRow row, long line) throws IOException;
    }

    TradeColumns columns() {
        return columns;
    }

    void forEach(Visitor visitor) throws IOException {
        while (source.next()) {
            CsvRow row = source.row();
            if (fields.read(row).isPresent()) {
                rejects.onRejected(fields.rejected(row, source.line()));
            } else {
                visitor.visit(fields, row, source.line());
            }
        }
    }
}

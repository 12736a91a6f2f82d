package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The trades of a CSV file one after the other: finds the columns, and hands what is no trade to the handler of rejected
 * rows. Not thread-safe.
 */
final class TradeRows {

    private final RowSource source;
    private final RejectedRowHandler rejects;
    private final TradeColumns columns;
    private final TradeFields fields;

    TradeRows(InputStream in, CsvSettings settings) throws IOException {
        source = new RowSource(in);
        rejects = settings.rejects();
        columns = columns(source, settings);
        fields = new TradeFields(columns, settings.ticker());
    }

    /** The names in a header row. */
    static List<String> names(CsvRow header) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < header.fields(); i++) {
            names.add(header.text(i));
        }
        return names;
    }

    /** The columns that the settings or the header, then read from the source, give. */
    static TradeColumns columns(RowSource source, CsvSettings settings) throws IOException {
        boolean tickerGiven = !settings.ticker().isEmpty();
        if (!settings.columns().isEmpty()) {
            return TradeColumns.of(settings.columns(), tickerGiven, 1);
        }
        if (!source.next()) {
            throw new TradeCsvException(1, "the file is empty; there must be a header");
        }
        return TradeColumns.of(names(source.row()), tickerGiven, source.line());
    }

    /** Takes a row that is a trade: its values are in the fields until the next. */
    interface Visitor {
        void visit(TradeFields fields, CsvRow row, long line) throws IOException;
    }

    /** Takes a row that is not. */
    interface Rejected {
        void count(RejectReason reason);
    }

    TradeColumns columns() {
        return columns;
    }

    void forEach(Visitor visitor, Rejected rejected) throws IOException {
        while (source.next()) {
            CsvRow row = source.row();
            Optional<RejectReason> reason = fields.read(row);
            if (reason.isPresent()) {
                rejected.count(reason.get());
                rejects.onRejected(new RejectedRow(source.line(), reason.get(), row.beginning()));
            } else {
                visitor.visit(fields, row, source.line());
            }
        }
    }
}

package io.tradeops.app.trade;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.tradeops.app.rest.Json;
import io.tradeops.core.csv.TradeCsvWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** A format in which trades are streamed. Thread-safe; its writers are not. */
@FunctionalInterface
interface TradeFormat {

    /** CSV with the columns of the daily {@code trades.csv}. */
    TradeFormat CSV = CsvTrades::new;

    /** NDJSON: one JSON object per line. */
    TradeFormat LINES = JsonLines::new;

    /** A writer of this format, which never closes the stream. */
    Writer to(OutputStream out) throws IOException;

    /** Trades in this format. */
    default byte[] bytes(List<StoredTrade> trades) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Writer writer = to(out);
            writer.write(trades);
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Writes trades to a stream. */
    interface Writer {

        /** Writes trades, which may stay buffered. */
        void write(List<StoredTrade> trades) throws IOException;

        /** Writes all that is buffered. */
        void flush() throws IOException;
    }

    /** Writes the rows of the daily export. */
    final class CsvTrades implements Writer {

        private final TradeCsvWriter csv;

        CsvTrades(OutputStream out) {
            csv = new TradeCsvWriter(out);
        }

        @Override
        public void write(List<StoredTrade> trades) throws IOException {
            for (StoredTrade stored : trades) {
                csv.write(stored.id().toString(), stored.trade());
            }
        }

        @Override
        public void flush() throws IOException {
            csv.flush();
        }
    }

    /** Writes the objects of the JSON array. */
    final class JsonLines implements Writer {

        private final JsonGenerator json;

        JsonLines(OutputStream out) throws IOException {
            json = Json.factory().createGenerator(out);
            json.setPrettyPrinter(new MinimalPrettyPrinter(""));
        }

        @Override
        public void write(List<StoredTrade> trades) throws IOException {
            for (StoredTrade stored : trades) {
                TradeJsonWriter.write(json, stored);
                json.writeRaw('\n');
            }
        }

        @Override
        public void flush() throws IOException {
            json.flush();
        }
    }
}

package io.tradeops.app.trade;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.tradeops.app.rest.Json;
import io.tradeops.core.csv.TradeCsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** How trades are streamed. Thread-safe; its writers are not. */
@FunctionalInterface
interface TradeFormat {

    /** The columns of {@code trades.csv}. */
    TradeFormat CSV = CsvTrades::new;

    /** One JSON object per line. */
    TradeFormat LINES = JsonLines::new;

    /** Writes trades to a stream. */
    Writer to(OutputStream out) throws IOException;

    /** Writes trades; never closes the stream. */
    interface Writer {

        /** Writes some. */
        void write(List<StoredTrade> trades) throws IOException;

        /** Writes what is not written yet. */
        void flush() throws IOException;
    }

    /** As the daily export. */
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

    /** As in the JSON array. */
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

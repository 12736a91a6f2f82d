package io.tradeops.app.cli;

import io.tradeops.app.rest.Json;
import io.tradeops.core.csv.AnalysisCsv;
import io.tradeops.core.csv.TickerSummary;
import io.tradeops.core.trade.FixedDecimal;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The formats of a printed analysis. */
enum AnalysisFormat {
    CSV {
        @Override
        void write(List<TickerSummary> tickers, OutputStream out) throws IOException {
            AnalysisCsv.write(tickers, out);
        }
    },
    JSON {
        @Override
        void write(List<TickerSummary> tickers, OutputStream out) throws IOException {
            out.write(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(tickers));
            out.write('\n');
        }
    },
    TABLE {
        @Override
        void write(List<TickerSummary> tickers, OutputStream out) throws IOException {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of(
                    "ticker", "volume", "average", "vwap", "trades", "min", "max", "first", "last", "notional"));
            tickers.forEach(ticker -> rows.add(cells(ticker)));
            int[] widths = IntStream.range(0, rows.get(0).size())
                    .map(column -> rows.stream()
                            .mapToInt(row -> row.get(column).length())
                            .max()
                            .orElse(0))
                    .toArray();
            for (List<String> row : rows) {
                out.write(line(row, widths).getBytes(StandardCharsets.UTF_8));
            }
        }
    };

    abstract void write(List<TickerSummary> tickers, OutputStream out) throws IOException;

    private static List<String> cells(TickerSummary ticker) {
        return List.of(
                ticker.ticker(),
                plain(ticker.totalVolume()),
                plain(ticker.averagePrice()),
                plain(ticker.vwap()),
                String.valueOf(ticker.tradeCount()),
                plain(ticker.minPrice()),
                plain(ticker.maxPrice()),
                plain(ticker.firstPrice()),
                plain(ticker.lastPrice()),
                plain(ticker.totalNotional()));
    }

    /** Aligns the ticker to the left and numbers to the right. */
    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        line.append(row.get(0)).append(" ".repeat(widths[0] - row.get(0).length()));
        for (int i = 1; i < row.size(); i++) {
            line.append("  ")
                    .append(" ".repeat(widths[i] - row.get(i).length()))
                    .append(row.get(i));
        }
        return line.append('\n').toString();
    }

    private static String plain(BigDecimal value) {
        return FixedDecimal.toPlainString(value);
    }
}

package io.tradeops.app.trade;

import io.tradeops.app.rest.ListQuery;
import io.tradeops.app.rest.Page;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Streams trades page by page. Each page is a short query that starts after the last row of the page before. So no
 * database connection waits for a client that reads slowly, and memory holds one page. Single use; not thread-safe.
 */
final class TradeExport implements StreamingOutput {

    static final int PAGE_ROWS = 2_000;

    private final TradeRepository trades;
    private final ListQuery query;
    private final TradeFormat format;
    private Page<StoredTrade> page;

    /** Reads the first page, so that a failure of this read still becomes an error response.
     *
     * @param query the trades to stream; its limit is ignored */
    TradeExport(TradeRepository trades, ListQuery query, TradeFormat format) {
        this.trades = trades;
        this.query = query.withLimit(PAGE_ROWS);
        this.format = format;
        this.page = trades.page(this.query);
    }

    @Override
    public void write(OutputStream out) throws IOException {
        TradeFormat.Writer writer = format.to(out);
        writer.write(page.rows());
        while (page.next().isPresent()) {
            page = trades.page(query.after(page.next().get()));
            writer.write(page.rows());
        }
        writer.flush();
    }
}

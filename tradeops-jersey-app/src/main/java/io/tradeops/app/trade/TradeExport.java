package io.tradeops.app.trade;

import io.tradeops.app.rest.ListQuery;
import io.tradeops.app.rest.Page;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Streams trades page by page. Each page is a short query from the last one's place on, so no connection and no
 * transaction waits for a slow reader, and memory holds one page. Used once, by one thread.
 */
final class TradeExport implements StreamingOutput {

    static final int PAGE_ROWS = 2_000;

    private final TradeRepository trades;
    private final ListQuery query;
    private final TradeFormat format;
    private Page<StoredTrade> page;

    /** Reads the first page, so that what fails then is still an error answer.
     *
     * @param query its limit is not used: everything is streamed */
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

package io.tradeops.app.average;

import io.tradeops.app.db.Database;
import io.tradeops.app.db.Sql;
import io.tradeops.app.rest.Cursor;
import io.tradeops.app.rest.KeysetQuery;
import io.tradeops.app.rest.ListQuery;
import io.tradeops.app.rest.Page;
import io.tradeops.core.average.AveragePrice;
import io.tradeops.jobs.average.AverageStore;
import java.util.List;

/** Averages in PostgreSQL. Thread-safe. */
public final class AverageRepository implements AverageStore {

    private static final String UPSERT = """
            insert into averages (ticker, window_start, width_seconds, average_price, vwap, open, high, low, close,
                                  volume, tick_count)
            values (?, ?, ?, ?, ?::numeric, ?, ?, ?, ?, ?, ?)
            on conflict (window_start, ticker, width_seconds) do update
            set average_price = excluded.average_price, vwap = excluded.vwap, open = excluded.open,
                high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume,
                tick_count = excluded.tick_count, revision = averages.revision + 1
            where excluded.tick_count >= averages.tick_count
              and (averages.average_price, averages.vwap, averages.open, averages.high, averages.low, averages.close,
                   averages.volume, averages.tick_count)
                is distinct from (excluded.average_price, excluded.vwap, excluded.open, excluded.high, excluded.low,
                                  excluded.close, excluded.volume, excluded.tick_count)
            """;

    private static final KeysetQuery<AverageEntity> PAGES =
            KeysetQuery.byTimeAndTicker(AverageEntity.class, "windowStart");

    private final Database database;

    /** The averages in a database. */
    public AverageRepository(Database database) {
        this.database = database;
    }

    /** The mapped classes. */
    public static List<Class<?>> entities() {
        return List.of(AverageEntity.class);
    }

    @Override
    public void save(String ticker, AveragePrice average) {
        database.withConnection(connection -> Sql.update(
                connection,
                UPSERT,
                ticker,
                average.window().start(),
                average.window().width().toSeconds(),
                average.averagePrice(),
                average.vwap().orElse(null),
                average.open(),
                average.high(),
                average.low(),
                average.close(),
                average.volume(),
                average.tickCount()));
    }

    /** A page of averages, ordered by (start of the window, ticker). */
    Page<AverageJson> page(ListQuery query) {
        return PAGES.page(database, query, AverageJson::from, row -> new Cursor(row.windowStart(), row.ticker()));
    }
}

package io.tradeops.app.average;

import io.tradeops.app.db.Database;
import io.tradeops.app.rest.Cursor;
import io.tradeops.app.rest.KeysetQuery;
import io.tradeops.app.rest.ListQuery;
import io.tradeops.app.rest.Page;
import io.tradeops.core.average.AveragePrice;
import io.tradeops.jobs.average.AverageStore;
import java.time.ZoneOffset;
import java.util.List;

/** Averages in PostgreSQL. Thread-safe. */
public final class AverageRepository implements AverageStore {

    private static final String UPSERT = """
            insert into averages (ticker, window_start, width_seconds, average_price, vwap, open, high, low, close,
                                  volume, tick_count)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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

    /** Averages of a database. */
    public AverageRepository(Database database) {
        this.database = database;
    }

    /** The classes that are mapped. */
    public static List<Class<?>> entities() {
        return List.of(AverageEntity.class);
    }

    @Override
    public void save(String ticker, AveragePrice average) {
        database.withConnection(connection -> {
            try (var statement = connection.prepareStatement(UPSERT)) {
                statement.setString(1, ticker);
                statement.setObject(2, average.window().start().atOffset(ZoneOffset.UTC));
                statement.setLong(3, average.window().width().toSeconds());
                statement.setBigDecimal(4, average.averagePrice());
                statement.setBigDecimal(5, average.vwap());
                statement.setBigDecimal(6, average.open());
                statement.setBigDecimal(7, average.high());
                statement.setBigDecimal(8, average.low());
                statement.setBigDecimal(9, average.close());
                statement.setBigDecimal(10, average.volume());
                statement.setLong(11, average.tickCount());
                return statement.executeUpdate();
            }
        });
    }

    /** A page of averages by (window start, ticker). */
    Page<AverageJson> page(ListQuery query) {
        return PAGES.page(database, query, AverageJson::from, row -> new Cursor(row.windowStart(), row.ticker()));
    }
}

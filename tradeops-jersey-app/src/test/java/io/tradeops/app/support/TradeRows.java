package io.tradeops.app.support;

import io.tradeops.app.db.Database;
import java.util.Optional;

/** Inserts many trades that the database generates. Static functions; thread-safe. */
public final class TradeRows {

    private TradeRows() {}

    /** Inserts trades of a ticker, two per millisecond from 2020 on, in chunks within the statement's time limit. */
    public static void insert(Database database, String ticker, int rows) {
        for (int from = 0; from < rows; from += 200_000) {
            String sql = "insert into trades (id, ticker, price, quantity, side, executed_at, trade_id, received_at)"
                    + " select gen_random_uuid(), '" + ticker + "', 1 + i % 1000 * 0.01, 1 + i % 7, 'buy',"
                    + " timestamptz '2020-01-01T00:00:00Z' + (i / 2) * interval '1 millisecond', null, now()"
                    + " from generate_series(" + from + ", " + (Math.min(rows, from + 200_000) - 1) + ") as i";
            database.withConnection(connection -> {
                try (var statement = connection.createStatement()) {
                    return Optional.of(statement.executeUpdate(sql));
                }
            });
        }
    }
}

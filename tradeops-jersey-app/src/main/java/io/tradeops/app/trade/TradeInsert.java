package io.tradeops.app.trade;

import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Inserts trades in one statement, however many there are, and leaves out those whose sender's id is stored already.
 * Static functions; thread-safe.
 */
final class TradeInsert {

    /*
     * Columns travel as arrays: one statement to parse, plan and execute for the whole lot, and the same prepared one
     * for any number of rows. Decimals and times travel as whole numbers, which both sides turn over faster than text;
     * the products are exact, those of the interval below 2^53.
     */
    private static final String INSERT = """
            insert into trades (id, ticker, price, quantity, side, executed_at, trade_id, received_at)
            select id, ticker, price * 0.00000001, quantity * 0.00000001, side,
                   timestamptz 'epoch' + executed * interval '1 microsecond', trade_id,
                   timestamptz 'epoch' + received * interval '1 microsecond'
            from unnest(?::uuid[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::bigint[])
                as given(id, ticker, price, quantity, side, executed, trade_id, received)
            on conflict do nothing
            returning id
            """;

    private static final String EXISTING = """
            select given.id, trades.id
            from unnest(?::uuid[], ?::text[], ?::text[]) as given(id, ticker, trade_id)
            join trades on trades.ticker = given.ticker and trades.trade_id = given.trade_id
            """;

    /** Everyone locks sender's ids in this order, so two that insert the same ones can't wait for each other. */
    private static final Comparator<StoredTrade> LOCK_ORDER = Comparator.comparing(
                    (StoredTrade stored) -> stored.trade().ticker())
            .thenComparing(stored -> stored.trade().tradeId());

    private TradeInsert() {}

    /**
     * Inserts trades in the caller's transaction.
     *
     * @return for each trade that was left out, by its id, the id of the stored trade that has its sender's id
     */
    static Map<UUID, UUID> insert(Connection connection, List<StoredTrade> trades) throws SQLException {
        List<StoredTrade> ordered = new ArrayList<>(trades);
        ordered.sort(LOCK_ORDER);
        Set<UUID> inserted = insertNew(connection, ordered);
        if (inserted.size() == trades.size()) {
            return Map.of();
        }
        ordered.removeIf(trade -> inserted.contains(trade.id()));
        Map<UUID, UUID> existing = existing(connection, ordered);
        if (existing.size() != ordered.size()) {
            throw new IllegalStateException(
                    ordered.size() + " trades were not inserted, and " + existing.size() + " of them are stored");
        }
        return existing;
    }

    private static Set<UUID> insertNew(Connection connection, List<StoredTrade> trades) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setArray(1, uuids(connection, trades));
            statement.setArray(2, texts(connection, trades, Trade::ticker));
            statement.setArray(
                    3, numbers(connection, trades, stored -> stored.trade().priceUnits()));
            statement.setArray(
                    4, numbers(connection, trades, stored -> stored.trade().quantityUnits()));
            statement.setArray(5, texts(connection, trades, TradeInsert::side));
            statement.setArray(
                    6,
                    numbers(connection, trades, stored -> micros(stored.trade().timestamp())));
            statement.setArray(7, texts(connection, trades, TradeInsert::tradeId));
            statement.setArray(8, numbers(connection, trades, stored -> micros(stored.receivedAt())));
            Set<UUID> inserted = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    inserted.add(rows.getObject(1, UUID.class));
                }
            }
            return inserted;
        }
    }

    private static Map<UUID, UUID> existing(Connection connection, List<StoredTrade> trades) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXISTING)) {
            statement.setArray(1, uuids(connection, trades));
            statement.setArray(2, texts(connection, trades, Trade::ticker));
            statement.setArray(3, texts(connection, trades, TradeInsert::tradeId));
            Map<UUID, UUID> existing = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    existing.put(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class));
                }
            }
            return existing;
        }
    }

    private static Array uuids(Connection connection, List<StoredTrade> trades) throws SQLException {
        return connection.createArrayOf(
                "uuid", trades.stream().map(StoredTrade::id).toArray());
    }

    private static Array texts(
            Connection connection, List<StoredTrade> trades, Function<Trade, @Nullable String> column)
            throws SQLException {
        return connection.createArrayOf(
                "text", trades.stream().map(StoredTrade::trade).map(column).toArray(String[]::new));
    }

    private static Array numbers(Connection connection, List<StoredTrade> trades, Function<StoredTrade, Long> column)
            throws SQLException {
        return connection.createArrayOf("int8", trades.stream().map(column).toArray(Long[]::new));
    }

    private static @Nullable String side(Trade trade) {
        return trade.side() == Side.UNKNOWN ? null : trade.side().wireName();
    }

    private static @Nullable String tradeId(Trade trade) {
        return trade.tradeId().isEmpty() ? null : trade.tradeId();
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}

package io.tradeops.app.trade;

import io.tradeops.app.db.Sql;
import io.tradeops.app.db.Sql.ArrayParameter;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import java.sql.Connection;
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
import org.jspecify.annotations.Nullable;

/**
 * Inserts any number of trades in one statement. A trade whose sender id is already stored is not inserted. Static
 * functions; thread-safe.
 */
final class TradeInsert {

    /*
     * Each column is sent as one array: the server parses, plans and executes one statement, and the same prepared
     * statement serves any number of rows. Decimals and times are sent as whole numbers, which both sides convert
     * faster than text. The products are exact, those of the interval below 2^53.
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
            select given.id as given_id, trades.id as stored_id
            from unnest(?::uuid[], ?::text[], ?::text[]) as given(id, ticker, trade_id)
            join trades on trades.ticker = given.ticker and trades.trade_id = given.trade_id
            """;

    /** All inserts lock sender ids in this order, so concurrent ones with the same sender ids can't deadlock. */
    private static final Comparator<StoredTrade> LOCK_ORDER = Comparator.comparing(
                    (StoredTrade stored) -> stored.trade().ticker())
            .thenComparing(stored -> stored.trade().tradeId());

    private TradeInsert() {}

    /**
     * Inserts trades in the caller's transaction.
     *
     * @return for each trade that was not inserted, by its id, the id of the stored trade with the same sender id
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
                    ordered.size() + " trades were not inserted, but only " + existing.size() + " of them are stored");
        }
        return existing;
    }

    private static Set<UUID> insertNew(Connection connection, List<StoredTrade> trades) throws SQLException {
        return new HashSet<>(Sql.list(
                connection,
                INSERT,
                row -> row.uuid("id"),
                ArrayParameter.uuids(trades, StoredTrade::id),
                ArrayParameter.texts(trades, stored -> stored.trade().ticker()),
                ArrayParameter.numbers(trades, stored -> stored.trade().priceUnits()),
                ArrayParameter.numbers(trades, stored -> stored.trade().quantityUnits()),
                ArrayParameter.texts(trades, stored -> side(stored.trade())),
                ArrayParameter.numbers(trades, stored -> micros(stored.trade().timestamp())),
                ArrayParameter.texts(trades, stored -> tradeId(stored.trade())),
                ArrayParameter.numbers(trades, stored -> micros(stored.receivedAt()))));
    }

    private static Map<UUID, UUID> existing(Connection connection, List<StoredTrade> trades) throws SQLException {
        Map<UUID, UUID> existing = new HashMap<>();
        Sql.forEach(
                connection,
                EXISTING,
                0,
                row -> existing.put(row.uuid("given_id"), row.uuid("stored_id")),
                ArrayParameter.uuids(trades, StoredTrade::id),
                ArrayParameter.texts(trades, stored -> stored.trade().ticker()),
                ArrayParameter.texts(trades, stored -> tradeId(stored.trade())));
        return existing;
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

package io.tradeops.app.trade;

import io.tradeops.app.db.Database;
import io.tradeops.app.rest.InputError;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.core.trade.Trade;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Stores the trades of callers and makes the answers. Thread-safe. */
final class TradeEntry {

    private static final int CREATED = 201;

    private final Database database;
    private final TradeWriter writer;
    private final IdempotentAnswers answers;

    TradeEntry(Database database, TradeWriter writer) {
        this.database = database;
        this.writer = writer;
        this.answers = new IdempotentAnswers(database);
    }

    /** Stores one trade.
     *
     * @param tradesUri the URI of all trades, with a trailing slash
     * @throws ProblemException 409 if a trade with its sender id is already stored */
    EntryAnswer one(StoredTrade trade, Optional<IdempotencyKey> key, String tradesUri) {
        if (key.isPresent()) {
            return answers.once(key.get(), connection -> {
                Map<UUID, UUID> existing = TradeInsert.insert(connection, List.of(trade));
                return answer(trade, Optional.ofNullable(existing.get(trade.id())), tradesUri);
            });
        }
        return answer(trade, writer.insert(trade), tradesUri);
    }

    /** Stores all trades of a batch, or none.
     *
     * @param tradesUri the URI of all trades, with a trailing slash
     * @throws ProblemException 409 with errors for the first trades whose sender id is already stored */
    EntryAnswer all(List<StoredTrade> batch, Optional<IdempotencyKey> key, String tradesUri) {
        Database.JdbcWork<EntryAnswer> work = connection -> insertAll(connection, batch, tradesUri);
        return key.isPresent() ? answers.once(key.get(), work) : database.withConnection(work);
    }

    private static EntryAnswer answer(StoredTrade stored, Optional<UUID> existing, String tradesUri) {
        if (existing.isPresent()) {
            throw ProblemException.exists(describe(stored.trade()), URI.create(tradesUri + existing.get()));
        }
        return new EntryAnswer(CREATED, tradesUri + stored.id(), TradeJsonWriter.toString(stored));
    }

    private static EntryAnswer insertAll(Connection connection, List<StoredTrade> batch, String tradesUri)
            throws SQLException {
        Map<UUID, UUID> existing = TradeInsert.insert(connection, batch);
        if (!existing.isEmpty()) {
            throw conflict(batch, existing, tradesUri); // rolls back
        }
        String ids = batch.stream().map(stored -> "\"" + stored.id() + "\"").collect(Collectors.joining(","));
        return new EntryAnswer(CREATED, "", "{\"accepted\":" + batch.size() + ",\"ids\":[" + ids + "]}");
    }

    private static ProblemException conflict(List<StoredTrade> batch, Map<UUID, UUID> existing, String tradesUri) {
        ErrorList errors = new ErrorList();
        String first = "";
        for (int i = 0; i < batch.size(); i++) {
            UUID id = existing.get(batch.get(i).id());
            if (id != null) {
                first = first.isEmpty() ? tradesUri + id : first;
                int index = i;
                errors.add(() -> InputError.at(
                        "/" + index + "/trade_id",
                        "exists",
                        describe(batch.get(index).trade()) + ": " + tradesUri + id));
            }
        }
        return ProblemException.exist(
                (errors.total() == 1 ? "a trade of the batch is" : errors.total() + " trades of the batch are")
                        + " stored already; none was stored now",
                errors.first(),
                errors.total(),
                URI.create(first));
    }

    private static String describe(Trade trade) {
        return "trade_id '" + trade.tradeId() + "' of " + trade.ticker() + " is stored already";
    }
}

package io.tradeops.app;

import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.average.AverageRepository;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.db.Database;
import io.tradeops.app.key.ApiKeyRepository;
import io.tradeops.app.monitor.FeedOffsets;
import io.tradeops.app.monitor.PostgresJournal;
import io.tradeops.app.tick.TickRepository;
import io.tradeops.app.trade.TradeRepository;
import java.util.List;
import java.util.stream.Stream;

/** The repositories of the features, on one database. Immutable. */
record Repositories(
        Database database,
        TradeRepository trades,
        AverageRepository averages,
        AlertRepository alerts,
        ApiKeyRepository keys,
        TickRepository ticks,
        FeedOffsets offsets) {

    /** The classes that Hibernate maps. */
    static final List<Class<?>> ENTITIES = Stream.of(
                    TradeRepository.entities(),
                    AverageRepository.entities(),
                    AlertRepository.entities(),
                    ApiKeyRepository.entities())
            .flatMap(List::stream)
            .toList();

    static Repositories of(Database database, ServerConfig config) {
        return new Repositories(
                database,
                new TradeRepository(database),
                new AverageRepository(database),
                new AlertRepository(database, config.webhook().isPresent()),
                new ApiKeyRepository(database),
                new TickRepository(database),
                new FeedOffsets(database));
    }

    /** Creates the journal of a feed. */
    PostgresJournal journal(String feed) {
        return new PostgresJournal(database, ticks, alerts, feed);
    }
}

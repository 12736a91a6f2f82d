package io.tradeops.app.db;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.average.AverageRepository;
import io.tradeops.app.key.ApiKeyRepository;
import io.tradeops.app.support.OpenDatabase;
import io.tradeops.app.trade.TradeRepository;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hibernate's entities have the columns of the migrated schema. */
class EntitySchemaIT {

    private static final List<Class<?>> ENTITIES = Stream.of(
                    TradeRepository.entities(),
                    AverageRepository.entities(),
                    AlertRepository.entities(),
                    ApiKeyRepository.entities())
            .flatMap(List::stream)
            .toList();

    @RegisterExtension
    static final OpenDatabase database = OpenDatabase.of(ENTITIES, "trades");

    @Test
    void everyEntityMatchesItsTable() {
        assertThatCode(() -> database.get().validateEntities()).doesNotThrowAnyException();
    }

    @Test
    void aColumnThatIsMissingIsNamed() {
        rename("side", "aside");
        try {
            assertThatThrownBy(() -> database.get().validateEntities()).hasMessageContaining("[side]");
        } finally {
            rename("aside", "side");
        }
    }

    private static void rename(String from, String to) {
        database.get().withConnection(connection -> {
            Sql.update(connection, "alter table trades rename column " + from + " to " + to);
            return true;
        });
    }
}

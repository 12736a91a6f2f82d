package io.tradeops.app.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestDatabase;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool's sessions, as PostgreSQL reports them, and its reconnects. */
class DatabaseIT {

    @TempDir
    static Path directory;

    private static TestDatabase postgres;
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestDatabase.in(directory);
        database = postgres.open(List.of());
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        postgres.close();
    }

    @Test
    void idleSessionsHoldNoTransaction() {
        assertThat(database.isAvailable()).isTrue();

        assertThat(query("select count(*) from pg_stat_activity where state like 'idle in transaction%'"))
                .isEqualTo("0");
    }

    @Test
    void limitsSurviveARollback() throws Exception {
        try (var connection = database.dataSource().getConnection()) {
            connection.rollback();
            try (PreparedStatement statement = connection.prepareStatement("show statement_timeout");
                    ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("25s");
            }
        }
    }

    /** The pool alone would pause for more than 2.5 s by then. */
    @Test
    void reconnectsSoonAfterTheDatabaseIsBack() throws Exception {
        postgres.stop();
        assertThatThrownBy(() -> query("select 1")).isInstanceOf(DatabaseUnavailableException.class);
        assertThatThrownBy(() -> query("select 1")).isInstanceOf(DatabaseUnavailableException.class);

        postgres.startAgain();
        long back = System.nanoTime();

        Eventually.await("the database is available", database::isAvailable);
        assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofMillis(1_500));
    }

    @Test
    void closesWhileTheDatabaseIsAway(@TempDir Path another) throws Exception {
        try (TestDatabase away = TestDatabase.in(another)) {
            Database closing = away.open(List.of());
            away.stop();
            assertThat(closing.isAvailable()).isFalse();
            long start = System.nanoTime();
            closing.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            away.startAgain();
        }
    }

    private static String query(String sql) {
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        });
    }
}

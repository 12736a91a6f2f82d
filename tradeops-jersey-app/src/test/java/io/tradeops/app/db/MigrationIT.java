package io.tradeops.app.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.alert.PostgresAlertOutbox;
import io.tradeops.app.monitor.FeedOffsets;
import io.tradeops.app.support.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data of a database of version 9 after the migration to the newest version. */
class MigrationIT {

    private static final String FEED = "ws://vendor.example/prices";
    private static final Instant SLOWEST = Instant.parse("2026-11-20T14:30:00.123456Z");
    private static final Instant TAIL = Instant.parse("2026-11-20T14:29:00Z");
    private static final Instant RESTART = Instant.parse("2026-11-20T09:00:00Z");
    private static final byte[] SNAPSHOT = {1, 2, 0, -1};

    /** What the push of an alert could be; none: there was no webhook when the alert was stored. */
    private static final List<String> DELIVERIES = List.of("pending", "queued", "delivered", "gone", "failed", "none");

    private static final String INSERT_ALERT = """
            insert into alerts (id, ticker, rule, change_percent, reference_price, reference_timestamp, reference_seq,
                                trigger_price, trigger_timestamp, trigger_seq, delivery)
            values (?, 'AAPL', 'up>2%/60s', 2.01, 100, ?, 1, 102.01, ?, 2, nullif(?, 'none'))
            """;

    @TempDir
    static Path directory;

    private static TestDatabase postgres;
    private static Database database;

    @BeforeAll
    static void migrate() throws Exception {
        postgres = TestDatabase.in(directory);
        Flyway.configure()
                .dataSource(postgres.url(), postgres.user(), postgres.password())
                .locations("classpath:db/migration")
                .target("9")
                .load()
                .migrate();
        try (Connection connection =
                DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password())) {
            storeFeed(connection);
            storeAlerts(connection);
        }
        database = postgres.open(AlertRepository.entities());
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        postgres.close();
    }

    private static void storeFeed(Connection connection) throws SQLException {
        long id = Sql.single(
                connection,
                "insert into feed_positions (feed, last_seq, slowest_at, tail_from, anew_at) values (?, ?, ?, ?, ?)"
                        + " returning id",
                row -> row.number("id"),
                FEED,
                1_234L,
                SLOWEST,
                TAIL,
                RESTART);
        Sql.update(
                connection,
                "insert into monitor_memories (feed, last_seq, memory) values (?, ?, ?)",
                id,
                1_230L,
                SNAPSHOT);
    }

    private static void storeAlerts(Connection connection) throws SQLException {
        for (int i = 0; i < DELIVERIES.size(); i++) {
            Instant trigger = SLOWEST.plusSeconds(i);
            Sql.update(connection, INSERT_ALERT, id(i), trigger.minusSeconds(1), trigger, DELIVERIES.get(i));
        }
    }

    @Test
    void offsetOfAFeedIsInFeedOffsets() {
        assertThat(new FeedOffsets(database).lastSeq(FEED)).isEqualTo(1_234);
        assertThat(list(
                        "select * from feed_offsets",
                        row -> List.of(
                                row.text("feed"),
                                row.instant("slowest_at"),
                                row.instant("tail_from"),
                                row.instant("restarted_at"))))
                .containsExactly(List.of(FEED, SLOWEST, TAIL, RESTART));
    }

    @Test
    void detectorSnapshotOfAFeedIsInDetectorSnapshots() {
        String sql = "select feed, last_seq, snapshot from detector_snapshots"
                + " where feed = (select id from feed_offsets where feed = '" + FEED + "')";
        assertThat(list(sql, row -> row.number("last_seq"))).containsExactly(1_230L);
        assertThat(list(sql, row -> row.bytes("snapshot"))).containsExactly(SNAPSHOT);
    }

    @Test
    void oldNamesAreGone() {
        assertThat(list(
                        "select table_name from information_schema.tables"
                                + " where table_name in ('feed_positions', 'monitor_memories')",
                        row -> row.text("table_name")))
                .isEmpty();
    }

    @Test
    void queuedPushesAreQueuedAgainAndTheOthersStay() {
        assertThat(new PostgresAlertOutbox(database).unqueued(10)).containsExactly(id(0), id(1));
        assertThat(list(
                        "select coalesce(delivery, 'none') as delivery from alerts order by id",
                        row -> row.text("delivery")))
                .containsExactly("pending", "pending", "delivered", "gone", "failed", "none");
    }

    private static UUID id(int alert) {
        return new UUID(0, alert + 1);
    }

    private static <T> List<T> list(String sql, Sql.RowReader<T> reader) {
        return database.withConnection(connection -> Sql.list(connection, sql, reader));
    }
}

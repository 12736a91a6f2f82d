package io.tradeops.app.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.app.db.Sql.ArrayParameter;
import io.tradeops.app.support.OpenDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Parameters and columns of each type, on a real PostgreSQL. */
class SqlIT {

    private static final Instant TIME = Instant.parse("2026-11-20T14:30:00.123456Z");
    private static final UUID ID = new UUID(7, 1);

    @RegisterExtension
    static final OpenDatabase database = OpenDatabase.of(List.of(), "trades");

    private record Values(
            String text,
            long number,
            boolean flag,
            BigDecimal decimal,
            String bytes,
            UUID uuid,
            Instant instant,
            LocalDate date) {}

    @Test
    void bindsParametersInOrderAndReadsColumnsByName() throws Exception {
        String sql = """
                select given.* from (select 8) as other,
                    (values (?::date, ?::timestamptz, ?::uuid, ?::bytea, ?::numeric, ?::boolean, ?::bigint, ?::text))
                        as given(date, instant, uuid, bytes, decimal, flag, number, text)
                """;

        Values values = run(connection -> Sql.single(
                connection,
                sql,
                row -> new Values(
                        row.text("text"),
                        row.number("number"),
                        row.flag("flag"),
                        row.decimal("decimal"),
                        Arrays.toString(row.bytes("bytes")),
                        row.uuid("uuid"),
                        row.instant("instant"),
                        row.date("date")),
                LocalDate.of(2026, 11, 20),
                TIME,
                ID,
                new byte[] {0, -1},
                new BigDecimal("1.50"),
                true,
                Long.MIN_VALUE,
                "é'?"));

        assertThat(values)
                .isEqualTo(new Values(
                        "é'?",
                        Long.MIN_VALUE,
                        true,
                        new BigDecimal("1.50"),
                        "[0, -1]",
                        ID,
                        TIME,
                        LocalDate.of(2026, 11, 20)));
    }

    @Test
    void bindsNullAsVarcharAndAnInstantAsTimestamptz() throws Exception {
        assertThat(typeOf(new @Nullable Object[] {null})).isEqualTo("character varying");
        assertThat(typeOf(TIME)).isEqualTo("timestamp with time zone");
        assertThat(typeOf(Optional.of(TIME))).isEqualTo("timestamp with time zone");
    }

    @Test
    void emptyOptionalIsANullTimestamp() throws Exception {
        Optional<Instant> read = run(connection -> {
            Sql.update(connection, "create temp table times (at timestamptz) on commit drop");
            Sql.update(connection, "insert into times values (?)", Optional.empty());
            return Sql.single(connection, "select at from times", row -> row.optionalInstant("at"));
        });

        assertThat(read).isEmpty();
    }

    @Test
    void bindsArraysWithNulls() throws Exception {
        List<String> items = List.of("a,\"b\"", "{}", "");
        String sql = """
                select text, number, uuid from unnest(?::text[], ?::bigint[], ?::uuid[]) as given(text, number, uuid)
                order by number
                """;

        List<List<Object>> rows = run(connection -> Sql.list(
                connection,
                sql,
                row -> List.of(row.optionalText("text"), row.number("number"), row.uuid("uuid")),
                ArrayParameter.texts(items, item -> item.isEmpty() ? null : item),
                ArrayParameter.numbers(items, item -> (long) -item.length()),
                ArrayParameter.uuids(items, item -> new UUID(0, item.length()))));

        assertThat(rows)
                .containsExactly(
                        List.of(Optional.of("a,\"b\""), -5L, new UUID(0, 5)),
                        List.of(Optional.of("{}"), -2L, new UUID(0, 2)),
                        List.of(Optional.empty(), 0L, new UUID(0, 0)));
    }

    @Test
    void columnThatIsNullIsEmptyOrAnErrorThatNamesIt() throws Exception {
        String sql = """
                select null::text as text, null::numeric as decimal, null::bytea as bytes, null::uuid as uuid,
                       null::timestamptz as instant, null::date as date, null::bigint as number, null::boolean as flag
                """;

        run(connection -> Sql.single(connection, sql, row -> {
            assertThat(row.optionalText("text")).isEmpty();
            assertThat(row.optionalInstant("instant")).isEmpty();
            assertThat(row.number("number")).isZero();
            assertThat(row.flag("flag")).isFalse();
            assertIsNull("text", () -> row.text("text"));
            assertIsNull("decimal", () -> row.decimal("decimal"));
            assertIsNull("bytes", () -> row.bytes("bytes"));
            assertIsNull("uuid", () -> row.uuid("uuid"));
            assertIsNull("instant", () -> row.instant("instant"));
            assertIsNull("date", () -> row.date("date"));
            return true;
        }));
    }

    @Test
    void columnThatIsMissingIsAnErrorThatNamesIt() throws Exception {
        assertThatThrownBy(() ->
                        run(connection -> Sql.single(connection, "select 1 as one", row -> row.number("another"))))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("another");
    }

    @Test
    void firstIsTheFirstRowIfThereIsOne() throws Exception {
        String sql = "select i from generate_series(1, ?) as i";

        Optional<Long> first = run(connection -> Sql.first(connection, sql, row -> row.number("i"), 3));
        Optional<Long> none = run(connection -> Sql.first(connection, sql, row -> row.number("i"), 0));
        assertThat(first).contains(1L);
        assertThat(none).isEmpty();
        assertThatThrownBy(() -> run(connection -> Sql.single(connection, sql, row -> row.number("i"), 0)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(sql);
    }

    @Test
    void forEachFetchesRowsInPortions() throws Exception {
        // the row that divides by zero is not computed before its portion is fetched
        String sql = "select i, 1 / (i - 6) as quotient from generate_series(1, 10) as i";
        List<Long> numbers = new ArrayList<>();

        assertThatThrownBy(() -> run(connection -> {
                    Sql.forEach(connection, sql, 2, row -> numbers.add(row.number("i")));
                    return true;
                }))
                .isInstanceOf(SQLException.class);

        assertThat(numbers).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void updateReturnsTheNumberOfRowsAndUpdateEachRunsForEachItem() throws Exception {
        List<String> items = List.of("x", "y", "z");
        List<String> texts = run(connection -> {
            Sql.update(connection, "create temp table items (text text, at timestamptz) on commit drop");
            Sql.updateEach(connection, "insert into items values (?, ?)", items, item ->
                    new @Nullable Object[] {item.equals("y") ? null : item, TIME});
            assertThat(Sql.update(connection, "update items set text = 'n' where text is null and at = ?", TIME))
                    .isEqualTo(1);
            return Sql.list(connection, "select text from items order by text", row -> row.text("text"));
        });

        assertThat(texts).containsExactly("n", "x", "z");
    }

    @Test
    void wrongNumberOfParametersIsAnError() throws Exception {
        assertThatThrownBy(() -> run(connection -> Sql.update(connection, "select ?", 1, 2)))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> run(connection -> Sql.update(connection, "select ?")))
                .isInstanceOf(SQLException.class);
    }

    private static String typeOf(@Nullable Object... parameter) throws SQLException {
        return run(connection ->
                Sql.single(connection, "select pg_typeof(?)::text as type", row -> row.text("type"), parameter));
    }

    private static void assertIsNull(String column, ThrowingRead read) {
        assertThatThrownBy(read::read)
                .isInstanceOf(NullPointerException.class)
                .hasMessage("column " + column + " is null");
    }

    private interface ThrowingRead {
        Object read() throws SQLException;
    }

    /** Runs work in a transaction, which is rolled back, and throws what the work throws. */
    private static <T> T run(Database.JdbcWork<T> work) throws SQLException {
        try (Connection connection = database.get().dataSource().getConnection()) {
            return work.execute(connection);
        }
    }
}

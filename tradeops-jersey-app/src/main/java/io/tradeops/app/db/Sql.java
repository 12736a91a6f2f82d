package io.tradeops.app.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL statements on a JDBC connection. Parameters are bound in the order of their {@code ?}:
 *
 * <ul>
 *   <li>null as a null {@code varchar};
 *   <li>an {@link Instant} as a {@code timestamptz};
 *   <li>an {@link Optional} as its value, an empty one as a null {@code timestamptz};
 *   <li>an {@link ArrayParameter} as an array;
 *   <li>any other value by the driver's own mapping.
 * </ul>
 *
 * <p>Static functions; thread-safe.
 */
public final class Sql {

    private Sql() {}

    /** Makes a value of a row. */
    @FunctionalInterface
    public interface RowReader<T> {

        /** The row's value. The row is valid only during this call. */
        T read(Row row) throws SQLException;
    }

    /** Consumes rows. */
    @FunctionalInterface
    public interface RowConsumer {

        /** Consumes a row, which is valid only during this call. */
        void accept(Row row) throws SQLException;
    }

    /** A parameter that is an array, with one element for each item of a collection. Immutable. */
    public static final class ArrayParameter {

        private final String type;

        /** Of the driver's own element types, which it can send in binary form. */
        private final @Nullable Object[] elements;

        private ArrayParameter(String type, @Nullable Object[] elements) {
            this.type = type;
            this.elements = elements;
        }

        /** A {@code text[]}; an element may be null. */
        public static <T> ArrayParameter texts(Collection<T> items, Function<T, @Nullable String> element) {
            return new ArrayParameter("text", items.stream().map(element).toArray(String[]::new));
        }

        /** A {@code bigint[]}. */
        public static <T> ArrayParameter numbers(Collection<T> items, Function<T, Long> element) {
            return new ArrayParameter("int8", items.stream().map(element).toArray(Long[]::new));
        }

        /** A {@code uuid[]}. */
        public static <T> ArrayParameter uuids(Collection<T> items, Function<T, UUID> element) {
            return new ArrayParameter("uuid", items.stream().map(element).toArray());
        }
    }

    /** All rows of a query. */
    public static <T> List<T> list(
            Connection connection, String sql, RowReader<T> reader, @Nullable Object... parameters)
            throws SQLException {
        List<T> list = new ArrayList<>();
        forEach(connection, sql, 0, row -> list.add(reader.read(row)), parameters);
        return list;
    }

    /** The first row of a query; empty if it has none. */
    public static <T> Optional<T> first(
            Connection connection, String sql, RowReader<T> reader, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(reader.read(new Row(rows))) : Optional.empty();
        }
    }

    /** The row of a query that always has one; a query without a row fails with an {@link SQLException}. */
    public static <T> T single(Connection connection, String sql, RowReader<T> reader, @Nullable Object... parameters)
            throws SQLException {
        return first(connection, sql, reader, parameters)
                .orElseThrow(() -> new SQLException("the query returned no row: " + sql));
    }

    /**
     * Passes each row of a query to a consumer.
     *
     * @param fetchSize how many rows are in memory at a time, which takes a transaction; 0 for all rows at once
     */
    public static void forEach(
            Connection connection, String sql, int fetchSize, RowConsumer consumer, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.setFetchSize(fetchSize);
            try (ResultSet rows = statement.executeQuery()) {
                Row row = new Row(rows);
                while (rows.next()) {
                    consumer.accept(row);
                }
            }
        }
    }

    /** Runs a statement that returns no rows.
     *
     * @return the number of rows that it changed */
    public static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Runs a statement once for each item, as one batch. */
    public static <T> void updateEach(
            Connection connection, String sql, Collection<T> items, Function<T, @Nullable Object[]> parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (T item : items) {
                bind(statement, parameters.apply(item));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object[] parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            bind(statement, parameters);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.VARCHAR);
        } else if (value instanceof Instant instant) {
            statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        } else if (value instanceof Optional<?> optional) {
            bindOptional(statement, index, optional);
        } else if (value instanceof ArrayParameter array) {
            statement.setArray(index, statement.getConnection().createArrayOf(array.type, array.elements));
        } else {
            statement.setObject(index, value);
        }
    }

    private static void bindOptional(PreparedStatement statement, int index, Optional<?> optional) throws SQLException {
        if (optional.isPresent()) {
            bind(statement, index, optional.get());
        } else {
            statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
        }
    }
}

package io.tradeops.app.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Statements of our own on a JDBC connection. Parameters are bound in the order of their {@code ?}: an {@link Instant} as
 * {@code timestamptz}, an empty {@link Optional} as a null {@code timestamptz}, an {@link ArrayParameter} as an array,
 * everything else by the driver's own mapping. Static functions; thread-safe.
 */
public final class Sql {

    private Sql() {}

    /** Makes a value of a row. */
    @FunctionalInterface
    public interface RowReader<T> {

        /** The row's value. */
        T read(Row row) throws SQLException;
    }

    /** Takes a row. */
    @FunctionalInterface
    public interface RowConsumer {

        /** Takes it; it is the next one afterwards. */
        void accept(Row row) throws SQLException;
    }

    /**
     * A parameter that is an array.
     *
     * @param type PostgreSQL's name of the elements' type, such as {@code text} or {@code int8}
     * @param elements the elements; null stands for null
     */
    public record ArrayParameter(String type, @Nullable Object[] elements) {

        /** An array of one value of each element. */
        public static <T> ArrayParameter of(
                String type, Collection<T> elements, Function<T, ? extends @Nullable Object> value) {
            return new ArrayParameter(type, elements.stream().map(value).toArray());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ArrayParameter array
                    && type.equals(array.type)
                    && Arrays.equals(elements, array.elements);
        }

        @Override
        public int hashCode() {
            return 31 * type.hashCode() + Arrays.hashCode(elements);
        }

        @Override
        public String toString() {
            return type + Arrays.toString(elements);
        }
    }

    /** All rows of a query. */
    public static <T> List<T> list(
            Connection connection, String sql, RowReader<T> reader, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> list = new ArrayList<>();
            Row row = new Row(rows);
            while (rows.next()) {
                list.add(reader.read(row));
            }
            return list;
        }
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

    /** The one row of a query that always has one. */
    public static <T> T single(Connection connection, String sql, RowReader<T> reader, @Nullable Object... parameters)
            throws SQLException {
        return first(connection, sql, reader, parameters)
                .orElseThrow(() -> new SQLException("the query gave no row: " + sql));
    }

    /** Hands over the rows of a query in constant memory, {@code fetchSize} at a time; needs a transaction. */
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

    /** Runs a statement without a result.
     *
     * @return the number of rows that it changed */
    public static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Runs a statement for each item, all of them in one round trip. */
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
        if (value instanceof Instant instant) {
            statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        } else if (value instanceof Optional<?> optional) {
            bindOptional(statement, index, optional);
        } else if (value instanceof ArrayParameter array) {
            statement.setArray(index, statement.getConnection().createArrayOf(array.type(), array.elements()));
        } else if (value == null) {
            statement.setNull(index, Types.VARCHAR);
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

package io.tradeops.app.db;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The current row of a result; columns are read by their names. A method fails with an {@link SQLException} if the column
 * is missing, and with a {@link NullPointerException} if it is null and the method returns no {@link Optional}. Not
 * thread-safe.
 */
public final class Row {

    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    /** A {@code text} or {@code varchar}. */
    public String text(String column) throws SQLException {
        return optionalText(column).orElseThrow(() -> isNull(column));
    }

    /** A {@code text} or {@code varchar} that may be null. */
    public Optional<String> optionalText(String column) throws SQLException {
        return Optional.ofNullable(rows.getString(column));
    }

    /** An {@code integer} or {@code bigint}; 0 for null. */
    public long number(String column) throws SQLException {
        return rows.getLong(column);
    }

    /** A {@code boolean}; false for null. */
    public boolean flag(String column) throws SQLException {
        return rows.getBoolean(column);
    }

    /** A {@code numeric}. */
    public BigDecimal decimal(String column) throws SQLException {
        return Optional.ofNullable(rows.getBigDecimal(column)).orElseThrow(() -> isNull(column));
    }

    /** A {@code bytea}. */
    public byte[] bytes(String column) throws SQLException {
        return Optional.ofNullable(rows.getBytes(column)).orElseThrow(() -> isNull(column));
    }

    /** A {@code uuid}. */
    public UUID uuid(String column) throws SQLException {
        return rows.getObject(column, UUID.class);
    }

    /** A {@code timestamptz}. */
    public Instant instant(String column) throws SQLException {
        return optionalInstant(column).orElseThrow(() -> isNull(column));
    }

    /** A {@code timestamptz} that may be null. */
    public Optional<Instant> optionalInstant(String column) throws SQLException {
        return Optional.ofNullable(rows.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** An {@code integer} or {@code bigint} that may be null. */
    public OptionalLong optionalNumber(String column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** A {@code date}. */
    public LocalDate date(String column) throws SQLException {
        return rows.getObject(column, LocalDate.class);
    }

    private static NullPointerException isNull(String column) {
        return new NullPointerException("column " + column + " is null");
    }
}

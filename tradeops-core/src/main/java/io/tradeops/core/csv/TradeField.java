package io.tradeops.core.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The fields of a trade that columns are found for, and the names by which the columns are known. Names are compared
 * without case, spaces, tabs, {@code _} and {@code -}.
 */
enum TradeField {
    TICKER("ticker", "symbol", "sym", "stock", "instrument", "instrument_name", "pair"),
    PRICE("price", "px", "trade_price", "execution_price", "last"),
    QUANTITY("quantity", "qty", "size", "decimal_size", "volume", "vol", "shares", "amount"),
    TIMESTAMP(
            "timestamp",
            "time",
            "datetime",
            "date",
            "executed_at",
            "created_at",
            "sip_timestamp",
            "participant_timestamp",
            "ts_event",
            "transact_time"),
    SIDE("side", "is_buyer_maker"),
    ID("id"),
    TRADE_ID("trade_id");

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes unmodifiable lists
    private final List<String> names;

    TradeField(String... names) {
        this.names = List.of(names);
    }

    /** The names of this field's column. */
    List<String> names() {
        return names;
    }

    /** The name of this field in options and messages. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The field with a {@link #key}.
     *
     * @throws IllegalArgumentException if there is none; the message names those that there are
     */
    static TradeField ofKey(String key) {
        List<String> keys = new ArrayList<>();
        for (TradeField field : values()) {
            if (normalize(field.key()).equals(normalize(key))) {
                return field;
            }
            keys.add(field.key());
        }
        throw new IllegalArgumentException(
                "there is no field " + TradeCsvException.quoted(key) + "; the fields are " + String.join(", ", keys));
    }

    /**
     * The names of the columns that are mapped to this field: one, or for the timestamp two, as {@code date+time}.
     *
     * @throws IllegalArgumentException if a name is empty or there are too many
     */
    List<String> mappedNames(String columns) {
        List<String> parts = this == TIMESTAMP ? List.of(columns.split("\\+", -1)) : List.of(columns);
        if (parts.size() > 2
                || parts.get(0).isBlank()
                || parts.get(parts.size() - 1).isBlank()) {
            throw new IllegalArgumentException("the column of " + key()
                    + " must be a name, or for timestamp two as in date+time: " + TradeCsvException.quoted(columns));
        }
        return parts;
    }

    /** Tells whether a column's name is one of any field's. */
    static boolean isKnown(String column) {
        for (TradeField field : values()) {
            if (field.isNamed(column)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a column's name is one of this field's. */
    boolean isNamed(String column) {
        return normalizeAll(names).contains(normalize(column));
    }

    static List<String> normalizeAll(List<String> names) {
        List<String> normalized = new ArrayList<>();
        for (String name : names) {
            normalized.add(normalize(name));
        }
        return normalized;
    }

    /** A column's name without case, spaces, tabs, {@code _} and {@code -}. */
    static String normalize(String name) {
        StringBuilder normalized = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (" \t_-".indexOf(c) < 0) {
                normalized.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
            }
        }
        return normalized.toString();
    }
}

package io.tradeops.core.csv;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads the values of a row, and decides whether it is a trade. No other class decides this. Reused for every row; not
 * thread-safe.
 */
final class TradeFields {

    /** The length of the longest side that is known. */
    private static final int LONGEST_SIDE = 5;

    private static final String TRADE_ACTION = "T";
    private static final Pattern RAW_PRICE = Pattern.compile("[+-]?[0-9]+");

    /** The codes of cancelled and erroneous trades, and of corrections. */
    private static final List<String> CANCELLED = List.of("7", "8", "10", "11", "12");

    /** The codes of trades that count, and the missing code. */
    private static final List<String> VALID_CORRECTIONS = List.of("", "0", "1", "2");

    private final TradeColumns columns;
    private final boolean emptyTimestamps;
    private final boolean knownSides;
    private final TradeTime times;
    private final AsciiText text = new AsciiText();
    private final AsciiText otherText = new AsciiText();
    private final List<RejectReason> reasons = new ArrayList<>();
    private boolean wellFormed;
    private boolean cancelled;
    private String refusal = "";
    private String ticker;
    private long priceUnits;
    private long quantityUnits;
    private long epochNanos = TradeRow.NO_TIMESTAMP;
    private Side side = Side.UNKNOWN;

    TradeFields(TradeColumns columns, CsvSettings settings) {
        this.columns = columns;
        this.emptyTimestamps = settings.emptyTimestamps;
        this.knownSides = settings.knownSides;
        this.times = new TradeTime(settings.zone);
        this.ticker = settings.ticker;
    }

    /** Why the row is not a trade, in the order of {@link RejectReason}; empty if it is no rejected row. */
    List<RejectReason> reasons() {
        return reasons;
    }

    /** Tells whether the row is a trade that was cancelled, an error, or the record of that. */
    boolean isCancelled() {
        return cancelled;
    }

    /** Why the row shows that the whole file is not to be read; empty if it does not. */
    String refusal() {
        return refusal;
    }

    String ticker() {
        return ticker;
    }

    long priceUnits() {
        return priceUnits;
    }

    long quantityUnits() {
        return quantityUnits;
    }

    long epochNanos() {
        return epochNanos;
    }

    Side side() {
        return side;
    }

    /**
     * Reads the values of a row, and tells whether it is a trade. If it is not, {@link #refusal}, {@link #isCancelled}
     * or {@link #reasons} tell why, in this order. If none of them does, the row is the header again.
     */
    boolean read(CsvRow row) {
        reasons.clear();
        refusal = "";
        cancelled = false;
        epochNanos = TradeRow.NO_TIMESTAMP;
        checkShape(row);
        wellFormed = reasons.isEmpty();
        if (wellFormed) {
            refusal = findRefusal(row);
            readTicker(row);
            readPrice(row);
            readQuantity(row);
            readTimestamp(row);
            readSide(row);
            readCorrection(row);
        }
        if (reasons.isEmpty() && refusal.isEmpty()) {
            return !cancelled;
        }
        if (!cancelled && columns.isHeader(row)) {
            reasons.clear();
            refusal = "";
        }
        return false;
    }

    /** Describes the row, which is rejected, with all reasons. */
    RejectedRow rejected(CsvRow row, long line) {
        return wellFormed
                ? new RejectedRow(
                        line, reasons, row.beginning(), Math.max(epochNanos, TradeRow.NO_TIMESTAMP), tradeId(row))
                : new RejectedRow(line, reasons.get(0), row.beginning());
    }

    /** Why the timestamp of the row means nothing without an option; empty if it is clear or merely invalid. */
    String unclearTimestamp(CsvRow row) {
        if (epochNanos == TradeTime.WITHOUT_ZONE) {
            return unclear(row, "has no offset from UTC; say its zone with --zone, as in --zone UTC");
        }
        return epochNanos == TradeTime.BEFORE_1990
                ? unclear(
                        row,
                        "is a number before 1990 if it counts from 1970, so it seems to be a date written as digits, or"
                                + " a spreadsheet's day; write times as 2026-11-20T14:30:00Z, or name another column"
                                + " with --map timestamp=COLUMN")
                : "";
    }

    private String unclear(CsvRow row, String problem) {
        return "the timestamp " + Shown.quoted(row.text(columns.timestamp)) + " of column "
                + Shown.text(columns.names.get(columns.timestamp)) + " " + problem;
    }

    /** The column {@code id}; empty if there is none. */
    String id(CsvRow row) {
        return columns.id == TradeColumns.NONE ? "" : row.text(columns.id);
    }

    /** The column {@code trade_id}; empty if there is none. */
    String tradeId(CsvRow row) {
        return columns.tradeId == TradeColumns.NONE ? "" : row.text(columns.tradeId);
    }

    private void checkShape(CsvRow row) {
        if (!row.isUtf8()) {
            reasons.add(RejectReason.INVALID_UTF8);
        } else if (row.isQuoteMisplaced()) {
            reasons.add(RejectReason.MISPLACED_QUOTE);
        } else if (row.fields() != columns.count()) {
            reasons.add(row.fields() < columns.count() ? RejectReason.TOO_FEW_FIELDS : RejectReason.TOO_MANY_FIELDS);
        }
    }

    private void readTicker(CsvRow row) {
        if (columns.ticker == TradeColumns.NONE) {
            return;
        }
        CharSequence field = row.ascii(columns.ticker, text);
        if (Ticker.isValid(field)) {
            ticker = field.toString();
        } else {
            reasons.add(
                    row.isFieldEmpty(columns.ticker) ? RejectReason.TICKER_MISSING : RejectReason.TICKER_INVALID);
        }
    }

    private void readPrice(CsvRow row) {
        priceUnits = readUnits(
                row,
                columns.price,
                RejectReason.PRICE_MISSING,
                RejectReason.PRICE_NOT_A_NUMBER,
                RejectReason.PRICE_NOT_POSITIVE,
                RejectReason.PRICE_TOO_MANY_DECIMALS,
                RejectReason.PRICE_TOO_LARGE);
    }

    private void readQuantity(CsvRow row) {
        boolean small = columns.smallQuantity != TradeColumns.NONE && row.isFieldEmpty(columns.quantity);
        quantityUnits = readUnits(
                row,
                small ? columns.smallQuantity : columns.quantity,
                RejectReason.QUANTITY_MISSING,
                RejectReason.QUANTITY_NOT_A_NUMBER,
                RejectReason.QUANTITY_NOT_POSITIVE,
                RejectReason.QUANTITY_TOO_MANY_DECIMALS,
                RejectReason.QUANTITY_TOO_LARGE);
    }

    private long readUnits(
            CsvRow row,
            int column,
            RejectReason missing,
            RejectReason notANumber,
            RejectReason notPositive,
            RejectReason tooManyDecimals,
            RejectReason tooLarge) {
        long units = FixedDecimal.tryParse(row.ascii(column, text));
        if (row.isFieldEmpty(column)) {
            reasons.add(missing);
        } else if (units == FixedDecimal.TOO_LARGE) {
            reasons.add(tooLarge);
        } else if (units == FixedDecimal.TOO_MANY_DECIMALS) {
            reasons.add(tooManyDecimals);
        } else if (units <= 0) {
            reasons.add(FixedDecimal.isError(units) ? notANumber : notPositive);
        }
        return units;
    }

    private void readTimestamp(CsvRow row) {
        if (columns.timestamp == TradeColumns.NONE) {
            return;
        }
        if (row.isFieldEmpty(columns.timestamp)) {
            if (!emptyTimestamps) {
                reasons.add(RejectReason.TIMESTAMP_MISSING);
            }
            return;
        }
        CharSequence value = row.ascii(columns.timestamp, text);
        epochNanos = columns.timeOfDay == TradeColumns.NONE
                ? times.tryParse(value)
                : times.tryParse(value, row.ascii(columns.timeOfDay, otherText));
        if (epochNanos == TradeTime.WITHOUT_ZONE) {
            reasons.add(RejectReason.TIMESTAMP_WITHOUT_ZONE);
        } else if (epochNanos == TradeTime.BEFORE_1990) {
            reasons.add(RejectReason.TIMESTAMP_BEFORE_1990);
        } else if (epochNanos == TradeTime.NOT_IN_ZONE) {
            reasons.add(RejectReason.TIMESTAMP_NOT_IN_ZONE);
        } else if (epochNanos < 0) {
            reasons.add(
                    epochNanos == EpochNanos.NOT_A_TIMESTAMP
                            ? RejectReason.TIMESTAMP_INVALID
                            : RejectReason.TIMESTAMP_OUT_OF_RANGE);
        }
    }

    /**
     * Reads the code of a correction, as the consolidated tape defines it and Massive and TAQ use it. 12 is the record
     * of a correction; the row with code 1 has the corrected values already.
     */
    private void readCorrection(CsvRow row) {
        if (columns.correction == TradeColumns.NONE) {
            return;
        }
        String code = row.ascii(columns.correction, text).toString();
        String withoutZero = code.length() == 2 && code.charAt(0) == '0' ? code.substring(1) : code;
        cancelled = CANCELLED.contains(withoutZero);
        if (!cancelled && !VALID_CORRECTIONS.contains(withoutZero)) {
            reasons.add(RejectReason.CORRECTION_UNKNOWN);
        }
    }

    /** Why a row that could be a trade shows that the file is not one of trades; empty if it does not. */
    private String findRefusal(CsvRow row) {
        if (columns.action != TradeColumns.NONE && !TRADE_ACTION.contentEquals(row.ascii(columns.action, text))) {
            return "the action is " + Shown.quoted(row.text(columns.action))
                    + ", not T, so the file has orders, not trades alone; give a file of trades, or name the column of the"
                    + " side with --map side=action if that is what it has";
        }
        String price = columns.needsPoint ? row.ascii(columns.price, text).toString() : "";
        if (RAW_PRICE.matcher(price).matches()) {
            return "the price " + Shown.quoted(price)
                    + " is one of Databento's raw integers, in units of 1e-9; export prices as decimals (pretty_px)";
        }
        return "";
    }

    private void readSide(CsvRow row) {
        side = side(row);
        if (knownSides
                && side == Side.UNKNOWN
                && columns.side != TradeColumns.NONE
                && !row.isFieldEmpty(columns.side)) {
            reasons.add(RejectReason.SIDE_INVALID);
        }
    }

    private Side side(CsvRow row) {
        if (columns.side == TradeColumns.NONE) {
            return Side.UNKNOWN;
        }
        CharSequence field = row.ascii(columns.side, text);
        String name = field.length() > LONGEST_SIDE ? "" : field.toString().toLowerCase(Locale.ROOT);
        return columns.buyerMaker ? sideOfBuyerMaker(name) : sideOf(name);
    }

    /** FIX writes 1 and 2; Databento and Upbit write the side of the order that was not in the book, bid or ask. */
    private static Side sideOf(String name) {
        return switch (name) {
            case "buy", "b", "1", "bid" -> Side.BUY;
            case "sell", "s", "2", "ask", "a" -> Side.SELL;
            default -> Side.UNKNOWN;
        };
    }

    /** If the buyer is the maker, the buyer's order was in the book and the seller's order filled it. */
    private static Side sideOfBuyerMaker(String name) {
        return switch (name) {
            case "false", "0", "f" -> Side.BUY;
            case "true", "1", "t" -> Side.SELL;
            default -> Side.UNKNOWN;
        };
    }
}

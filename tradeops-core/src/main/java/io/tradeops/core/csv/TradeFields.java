package io.tradeops.core.csv;

import static io.tradeops.core.csv.TradeRow.NO_TIMESTAMP;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.ForeignText;
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

    /** FIX writes 1 and 2; Databento and Upbit write the side of the order that was not in the book, bid or ask. */
    private static final List<String> BUY = List.of("buy", "b", "1", "bid");

    private static final List<String> SELL = List.of("sell", "s", "2", "ask", "a");

    /** If the buyer is the maker, the buyer's order was in the book and the seller's order filled it. */
    private static final List<String> BUYER_IS_MAKER = List.of("true", "1", "t");

    private static final List<String> BUYER_IS_TAKER = List.of("false", "0", "f");

    /** The codes of cancelled and erroneous trades, and of corrections. */
    private static final List<String> CANCELLED = List.of("7", "8", "10", "11", "12");

    /** The codes of trades that count, and the missing code. */
    private static final List<String> VALID_CORRECTIONS = List.of("", "0", "1", "2");

    private final TradeColumns columns;
    private final CsvRow row;
    private final CsvSettings settings;
    private final TradeTime times;
    private final List<RejectReason> reasons = new ArrayList<>();
    private boolean wellFormed;
    private boolean cancelled;
    private String refusal = "";
    private String ticker;
    private long priceUnits;
    private long quantityUnits;
    private long epochNanos = NO_TIMESTAMP;
    private Side side = Side.UNKNOWN;

    /** @param row the row that is read, again and again */
    TradeFields(TradeColumns columns, CsvSettings settings, CsvRow row) {
        this.columns = columns;
        this.row = row;
        this.settings = settings;
        this.times = new TradeTime(settings.zone);
        this.ticker = settings.ticker;
    }

    /** Why the row is rejected, in the order of {@link RejectReason}. */
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

    /**
     * Reads the values of the row, and tells whether it is a trade. If it is not, {@link #refusal},
     * {@link #isCancelled} or {@link #reasons} tell why, in this order. If none of them does, the row is the header
     * again.
     */
    boolean read() {
        reasons.clear();
        refusal = "";
        cancelled = false;
        epochNanos = NO_TIMESTAMP;
        checkShape();
        wellFormed = reasons.isEmpty();
        if (wellFormed) {
            refusal = findRefusal();
            readTicker();
            readPrice();
            readQuantity();
            readTimestamp();
            readSide();
            readCorrection();
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
    RejectedRow rejected(long line) {
        return wellFormed
                ? new RejectedRow(
                        line, reasons, row.beginning(), Math.max(epochNanos, NO_TIMESTAMP), text(columns.tradeId))
                : new RejectedRow(line, reasons.get(0), row.beginning());
    }

    /** Why the timestamp of the row means nothing without an option; empty if it is clear or merely invalid. */
    String unclearTimestamp() {
        if (epochNanos == TradeTime.WITHOUT_ZONE) {
            return unclear("has no offset from UTC; say its zone with --zone, as in --zone UTC");
        }
        return epochNanos == TradeTime.BEFORE_1990
                ? unclear("is a number before 1990 if it counts from 1970, so it seems to be a date written as digits,"
                        + " or a spreadsheet's day; write times as 2026-11-20T14:30:00Z, or name another column with"
                        + " --map timestamp=COLUMN")
                : "";
    }

    private String unclear(String problem) {
        return "the timestamp " + TradeCsvException.quoted(row.text(columns.timestamp)) + " of column "
                + ForeignText.escaped(columns.names.get(columns.timestamp)) + " " + problem;
    }

    /** The row, which is a trade. */
    TradeRow trade(long line) {
        return new TradeRow(
                line, ticker, priceUnits, quantityUnits, side, epochNanos, text(columns.id), text(columns.tradeId));
    }

    private String text(int column) {
        return column == TradeColumns.NONE ? "" : row.text(column);
    }

    private void checkShape() {
        if (!row.isUtf8()) {
            reasons.add(RejectReason.INVALID_UTF8);
        } else if (row.isQuoteMisplaced()) {
            reasons.add(RejectReason.MISPLACED_QUOTE);
        } else if (row.fields() != columns.count()) {
            reasons.add(row.fields() < columns.count() ? RejectReason.TOO_FEW_FIELDS : RejectReason.TOO_MANY_FIELDS);
        }
    }

    private void readTicker() {
        if (columns.ticker == TradeColumns.NONE) {
            return;
        }
        String field = row.ascii(columns.ticker);
        if (Ticker.isValid(field)) {
            ticker = field;
        } else {
            reasons.add(row.isFieldEmpty(columns.ticker) ? RejectReason.TICKER_MISSING : RejectReason.TICKER_INVALID);
        }
    }

    private void readPrice() {
        priceUnits = readUnits(
                columns.price,
                RejectReason.PRICE_MISSING,
                RejectReason.PRICE_NOT_A_NUMBER,
                RejectReason.PRICE_NOT_POSITIVE,
                RejectReason.PRICE_TOO_MANY_DECIMALS,
                RejectReason.PRICE_TOO_LARGE);
    }

    private void readQuantity() {
        boolean small = columns.smallQuantity != TradeColumns.NONE && row.isFieldEmpty(columns.quantity);
        quantityUnits = readUnits(
                small ? columns.smallQuantity : columns.quantity,
                RejectReason.QUANTITY_MISSING,
                RejectReason.QUANTITY_NOT_A_NUMBER,
                RejectReason.QUANTITY_NOT_POSITIVE,
                RejectReason.QUANTITY_TOO_MANY_DECIMALS,
                RejectReason.QUANTITY_TOO_LARGE);
    }

    private long readUnits(
            int column,
            RejectReason missing,
            RejectReason notANumber,
            RejectReason notPositive,
            RejectReason tooManyDecimals,
            RejectReason tooLarge) {
        long units = FixedDecimal.tryParse(row.ascii(column));
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

    private void readTimestamp() {
        if (columns.timestamp == TradeColumns.NONE) {
            return;
        }
        if (row.isFieldEmpty(columns.timestamp)) {
            if (!settings.emptyTimestamps) {
                reasons.add(RejectReason.TIMESTAMP_MISSING);
            }
            return;
        }
        String value = row.ascii(columns.timestamp);
        epochNanos = columns.timeOfDay == TradeColumns.NONE
                ? times.tryParse(value)
                : times.tryParse(value, row.ascii(columns.timeOfDay));
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
    private void readCorrection() {
        if (columns.correction == TradeColumns.NONE) {
            return;
        }
        String code = row.ascii(columns.correction);
        String withoutZero = code.length() == 2 && code.charAt(0) == '0' ? code.substring(1) : code;
        cancelled = CANCELLED.contains(withoutZero);
        if (!cancelled && !VALID_CORRECTIONS.contains(withoutZero)) {
            reasons.add(RejectReason.CORRECTION_UNKNOWN);
        }
    }

    /** Why a row that could be a trade shows that the file is not one of trades; empty if it does not. */
    private String findRefusal() {
        if (columns.action != TradeColumns.NONE && !TRADE_ACTION.equals(row.ascii(columns.action))) {
            return "the action is " + TradeCsvException.quoted(row.text(columns.action))
                    + ", not T, so the file has orders, not trades alone; give a file of trades, or name the column of the"
                    + " side with --map side=action if that is what it has";
        }
        if (columns.needsPoint && RAW_PRICE.matcher(row.ascii(columns.price)).matches()) {
            return "the price " + TradeCsvException.quoted(row.ascii(columns.price))
                    + " is one of Databento's raw integers, in units of 1e-9; export prices as decimals (pretty_px)";
        }
        return "";
    }

    private void readSide() {
        side = side();
        if (settings.knownSides
                && side == Side.UNKNOWN
                && columns.side != TradeColumns.NONE
                && !row.isFieldEmpty(columns.side)) {
            reasons.add(RejectReason.SIDE_INVALID);
        }
    }

    private Side side() {
        if (columns.side == TradeColumns.NONE) {
            return Side.UNKNOWN;
        }
        String field = row.ascii(columns.side);
        String name = field.length() > LONGEST_SIDE ? "" : field.toLowerCase(Locale.ROOT);
        if ((columns.buyerMaker ? BUYER_IS_TAKER : BUY).contains(name)) {
            return Side.BUY;
        }
        return (columns.buyerMaker ? BUYER_IS_MAKER : SELL).contains(name) ? Side.SELL : Side.UNKNOWN;
    }
}

package io.tradeops.core.csv;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Ticker;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the values of a row, and decides whether it is a trade. No other class decides this. Reused for every row; not
 * thread-safe.
 */
final class TradeFields {

    /** The length of the longest side that is known. */
    private static final int LONGEST_SIDE = 5;

    private static final String TRADE_ACTION = "T";
    private static final Pattern RAW_PRICE = Pattern.compile("[+-]?[0-9]+");

    /** What a row is. */
    enum Kind {
        TRADE,
        /** Not a trade; {@link #reason} tells why. */
        REJECTED,
        /** A trade that was cancelled, an error, or the record of that. */
        CANCELLED,
        /** The header again. */
        HEADER,
        /** A row that shows that the whole file is not to be read; {@link #refusal} tells why. */
        REFUSED
    }

    private final TradeColumns columns;
    private final String givenTicker;
    private final boolean emptyTimestamps;
    private final boolean knownSides;
    private final TradeTime times;
    private final AsciiText text = new AsciiText();
    private final AsciiText otherText = new AsciiText();
    private RejectReason reason = RejectReason.INVALID_UTF8;
    private String refusal = "";
    private String ticker;
    private long priceUnits;
    private long quantityUnits;
    private long epochNanos = TradeRow.NO_TIMESTAMP;
    private Side side = Side.UNKNOWN;
    private String unclearTimestamp = "";

    TradeFields(TradeColumns columns, CsvSettings settings) {
        this.columns = columns;
        this.givenTicker = settings.ticker();
        this.emptyTimestamps = settings.emptyTimestamps();
        this.knownSides = settings.knownSides();
        this.times = new TradeTime(settings.zone());
        this.ticker = givenTicker;
    }

    /** Why the row is not a trade. */
    RejectReason reason() {
        return reason;
    }

    /** Why the file is refused; empty if it is not. */
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

    /** Reads the values of a row. They are valid if it is a trade. */
    Kind read(CsvRow row) {
        Optional<RejectReason> found = checkShape(row);
        refusal = found.isEmpty() ? findRefusal(row) : "";
        if (found.isEmpty() && refusal.isEmpty()) {
            if (isCancelled(row)) {
                return Kind.CANCELLED;
            }
            found = readValues(row);
            if (found.isEmpty()) {
                return Kind.TRADE;
            }
        }
        if (columns.isHeader(row)) {
            refusal = "";
            return Kind.HEADER;
        }
        reason = found.orElse(reason);
        return refusal.isEmpty() ? Kind.REJECTED : Kind.REFUSED;
    }

    private Optional<RejectReason> readValues(CsvRow row) {
        return readTicker(row)
                .or(() -> readPrice(row))
                .or(() -> readQuantity(row))
                .or(() -> readTimestamp(row))
                .or(() -> readSide(row))
                .or(() -> checkCorrection(row));
    }

    /** Describes a row that is not a trade, with all reasons in the order of {@link #read}. */
    RejectedRow rejected(CsvRow row, long line) {
        Optional<RejectReason> shape = checkShape(row);
        if (shape.isPresent()) {
            return new RejectedRow(line, shape.get(), row.beginning());
        }
        List<RejectReason> reasons = Stream.of(
                        readTicker(row),
                        readPrice(row),
                        readQuantity(row),
                        readTimestamp(row),
                        readSide(row),
                        checkCorrection(row))
                .flatMap(Optional::stream)
                .toList();
        long time = epochNanos < 0 ? TradeRow.NO_TIMESTAMP : epochNanos;
        return new RejectedRow(line, reasons, row.beginning(), time, tradeId(row));
    }

    /** Why the timestamp of a row means nothing without an option; empty if it is clear or merely invalid. */
    String unclearTimestamp(CsvRow row) {
        unclearTimestamp = "";
        if (checkShape(row).isEmpty()) {
            readTimestamp(row);
        }
        return unclearTimestamp;
    }

    /** The column {@code id}; empty if there is none. */
    String id(CsvRow row) {
        return columns.id() == TradeColumns.NONE ? "" : row.text(columns.id());
    }

    /** The column {@code trade_id}; empty if there is none. */
    String tradeId(CsvRow row) {
        return columns.tradeId() == TradeColumns.NONE ? "" : row.text(columns.tradeId());
    }

    private Optional<RejectReason> checkShape(CsvRow row) {
        if (!row.isUtf8()) {
            return Optional.of(RejectReason.INVALID_UTF8);
        }
        if (row.isQuoteMisplaced()) {
            return Optional.of(RejectReason.MISPLACED_QUOTE);
        }
        if (row.fields() != columns.count()) {
            return Optional.of(
                    row.fields() < columns.count() ? RejectReason.TOO_FEW_FIELDS : RejectReason.TOO_MANY_FIELDS);
        }
        return Optional.empty();
    }

    private Optional<RejectReason> readTicker(CsvRow row) {
        if (columns.ticker() == TradeColumns.NONE) {
            ticker = givenTicker;
            return Optional.empty();
        }
        if (row.isFieldEmpty(columns.ticker())) {
            return Optional.of(RejectReason.TICKER_MISSING);
        }
        CharSequence field = row.ascii(columns.ticker(), text);
        if (!Ticker.isValid(field)) {
            return Optional.of(RejectReason.TICKER_INVALID);
        }
        ticker = field.toString();
        return Optional.empty();
    }

    private Optional<RejectReason> readPrice(CsvRow row) {
        if (row.isFieldEmpty(columns.price())) {
            return Optional.of(RejectReason.PRICE_MISSING);
        }
        priceUnits = FixedDecimal.tryParse(row.ascii(columns.price(), text));
        if (priceUnits > 0) {
            return Optional.empty();
        }
        if (!FixedDecimal.isError(priceUnits)) {
            return Optional.of(RejectReason.PRICE_NOT_POSITIVE);
        }
        if (priceUnits == FixedDecimal.TOO_LARGE) {
            return Optional.of(RejectReason.PRICE_TOO_LARGE);
        }
        return Optional.of(
                priceUnits == FixedDecimal.TOO_MANY_DECIMALS
                        ? RejectReason.PRICE_TOO_MANY_DECIMALS
                        : RejectReason.PRICE_NOT_A_NUMBER);
    }

    private Optional<RejectReason> readQuantity(CsvRow row) {
        boolean small = columns.smallQuantity() != TradeColumns.NONE && row.isFieldEmpty(columns.quantity());
        int column = small ? columns.smallQuantity() : columns.quantity();
        if (row.isFieldEmpty(column)) {
            return Optional.of(RejectReason.QUANTITY_MISSING);
        }
        quantityUnits = FixedDecimal.tryParse(row.ascii(column, text));
        if (quantityUnits > 0) {
            return Optional.empty();
        }
        if (!FixedDecimal.isError(quantityUnits)) {
            return Optional.of(RejectReason.QUANTITY_NOT_POSITIVE);
        }
        if (quantityUnits == FixedDecimal.TOO_LARGE) {
            return Optional.of(RejectReason.QUANTITY_TOO_LARGE);
        }
        return Optional.of(
                quantityUnits == FixedDecimal.TOO_MANY_DECIMALS
                        ? RejectReason.QUANTITY_TOO_MANY_DECIMALS
                        : RejectReason.QUANTITY_NOT_A_NUMBER);
    }

    private Optional<RejectReason> readTimestamp(CsvRow row) {
        unclearTimestamp = "";
        if (columns.timestamp() == TradeColumns.NONE) {
            return Optional.empty();
        }
        if (row.isFieldEmpty(columns.timestamp())) {
            epochNanos = TradeRow.NO_TIMESTAMP;
            return emptyTimestamps ? Optional.empty() : Optional.of(RejectReason.TIMESTAMP_MISSING);
        }
        CharSequence value = row.ascii(columns.timestamp(), text);
        epochNanos = columns.timeOfDay() == TradeColumns.NONE
                ? times.tryParse(value)
                : times.tryParse(value, row.ascii(columns.timeOfDay(), otherText));
        return epochNanos >= 0 ? Optional.empty() : Optional.of(timestampReason(row));
    }

    private RejectReason timestampReason(CsvRow row) {
        if (epochNanos == TradeTime.WITHOUT_ZONE) {
            unclearTimestamp = unclear(row, "has no offset from UTC; say its zone with --zone, as in --zone UTC");
            return RejectReason.TIMESTAMP_WITHOUT_ZONE;
        }
        if (epochNanos == TradeTime.BEFORE_1990) {
            unclearTimestamp = unclear(
                    row,
                    "is a number before 1990 if it counts from 1970, so it seems to be a date written as digits, or a"
                            + " spreadsheet's day; write times as 2026-11-20T14:30:00Z, or name another column with"
                            + " --map timestamp=COLUMN");
            return RejectReason.TIMESTAMP_BEFORE_1990;
        }
        if (epochNanos == TradeTime.NOT_IN_ZONE) {
            return RejectReason.TIMESTAMP_NOT_IN_ZONE;
        }
        return epochNanos == EpochNanos.NOT_A_TIMESTAMP
                ? RejectReason.TIMESTAMP_INVALID
                : RejectReason.TIMESTAMP_OUT_OF_RANGE;
    }

    private String unclear(CsvRow row, String problem) {
        return "the timestamp " + Shown.quoted(row.text(columns.timestamp())) + " of column "
                + Shown.text(columns.names().get(columns.timestamp())) + " " + problem;
    }

    /**
     * Tells whether a trade is cancelled or an error: the codes 7, 8, 10, 11 and 12 of the consolidated tape, which
     * Massive and TAQ use. 12 is the record of a correction; the row with code 1 has the corrected values already.
     */
    private boolean isCancelled(CsvRow row) {
        return columns.correction() != TradeColumns.NONE
                && switch (correction(row)) {
                    case "7", "8", "10", "11", "12" -> true;
                    default -> false;
                };
    }

    private Optional<RejectReason> checkCorrection(CsvRow row) {
        if (columns.correction() == TradeColumns.NONE) {
            return Optional.empty();
        }
        return switch (correction(row)) {
            case "", "0", "1", "2" -> Optional.empty();
            default -> Optional.of(RejectReason.CORRECTION_UNKNOWN);
        };
    }

    /** The code, without a leading zero. */
    private String correction(CsvRow row) {
        String code = row.ascii(columns.correction(), text).toString();
        return code.length() == 2 && code.charAt(0) == '0' ? code.substring(1) : code;
    }

    /** Why a row that could be a trade shows that the file is not one of trades; empty if it does not. */
    private String findRefusal(CsvRow row) {
        if (columns.action() != TradeColumns.NONE && !TRADE_ACTION.contentEquals(row.ascii(columns.action(), text))) {
            return "the action is " + Shown.quoted(row.text(columns.action()))
                    + ", not T, so the file has orders, not trades alone; give a file of trades, or name the column of the"
                    + " side with --map side=action if that is what it has";
        }
        String price = columns.needsPoint() ? row.ascii(columns.price(), text).toString() : "";
        if (RAW_PRICE.matcher(price).matches()) {
            return "the price " + Shown.quoted(price)
                    + " is one of Databento's raw integers, in units of 1e-9; export prices as decimals (pretty_px)";
        }
        return "";
    }

    private Optional<RejectReason> readSide(CsvRow row) {
        side = side(row);
        boolean isInvalid = knownSides
                && side == Side.UNKNOWN
                && columns.side() != TradeColumns.NONE
                && !row.isFieldEmpty(columns.side());
        return isInvalid ? Optional.of(RejectReason.SIDE_INVALID) : Optional.empty();
    }

    private Side side(CsvRow row) {
        if (columns.side() == TradeColumns.NONE) {
            return Side.UNKNOWN;
        }
        CharSequence field = row.ascii(columns.side(), text);
        String name = field.length() > LONGEST_SIDE ? "" : field.toString().toLowerCase(Locale.ROOT);
        return columns.buyerMaker() ? sideOfBuyerMaker(name) : sideOf(name);
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

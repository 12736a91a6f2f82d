package io.tradeops.core.csv;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Ticker;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the values of a row, and decides whether it is a trade. No other class decides this. Reused for every row; not
 * thread-safe.
 */
final class TradeFields {

    /** The length of the longest valid side or is_buyer_maker. */
    private static final int LONGEST_SIDE = 5;

    private final TradeColumns columns;
    private final String givenTicker;
    private final boolean emptyTimestamps;
    private final AsciiText text = new AsciiText();
    private String ticker;
    private long priceUnits;
    private long quantityUnits;
    private long epochNanos = TradeRow.NO_TIMESTAMP;
    private Side side = Side.UNKNOWN;

    /**
     * @param givenTicker the ticker of every row if there is no ticker column
     * @param emptyTimestamps whether the timestamp of a row may be empty
     */
    TradeFields(TradeColumns columns, String givenTicker, boolean emptyTimestamps) {
        this.columns = columns;
        this.givenTicker = givenTicker;
        this.emptyTimestamps = emptyTimestamps;
        this.ticker = givenTicker;
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

    /** Reads the values of a row. Returns the first reason why the row is not a trade; empty if it is a trade. */
    Optional<RejectReason> read(CsvRow row) {
        return checkShape(row)
                .or(() -> readTicker(row))
                .or(() -> readPrice(row))
                .or(() -> readQuantity(row))
                .or(() -> readTimestamp(row))
                .or(() -> readSide(row));
    }

    /** Describes a row that is not a trade, with all reasons in the order of {@link #read}. */
    RejectedRow rejected(CsvRow row, long line) {
        Optional<RejectReason> shape = checkShape(row);
        if (shape.isPresent()) {
            return new RejectedRow(line, shape.get(), row.beginning());
        }
        List<RejectReason> reasons = Stream.of(
                        readTicker(row), readPrice(row), readQuantity(row), readTimestamp(row), readSide(row))
                .flatMap(Optional::stream)
                .toList();
        long time = epochNanos < 0 ? TradeRow.NO_TIMESTAMP : epochNanos;
        return new RejectedRow(line, reasons, row.beginning(), time, tradeId(row));
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
        if (row.isFieldEmpty(columns.quantity())) {
            return Optional.of(RejectReason.QUANTITY_MISSING);
        }
        quantityUnits = FixedDecimal.tryParse(row.ascii(columns.quantity(), text));
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
        if (columns.timestamp() == TradeColumns.NONE) {
            return Optional.empty();
        }
        if (row.isFieldEmpty(columns.timestamp())) {
            epochNanos = TradeRow.NO_TIMESTAMP;
            return emptyTimestamps ? Optional.empty() : Optional.of(RejectReason.TIMESTAMP_MISSING);
        }
        epochNanos = TradeTime.tryParse(row.ascii(columns.timestamp(), text));
        if (epochNanos == EpochNanos.NOT_A_TIMESTAMP) {
            return Optional.of(RejectReason.TIMESTAMP_INVALID);
        }
        return epochNanos == EpochNanos.OUT_OF_RANGE
                ? Optional.of(RejectReason.TIMESTAMP_OUT_OF_RANGE)
                : Optional.empty();
    }

    private Optional<RejectReason> readSide(CsvRow row) {
        if (columns.side() == TradeColumns.NONE) {
            return Optional.empty();
        }
        CharSequence field = row.ascii(columns.side(), text);
        String name = field.length() > LONGEST_SIDE ? "?" : field.toString().toLowerCase(Locale.ROOT);
        Optional<Side> found = columns.buyerMaker() ? sideOfBuyerMaker(name) : sideOf(name);
        side = found.orElse(Side.UNKNOWN);
        return found.isEmpty() ? Optional.of(RejectReason.SIDE_INVALID) : Optional.empty();
    }

    private static Optional<Side> sideOf(String name) {
        return switch (name) {
            case "" -> Optional.of(Side.UNKNOWN);
            case "buy", "b" -> Optional.of(Side.BUY);
            case "sell", "s" -> Optional.of(Side.SELL);
            default -> Optional.empty();
        };
    }

    /** If the buyer is the maker, the buyer's order was in the book and the seller's order filled it. */
    private static Optional<Side> sideOfBuyerMaker(String name) {
        return switch (name) {
            case "" -> Optional.of(Side.UNKNOWN);
            case "false", "0" -> Optional.of(Side.BUY);
            case "true", "1" -> Optional.of(Side.SELL);
            default -> Optional.empty();
        };
    }
}

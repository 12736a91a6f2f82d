package io.tradeops.core.trade;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a trade as ranges of UTF-8 bytes, for {@link TradeValidator#validate(TradeBytes, java.time.Instant)}.
 * Mutable, so that one instance can be used for many trades. Not thread-safe.
 *
 * <pre>{@code
 * trade.clear().ticker(line, 0, 4).price(line, 5, 11).quantity(line, 12, 15);
 * }</pre>
 *
 * <p>Each setter takes the index of the field's first byte and the index after its last byte. It throws
 * {@link IndexOutOfBoundsException} if that range is not inside the array. The bytes are not copied.
 */
@SuppressWarnings("exports") // JSpecify's annotations are needed to compile, not to use
public final class TradeBytes {

    /** The bytes of a field that is not given. */
    private static final byte[] NOT_GIVEN = {};

    private final ByteText ticker = notGiven();
    private final ByteText price = notGiven();
    private final ByteText quantity = notGiven();
    private final ByteText side = notGiven();
    private final ByteText timestamp = notGiven();
    private final ByteText tradeId = notGiven();

    /** Creates a trade without fields. */
    public TradeBytes() {}

    /** Removes every field. */
    public TradeBytes clear() {
        ticker.moveTo(NOT_GIVEN, 0, 0);
        price.moveTo(NOT_GIVEN, 0, 0);
        quantity.moveTo(NOT_GIVEN, 0, 0);
        side.moveTo(NOT_GIVEN, 0, 0);
        timestamp.moveTo(NOT_GIVEN, 0, 0);
        tradeId.moveTo(NOT_GIVEN, 0, 0);
        return this;
    }

    /** Sets the ticker. */
    public TradeBytes ticker(byte[] bytes, int from, int to) {
        ticker.moveTo(bytes, from, to);
        return this;
    }

    /** Sets the price. */
    public TradeBytes price(byte[] bytes, int from, int to) {
        price.moveTo(bytes, from, to);
        return this;
    }

    /** Sets the quantity. */
    public TradeBytes quantity(byte[] bytes, int from, int to) {
        quantity.moveTo(bytes, from, to);
        return this;
    }

    /** Sets the side. */
    public TradeBytes side(byte[] bytes, int from, int to) {
        side.moveTo(bytes, from, to);
        return this;
    }

    /** Sets the timestamp. */
    public TradeBytes timestamp(byte[] bytes, int from, int to) {
        timestamp.moveTo(bytes, from, to);
        return this;
    }

    /** Sets the sender's own id of the trade. */
    public TradeBytes tradeId(byte[] bytes, int from, int to) {
        tradeId.moveTo(bytes, from, to);
        return this;
    }

    @Nullable
    CharSequence ticker() {
        return ifGiven(ticker);
    }

    @Nullable
    CharSequence price() {
        return ifGiven(price);
    }

    @Nullable
    CharSequence quantity() {
        return ifGiven(quantity);
    }

    @Nullable
    CharSequence side() {
        return ifGiven(side);
    }

    @Nullable
    CharSequence timestamp() {
        return ifGiven(timestamp);
    }

    @Nullable
    CharSequence tradeId() {
        return ifGiven(tradeId);
    }

    private static ByteText notGiven() {
        return new ByteText(NOT_GIVEN, 0, 0);
    }

    private static @Nullable CharSequence ifGiven(ByteText field) {
        return field.isOf(NOT_GIVEN) ? null : field;
    }
}

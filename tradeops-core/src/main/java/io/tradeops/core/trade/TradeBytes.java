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

    private static final byte[] NOTHING = {};

    private final Field ticker = new Field();
    private final Field price = new Field();
    private final Field quantity = new Field();
    private final Field side = new Field();
    private final Field timestamp = new Field();
    private final Field tradeId = new Field();

    /** Creates a trade without fields. */
    public TradeBytes() {}

    /** Removes every field. */
    public TradeBytes clear() {
        ticker.given = false;
        price.given = false;
        quantity.given = false;
        side.given = false;
        timestamp.given = false;
        tradeId.given = false;
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
        return ticker.textIfGiven();
    }

    @Nullable
    CharSequence price() {
        return price.textIfGiven();
    }

    @Nullable
    CharSequence quantity() {
        return quantity.textIfGiven();
    }

    @Nullable
    CharSequence side() {
        return side.textIfGiven();
    }

    @Nullable
    CharSequence timestamp() {
        return timestamp.textIfGiven();
    }

    @Nullable
    CharSequence tradeId() {
        return tradeId.textIfGiven();
    }

    private static final class Field {

        private final ByteText text = new ByteText(NOTHING, 0, 0);
        private boolean given;

        void moveTo(byte[] bytes, int from, int to) {
            text.moveTo(bytes, from, to);
            given = true;
        }

        @Nullable
        CharSequence textIfGiven() {
            return given ? text : null;
        }
    }
}

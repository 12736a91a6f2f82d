package io.tradeops.core.average;

import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.codec.BytesWriter;

/**
 * A tick that is held back, because its time is far ahead. The ticker is empty in an averager of one ticker. Immutable.
 */
record HeldTick(String ticker, long epochNanos, long priceUnits, long quantityUnits, long seq) {

    /** The fewest bytes that a tick takes: one for each component. */
    static final int MIN_BYTES = 5;

    HeldTick {
        TickRange.require(epochNanos, priceUnits, quantityUnits);
    }

    void writeTo(BytesWriter out) {
        out.writeText(ticker)
                .writeUnsigned(epochNanos)
                .writeUnsigned(priceUnits)
                .writeUnsigned(quantityUnits)
                .writeSigned(seq);
    }

    static HeldTick read(BytesReader in) {
        String ticker = in.readText();
        long epochNanos = in.readUnsigned();
        long priceUnits = in.readUnsigned();
        long quantityUnits = in.readUnsigned();
        long seq = in.readSigned();
        try {
            return new HeldTick(ticker, epochNanos, priceUnits, quantityUnits, seq);
        } catch (IllegalArgumentException e) {
            throw BytesReader.damaged(e);
        }
    }
}

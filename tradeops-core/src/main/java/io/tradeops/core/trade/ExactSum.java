package io.tradeops.core.trade;

import java.math.BigInteger;

/**
 * A sum that never rounds or overflows: 128 bits, moved to a {@link BigInteger} before they overflow. Not thread-safe.
 */
public final class ExactSum {

    private long high;
    private long low;
    private BigInteger spilled = BigInteger.ZERO;

    /** A sum of nothing: 0. */
    public ExactSum() {}

    /** Adds a value. */
    public void add(long value) {
        add(value >> 63, value);
    }

    /** Adds the full 128-bit product of two values. */
    public void addProduct(long a, long b) {
        add(Math.multiplyHigh(a, b), a * b);
    }

    /** Adds another sum to this one. */
    public void add(ExactSum other) {
        spilled = spilled.add(other.spilled);
        add(other.high, other.low);
    }

    /** The exact sum so far. */
    public BigInteger value() {
        return spilled.add(toBigInteger(high, low));
    }

    private void add(long addHigh, long addLow) {
        long sumLow = low + addLow;
        long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
        long sumHigh = high + addHigh + carry;
        boolean overflow = ((high ^ sumHigh) & (addHigh ^ sumHigh)) < 0;
        if (overflow) {
            spilled = spilled.add(toBigInteger(high, low)).add(toBigInteger(addHigh, addLow));
            high = 0;
            low = 0;
        } else {
            high = sumHigh;
            low = sumLow;
        }
    }

    private static BigInteger toBigInteger(long high, long low) {
        BigInteger unsignedLow = BigInteger.valueOf(low >>> 1).shiftLeft(1).or(BigInteger.valueOf(low & 1));
        return BigInteger.valueOf(high).shiftLeft(64).add(unsignedLow);
    }
}

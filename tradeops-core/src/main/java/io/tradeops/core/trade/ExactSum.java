package io.tradeops.core.trade;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * An exact sum in 192 bits. It never rounds and has room for 2⁶³ products of any two {@code long} values. Only
 * {@link #value} allocates memory. Not thread-safe.
 */
public final class ExactSum {

    private static final int BITS = 3 * Long.SIZE;

    private long top;
    private long middle;
    private long low;

    /** Creates a sum of 0. */
    public ExactSum() {}

    /** Adds a value. */
    public void add(long value) {
        add(value >> 63, value >> 63, value);
    }

    /** Adds the full 128-bit product of two values. */
    public void addProduct(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        add(high >> 63, high, a * b);
    }

    /** Adds another sum to this one. */
    public void add(ExactSum other) {
        add(other.top, other.middle, other.low);
    }

    /**
     * Adds an integer.
     *
     * @throws ArithmeticException if it takes more than 192 bits; the sum is then unchanged
     */
    public void add(BigInteger value) {
        if (value.bitLength() >= BITS) {
            throw new ArithmeticException("a sum has room for " + BITS + " bits, not for " + (value.bitLength() + 1));
        }
        add(
                value.shiftRight(2 * Long.SIZE).longValue(),
                value.shiftRight(Long.SIZE).longValue(),
                value.longValue());
    }

    /** Returns the exact sum of everything that was added. */
    public BigInteger value() {
        return new BigInteger(ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(top)
                .putLong(middle)
                .putLong(low)
                .array());
    }

    private void add(long addTop, long addMiddle, long addLow) {
        long sumLow = low + addLow;
        long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
        long sumMiddle = middle + addMiddle;
        long carryOfMiddle = Long.compareUnsigned(sumMiddle, middle) < 0 ? 1 : 0;
        long middleWithCarry = sumMiddle + carry;
        long carryOfCarry = Long.compareUnsigned(middleWithCarry, sumMiddle) < 0 ? 1 : 0;
        top += addTop + carryOfMiddle + carryOfCarry;
        middle = middleWithCarry;
        low = sumLow;
    }
}

package io.tradeops.core.csv;

/** The limits of compressed data, as a protection from decompression bombs. Immutable. */
final class InflationLimits {

    static final long DEFAULT_BYTES = 256L << 30;
    static final int DEFAULT_RATIO = 300;

    private static final long RATIO_FREE = 16L << 20;

    private final long maxBytes;
    private final int maxRatio;

    /**
     * @param maxBytes the largest size of the inflated data, in bytes
     * @param maxRatio the largest ratio of inflated to compressed size; checked once 16 MiB are inflated
     */
    InflationLimits(long maxBytes, int maxRatio) {
        this.maxBytes = maxBytes;
        this.maxRatio = maxRatio;
    }

    /**
     * Checks what was inflated so far.
     *
     * @param format the format's name
     */
    void require(String format, long bytesIn, long bytesOut) throws DamagedFileException {
        if (bytesOut > maxBytes) {
            throw new DamagedFileException("the " + format + " data inflates to more than " + maxBytes + " bytes");
        }
        if (bytesOut > RATIO_FREE && bytesOut / maxRatio > bytesIn) {
            throw new DamagedFileException(
                    "the " + format + " data inflates to more than " + maxRatio + " times its own size");
        }
    }
}

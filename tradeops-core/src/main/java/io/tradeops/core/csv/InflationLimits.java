package io.tradeops.core.csv;

/**
 * The limits of compressed data, as a protection from decompression bombs. Immutable.
 *
 * @param maxBytes the largest size of the inflated data, in bytes
 * @param maxRatio the largest ratio of inflated to compressed size; checked once 16 MiB are inflated
 */
record InflationLimits(long maxBytes, int maxRatio) {

    static final InflationLimits DEFAULT = new InflationLimits(256L << 30, 300);

    private static final long RATIO_FREE = 16L << 20;

    InflationLimits withMaxBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("maxInflatedBytes must be at least 1: " + bytes);
        }
        return new InflationLimits(bytes, maxRatio);
    }

    InflationLimits withMaxRatio(int ratio) {
        if (ratio < 1) {
            throw new IllegalArgumentException("maxInflationRatio must be at least 1: " + ratio);
        }
        return new InflationLimits(maxBytes, ratio);
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

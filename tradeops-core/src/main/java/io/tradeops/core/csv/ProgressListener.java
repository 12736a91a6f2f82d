package io.tradeops.core.csv;

/**
 * Receives the progress of an analysis. Calls may come from different threads, but only one at a time. If the listener
 * throws an exception, the analysis ends and throws it to its caller. This is one of two ways to cancel an analysis;
 * see {@link TradeCsvAnalyzer}.
 */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Receives the number of bytes that were read so far.
     *
     * @param bytesRead the number of bytes of the file or stream; of compressed bytes, if it is compressed. It grows
     *     from call to call
     */
    void onProgress(long bytesRead);
}

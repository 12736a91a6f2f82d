package io.tradeops.core.csv;

/**
 * Hears how far an analysis has come. It is called from time to time, by one thread at a time, though not always by the
 * same. What it throws ends the analysis and is thrown to the analysis's caller: this is one of two ways to cancel.
 */
@FunctionalInterface
public interface ProgressListener {

    /** Takes the number of bytes of the file or stream that were read so far, compressed ones if it is compressed. It
     * never falls. */
    void onProgress(long bytesRead);
}

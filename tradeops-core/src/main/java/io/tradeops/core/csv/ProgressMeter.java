package io.tradeops.core.csv;

/**
 * Reports the progress of an analysis to a listener. The reported number only grows, also if the analysis restarts.
 * Thread-safe.
 */
final class ProgressMeter {

    private final ProgressListener listener;
    private long reported;

    ProgressMeter(ProgressListener listener) {
        this.listener = listener;
    }

    synchronized void report(long bytesRead) {
        if (bytesRead > reported) {
            reported = bytesRead;
            listener.onProgress(bytesRead);
        }
    }
}

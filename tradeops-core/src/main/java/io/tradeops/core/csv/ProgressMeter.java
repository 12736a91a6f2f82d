package io.tradeops.core.csv;

/** Tells a listener how far an analysis is, never less than before, also if it begins again. Thread-safe. */
final class ProgressMeter {

    private final ProgressListener listener;
    private long told;

    ProgressMeter(ProgressListener listener) {
        this.listener = listener;
    }

    synchronized void tell(long bytesRead) {
        if (bytesRead > told) {
            told = bytesRead;
            listener.onProgress(bytesRead);
        }
    }
}

package io.tradeops.app.feed.wire;

/** Thrown for a frame that is not in the feed's format. The message names the fault. */
public final class FeedFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    /** An exception with the fault. */
    public FeedFormatException(String message) {
        super(message);
    }
}

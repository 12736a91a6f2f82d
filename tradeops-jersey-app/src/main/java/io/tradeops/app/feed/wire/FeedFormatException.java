package io.tradeops.app.feed.wire;

/** A frame is not of the feed's format; the message names what is wrong. */
public final class FeedFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A frame that is wrong, and in what. */
    public FeedFormatException(String message) {
        super(message);
    }
}

package io.tradeops.app.feed;

/** A frame is not of the feed's format; the message names what is wrong. */
public final class FeedFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    FeedFormatException(String message) {
        super(message);
    }
}

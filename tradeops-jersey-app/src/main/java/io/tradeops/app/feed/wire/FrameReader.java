package io.tradeops.app.feed.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the frames of our feed and of the vendors that {@link VendorMessage} supports. The shape of a message tells whose
 * it is, so there is nothing to configure. A faulty message does not affect the others of its frame. Not thread-safe.
 */
public final class FrameReader {

    /** The reason of a gap that replaces an unreadable tick. */
    public static final String UNREADABLE = "unreadable";

    private final JsonFields fields = new JsonFields();

    /**
     * The content of a frame.
     *
     * @param messages the readable messages, in order
     * @param problems one text for each fault
     */
    public record Frame(List<FeedMessage> messages, List<String> problems) {}

    /** Reads a frame. */
    public Frame read(String frame) {
        List<FeedMessage> messages = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try {
            fields.forEachObject(frame, object -> read(object, messages, problems));
        } catch (FeedFormatException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return new Frame(messages, problems);
    }

    private static void read(JsonFields object, List<FeedMessage> messages, List<String> problems) {
        List<JsonFields> wrapped = VendorMessage.unwrap(object);
        if (wrapped.isEmpty()) {
            readOne(object, messages, problems);
        } else {
            wrapped.forEach(one -> readOne(one, messages, problems));
        }
    }

    private static void readOne(JsonFields object, List<FeedMessage> messages, List<String> problems) {
        try {
            object.requireValid();
            if (VendorMessage.isOne(object)) {
                VendorMessage.decode(object).ifPresent(messages::add);
            } else {
                FeedJson.decodeMessage(object).ifPresent(messages::add);
            }
        } catch (FeedFormatException e) {
            problems.add(String.valueOf(e.getMessage()));
            if (object.is("type", "tick")) {
                unreadable(object).ifPresent(messages::add);
            }
        }
    }

    /** A gap uses up the tick's sequence number, if that is readable: a replay would give the same unreadable tick. */
    private static Optional<FeedMessage> unreadable(JsonFields tick) {
        try {
            long seq = tick.number("seq");
            return Optional.of(new FeedMessage.Gap(seq, seq, UNREADABLE));
        } catch (FeedFormatException e) {
            return Optional.empty();
        }
    }
}

package io.tradeops.app.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import io.tradeops.app.feed.wire.FeedCommand;
import io.tradeops.app.feed.wire.FeedJson;
import io.tradeops.app.rest.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What is sent to a feed to get its ticks. Immutable. */
public final class FeedSubscription {

    /** The text that stands for sending nothing. */
    public static final String NONE = "none";

    private final boolean ours;
    private final List<String> texts;

    private FeedSubscription(boolean ours, List<String> texts) {
        this.ours = ours;
        this.texts = List.copyOf(texts);
    }

    /** Our feed's: every ticker, from where the monitor is. */
    public static FeedSubscription ofOurFeed() {
        return new FeedSubscription(true, List.of());
    }

    /**
     * What a setting says.
     *
     * @param text empty for our feed; {@link #NONE} for a feed that sends without being asked; else the vendor's messages,
     *     one JSON object after another
     * @throws IllegalArgumentException if it is none of these; the text, which may hold keys, is not in its message
     */
    public static FeedSubscription parse(String text) {
        if (text.isBlank()) {
            return ofOurFeed();
        }
        List<String> texts = new ArrayList<>();
        if (!text.strip().equals(NONE)) {
            try (MappingIterator<JsonNode> objects =
                    Json.mapper().readerFor(JsonNode.class).readValues(text)) {
                while (objects.hasNextValue()) {
                    JsonNode object = objects.nextValue();
                    if (!object.isObject()) {
                        throw new IllegalArgumentException("what a feed is sent are JSON objects");
                    }
                    texts.add(Json.mapper().writeValueAsString(object));
                }
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("what a feed is sent is not JSON");
            } catch (IOException e) {
                throw new IllegalStateException("reading a string can't fail", e);
            }
        }
        return new FeedSubscription(false, texts);
    }

    /** Whether every ticker of our feed is asked for, so that its numbers come without a hole. */
    boolean isOfOurFeed() {
        return ours;
    }

    /** The messages to send, in order; {@code fromSeq} is the first tick that is wanted, if it matters which. */
    List<String> messages(OptionalLong fromSeq) {
        return ours ? List.of(FeedJson.encode(new FeedCommand.Subscribe(List.of(FeedCommand.ALL), fromSeq))) : texts;
    }

    @Override
    public String toString() {
        return ours ? "FeedSubscription[ours]" : "FeedSubscription[" + texts.size() + " messages]";
    }
}

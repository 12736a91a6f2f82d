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

/** The messages that a monitor sends to a feed to get its ticks. Immutable. */
public final class FeedSubscription {

    /** The setting's value for a feed that needs no message. */
    public static final String NONE = "none";

    private final boolean ours;
    private final List<String> texts;

    private FeedSubscription(boolean ours, List<String> texts) {
        this.ours = ours;
        this.texts = List.copyOf(texts);
    }

    /** The subscription to every ticker of a TradeOps feed, from the monitor's offset. */
    public static FeedSubscription ofOurFeed() {
        return new FeedSubscription(true, List.of());
    }

    /**
     * Parses a setting.
     *
     * @param text empty for a TradeOps feed; {@link #NONE} for a feed that needs no message; else a vendor's messages,
     *     one JSON object after another
     * @throws IllegalArgumentException if the text is none of these; the text may hold keys, so the exception's message
     *     does not contain it
     */
    public static FeedSubscription parse(String text) {
        if (text.isBlank()) {
            return ofOurFeed();
        }
        return new FeedSubscription(false, text.strip().equals(NONE) ? List.of() : objects(text));
    }

    private static List<String> objects(String text) {
        List<String> objects = new ArrayList<>();
        try (MappingIterator<JsonNode> values =
                Json.mapper().readerFor(JsonNode.class).readValues(text)) {
            while (values.hasNextValue()) {
                JsonNode value = values.nextValue();
                if (!value.isObject()) {
                    throw new IllegalArgumentException("a message to the feed must be a JSON object");
                }
                objects.add(Json.mapper().writeValueAsString(value));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the messages to the feed are not JSON");
        } catch (IOException e) {
            throw new IllegalStateException("reading a string never fails", e);
        }
        return objects;
    }

    /** Whether this subscribes to every ticker of a TradeOps feed, so that its sequence numbers have no holes. */
    boolean isOfOurFeed() {
        return ours;
    }

    /**
     * The messages to send, in order.
     *
     * @param fromSeq the sequence number of the first tick to request; empty if it does not matter
     */
    List<String> messages(OptionalLong fromSeq) {
        return ours ? List.of(FeedJson.encode(new FeedCommand.Subscribe(List.of(FeedCommand.ALL), fromSeq))) : texts;
    }

    @Override
    public String toString() {
        return ours ? "FeedSubscription[ours]" : "FeedSubscription[" + texts.size() + " messages]";
    }
}

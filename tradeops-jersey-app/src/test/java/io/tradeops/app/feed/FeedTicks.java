package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedFormatException;
import io.tradeops.app.feed.wire.FeedJson;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.core.trade.Tick;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Decodes the ticks and notices of a replay buffer. */
record FeedTicks(ReplayBuffer buffer) {

    /** All retained ticks, oldest first. */
    List<Tick> all() {
        List<Tick> ticks = new ArrayList<>();
        ReplayBuffer.Frame frame = buffer.frame(buffer.oldestOffset(), Long.MAX_VALUE, Integer.MAX_VALUE);
        for (FeedMessage message : messages(frame)) {
            if (message instanceof FeedMessage.TickMessage numbered) {
                ticks.add(numbered.tick());
            }
        }
        return ticks;
    }

    /** The ticks and notices of a frame. */
    static List<FeedMessage> messages(ReplayBuffer.Frame frame) {
        try {
            return text(frame).isEmpty() ? List.of() : FeedJson.decodeMessages(text(frame));
        } catch (FeedFormatException e) {
            throw new AssertionError(e);
        }
    }

    static String text(ReplayBuffer.Frame frame) {
        return StandardCharsets.UTF_8.decode(frame.json().duplicate()).toString();
    }
}

package io.tradeops.app.feed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a ring holds, decoded. */
record FeedTicks(TickRing ring) {

    List<FeedMessage.Tick> all() {
        List<FeedMessage.Tick> ticks = new ArrayList<>();
        for (long seq = ring.oldestSeq(); seq < ring.nextSeq(); ) {
            seq += ring.lostFrom(seq);
            TickRing.Frame frame = ring.frame(seq, Long.MAX_VALUE, Integer.MAX_VALUE);
            ticks.addAll(decode(text(frame)));
            seq = frame.nextSeq();
        }
        return ticks;
    }

    private static List<FeedMessage.Tick> decode(String text) {
        try {
            return text.isEmpty()
                    ? List.of()
                    : FeedJson.decodeMessages(text).stream()
                            .map(FeedMessage.Tick.class::cast)
                            .toList();
        } catch (FeedFormatException e) {
            throw new AssertionError(e);
        }
    }

    static String text(TickRing.Frame frame) {
        return StandardCharsets.UTF_8.decode(frame.json().duplicate()).toString();
    }
}

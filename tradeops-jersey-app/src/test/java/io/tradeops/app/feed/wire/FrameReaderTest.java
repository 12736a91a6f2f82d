package io.tradeops.app.feed.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Frames of the shapes that the vendors document, with values of our own where those show too little: {@code <} a frame,
 * {@code >} a tick that it gives, {@code !} a refusal, {@code ?} a problem. None was recorded from a vendor's feed.
 */
class FrameReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"alpaca", "massive", "finnhub", "binance"})
    void framesOfAVendorGiveWhatItsFileSays(String vendor) throws Exception {
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        FrameReader reader = new FrameReader();
        for (String line : lines(vendor)) {
            if (line.startsWith("< ")) {
                FrameReader.Frame frame = reader.read(line.substring(2));
                frame.messages().forEach(message -> actual.add(text(message)));
                frame.problems().forEach(problem -> actual.add("? " + problem));
            } else {
                expected.add(line);
            }
        }

        assertThat(expected).isNotEmpty();
        assertThat(actual).isEqualTo(expected);
    }

    private static String text(FeedMessage message) {
        if (message instanceof FeedMessage.VendorTrade trade) {
            return "> " + trade.ticker() + " " + FixedDecimal.toString(trade.priceUnits()) + " "
                    + FixedDecimal.toString(trade.quantityUnits()) + " "
                    + EpochNanos.format(EpochNanos.toInstant(trade.epochNanos()));
        }
        return "! " + ((FeedMessage.Failure) message).message();
    }

    private static List<String> lines(String vendor) throws Exception {
        try (var in = FrameReaderTest.class.getResourceAsStream("/feeds/" + vendor + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}

package blackbox.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.window.PriceMove;
import io.tradeops.core.window.PriceMove.Point;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PriceMoveTest {

    private static final PriceMoveRule RULE = PriceMoveRule.riseOfTwoPercentInOneMinute();
    private static final Point REFERENCE = new Point(1_000_000_000L, 10_000_000_000L, 1);
    private static final Point TRIGGER = new Point(31_000_000_000L, 10_201_340_000L, 57);
    private static final PriceMove MOVE = new PriceMove(RULE, 1, REFERENCE, TRIGGER);

    @Test
    void changeIsInPercentOfTheReference() {
        assertThat(MOVE.changePercent()).isEqualTo(new BigDecimal("2.0134"));
    }

    @Test
    void changeOfAFallIsNegative() {
        assertThat(new PriceMove(RULE, 1, /* reference= */ TRIGGER, /* trigger= */ REFERENCE).changePercent())
                .isEqualTo(new BigDecimal("-1.9737"));
    }

    @Test
    void idIsTheDigestOfRuleTickerAndTicks() throws Exception {
        String identity = "up>2%/60s\nAAPL\n1000000000\n10000000000\n31000000000\n10201340000";
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
        String hex = HexFormat.of().formatHex(digest, 0, 16);

        String id = MOVE.id("AAPL").toString().replace("-", "");

        assertThat(MOVE.id("AAPL").version()).isEqualTo(8);
        assertThat(MOVE.id("AAPL").variant()).isEqualTo(2);
        assertThat(id.substring(0, 12)).isEqualTo(hex.substring(0, 12));
        assertThat(id.substring(13, 16)).isEqualTo(hex.substring(13, 16));
        assertThat(id.substring(17)).isEqualTo(hex.substring(17));
    }

    @Test
    void idIsStableAcrossVersions() {
        assertThat(MOVE.id("AAPL")).hasToString("1ba16748-4fae-852e-a83d-1aef1fe85860");
    }

    @Test
    void idDoesNotDependOnSeq() {
        PriceMove replayed = new PriceMove(
                RULE, 1, new Point(1_000_000_000L, 10_000_000_000L, 7), new Point(31_000_000_000L, 10_201_340_000L, 8));

        assertThat(replayed.id("AAPL")).isEqualTo(MOVE.id("AAPL"));
    }

    @Test
    void idDependsOnEverythingElse() {
        assertThat(new PriceMoveRule[] {
                    new PriceMoveRule(Direction.DOWN, BigDecimal.valueOf(2), Duration.ofSeconds(60)),
                    new PriceMoveRule(Direction.UP, BigDecimal.valueOf(3), Duration.ofSeconds(60)),
                    new PriceMoveRule(Direction.UP, BigDecimal.valueOf(2), Duration.ofSeconds(61))
                })
                .allSatisfy(rule -> assertThat(new PriceMove(rule, 1, REFERENCE, TRIGGER).id("AAPL"))
                        .isNotEqualTo(MOVE.id("AAPL")));
        assertThat(MOVE.id("AAP")).isNotEqualTo(MOVE.id("AAPL"));
        assertThat(new PriceMove(RULE, 1, new Point(2, 10_000_000_000L, 1), TRIGGER).id("AAPL"))
                .isNotEqualTo(MOVE.id("AAPL"));
        assertThat(new PriceMove(RULE, 1, REFERENCE, new Point(31_000_000_000L, 1, 1)).id("AAPL"))
                .isNotEqualTo(MOVE.id("AAPL"));
    }
}

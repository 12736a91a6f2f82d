package blackbox.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.KeyedPriceMoveDetector;
import io.tradeops.core.window.KeyedPriceMoveDetector.Counts;
import io.tradeops.core.window.KeyedPriceMoveSnapshot;
import io.tradeops.core.window.KeyedPriceMoveSnapshot.Clock;
import io.tradeops.core.window.PriceMove.Point;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveSnapshot;
import io.tradeops.core.window.PriceMoveSnapshot.LastMove;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class PriceMoveSnapshotTest {

    private static final long SECOND = 1_000_000_000L;
    private static final PriceMoveRule UP = PriceMoveRule.riseOfTwoPercentInOneMinute();
    private static final PriceMoveRule DOWN =
            PriceMoveRule.parse("down>0.5%/250ms").withCooldown(Duration.ofSeconds(5));

    @Test
    void bytesOfOneTickerAreRead() {
        PriceMoveDetector detector = new PriceMoveDetector(DOWN, Duration.ofSeconds(7), Duration.ofMinutes(1));
        PriceMoveSnapshot empty = detector.snapshot();
        detector.onTick(SECOND, 1_000, -5);
        detector.onTick(SECOND + 1, 900, Long.MAX_VALUE);
        detector.onTick(SECOND + 1, 850, Long.MIN_VALUE);
        detector.onTick(500 * SECOND, 800, 3);
        PriceMoveSnapshot full = detector.snapshot();

        assertThat(PriceMoveSnapshot.fromBytes(empty.toBytes())).isEqualTo(empty);
        assertThat(PriceMoveSnapshot.fromBytes(full.toBytes())).isEqualTo(full);
        assertThat(full.heldTick()).contains(new Point(500 * SECOND, 800, 3));
        assertThat(full.lastMove()).contains(new LastMove(1, SECOND + 1, 900));
        assertThat(full.armed()).isFalse();
        assertThat(full.ticks()).hasSize(3);
    }

    @Test
    void bytesOfManyTickersAreRead() {
        KeyedPriceMoveSnapshot empty =
                KeyedPriceMoveDetector.builder(UP).build().snapshot();
        KeyedPriceMoveSnapshot full = keyed();

        assertThat(KeyedPriceMoveSnapshot.fromBytes(empty.toBytes())).isEqualTo(empty);
        assertThat(KeyedPriceMoveSnapshot.fromBytes(full.toBytes())).isEqualTo(full);
        assertThat(KeyedPriceMoveSnapshot.fromBytes(full.toBytes()).toBytes()).isEqualTo(full.toBytes());
        assertThat(full.clock().confirmations()).isEqualTo(1);
    }

    @Test
    void bytesAreFew() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP).build();
        for (int i = 0; i < 10_000; i++) {
            long time = EpochNanos.MAX / 2 + i * SECOND / 1000;
            detector.onTick("T" + i % 10, time, 18_712_000_000L + i * FixedDecimal.ONE / 100, i);
        }

        assertThat(detector.snapshot().toBytes()).hasSizeLessThan(10_000 * 10);
    }

    @Test
    void damagedBytesAreRefused() {
        byte[] bytes = keyed().toBytes();
        for (int i = 5; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x10;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyedPriceMoveSnapshot.fromBytes(damaged))
                    .withMessage("the bytes are damaged: their checksum is wrong");
        }
    }

    @Test
    void truncatedBytesAreRefused() {
        byte[] bytes = keyed().toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> KeyedPriceMoveSnapshot.fromBytes(truncated));
        }
    }

    @Test
    void bytesOfAnotherKindOrVersionAreRefused() {
        byte[] single = new PriceMoveDetector(UP).snapshot().toBytes();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyedPriceMoveSnapshot.fromBytes(single))
                .withMessageContaining("TOKM");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceMoveSnapshot.fromBytes(keyed().toBytes()))
                .withMessageContaining("TOPM");

        single[4] = 2;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceMoveSnapshot.fromBytes(withChecksum(single)))
                .withMessage("the bytes are of version 2; this program reads versions 1 to 1");
    }

    /** The checksum is right in all of these, so that only the reader's own checks can refuse them. */
    @Test
    void forgedBytesAreRefused() {
        byte[] bytes = keyed().toBytes();
        int refused = 0;
        for (int i = 5; i < bytes.length - 4; i++) {
            for (int value : new int[] {0x00, 0x7F, 0x80, 0xFF}) {
                byte[] forged = bytes.clone();
                forged[i] = (byte) value;
                refused += isRefused(withChecksum(forged)) ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(bytes.length);
    }

    @Test
    void aForgedNumberOfTicksAllocatesNothing() {
        byte[] bytes = new PriceMoveDetector(UP).snapshot().toBytes();
        byte[] forged = Arrays.copyOf(bytes, bytes.length + 4);
        int count = bytes.length - 5;
        forged[count] = (byte) 0xFF;
        forged[count + 1] = (byte) 0xFF;
        forged[count + 2] = (byte) 0xFF;
        forged[count + 3] = (byte) 0xFF;
        forged[count + 4] = 7;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceMoveSnapshot.fromBytes(withChecksum(forged)))
                .withMessageContaining("number of ticks must be 0 to 0: 2147483647");
    }

    @Test
    void checksEveryValue() {
        assertRefused("epochNanos", () -> new Point(-1, 1, 0));
        assertRefused("epochNanos", () -> new Point(EpochNanos.MAX + 1, 1, 0));
        assertRefused("priceUnits", () -> new Point(0, 0, 0));
        assertRefused("priceUnits", () -> new Point(0, FixedDecimal.MAX_UNITS + 1, 0));
        assertRefused("step", () -> new LastMove(0, 0, 1));
        assertRefused("priceUnits", () -> new LastMove(1, 0, 0));
        assertRefused("epochNanos", () -> new LastMove(1, -1, 1));
        assertRefused("epochNanos", () -> snapshot(-2, true, 0, 0, List.of()));
        assertRefused("epochNanos", () -> snapshot(EpochNanos.MAX + 1, true, 0, 0, List.of()));
        assertRefused("must be armed", () -> snapshot(5, false, 0, 0, List.of()));
        assertRefused("lateTicks", () -> snapshot(5, true, -1, 0, List.of()));
        assertRefused("aheadTicks", () -> snapshot(5, true, 0, -1, List.of()));
        assertRefused("order", () -> snapshot(5, true, 0, 0, List.of(new Point(2, 1, 0), new Point(1, 1, 0))));
        assertRefused("newestNanos", () -> snapshot(1, true, 0, 0, List.of(new Point(2, 1, 0))));
        assertRefused("allowedLateness", () -> withDurations(Duration.ofDays(8), Duration.ZERO));
        assertRefused("maxAhead", () -> withDurations(Duration.ZERO, Duration.ofSeconds(-1)));
        assertRefused("heldTick", () -> withHeld(new Point(5, 1, 0)));
        assertRefused("tickers", () -> new Counts(-1, 0, 0, 0, 0, 0));
        assertRefused("unretainedTicks", () -> new Counts(0, 0, 0, 0, 0, -1));
        assertRefused("confirmations", () -> new Clock(OptionalLong.of(1), OptionalLong.of(2), 8));
        assertRefused("confirmations", () -> new Clock(OptionalLong.of(1), OptionalLong.empty(), 1));
        assertRefused("epochNanos", () -> new Clock(OptionalLong.of(-1), OptionalLong.empty(), 0));
        PriceMoveSnapshot late = snapshot(5, true, 3, 0, List.of());
        assertRefused(
                "counts",
                () -> new KeyedPriceMoveSnapshot(
                        new Clock(OptionalLong.empty(), OptionalLong.empty(), 0),
                        new Counts(1, 0, 2, 0, 0, 0),
                        Map.of("A", List.of(late))));
    }

    private static void assertRefused(String message, Runnable action) {
        assertThatIllegalArgumentException().isThrownBy(action::run).withMessageContaining(message);
    }

    private static PriceMoveSnapshot snapshot(long newest, boolean armed, long late, long ahead, List<Point> ticks) {
        return new PriceMoveSnapshot(
                UP,
                Duration.ZERO,
                Duration.ZERO,
                OptionalLong.of(newest),
                armed,
                Optional.empty(),
                late,
                ahead,
                Optional.empty(),
                ticks);
    }

    private static PriceMoveSnapshot withDurations(Duration allowedLateness, Duration maxAhead) {
        return new PriceMoveSnapshot(
                UP,
                allowedLateness,
                maxAhead,
                OptionalLong.empty(),
                true,
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                List.of());
    }

    private static PriceMoveSnapshot withHeld(Point held) {
        return new PriceMoveSnapshot(
                UP,
                Duration.ZERO,
                Duration.ZERO,
                OptionalLong.of(5),
                true,
                Optional.empty(),
                0,
                0,
                Optional.of(held),
                List.of());
    }

    private static KeyedPriceMoveSnapshot keyed() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP, DOWN)
                .maxTickers(2)
                .maxRetainedTicks(20)
                .build();
        for (int i = 0; i < 10; i++) {
            detector.onTick("AAPL", 100 * SECOND + i, 1_000 + i * 9L, i);
            detector.onTick("BTC/USD", 100 * SECOND - i * SECOND, 1_000 - i * 9L, i);
        }
        detector.onTick("MSFT", 100 * SECOND, 1, 1);
        detector.onTick("AAPL", 5_000 * SECOND, 1_000, 11);
        return detector.snapshot();
    }

    private static boolean isRefused(byte[] bytes) {
        try {
            KeyedPriceMoveSnapshot.fromBytes(bytes);
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static byte[] withChecksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, bytes.length - 4);
        ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) checksum.getValue());
        return bytes;
    }
}

package io.tradeops.core.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.codec.BytesWriter;
import io.tradeops.core.trade.EpochNanos;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Snapshots whose checksum is right and whose values were changed: they are refused, or they are a state. */
class ForgedSnapshotTest {

    private static final TimeWindows WINDOWS = TimeWindows.of(Duration.ofSeconds(1));
    private static final long SECOND = 1_000_000_000L;
    private static final int FORGERIES = 100_000;

    @Test
    void averagerRefusesOrRestoresForgedSnapshots() {
        PriceAverager averager = new PriceAverager(WINDOWS);
        averager.close(Instant.ofEpochSecond(1));
        for (int i = 0; i < 5; i++) {
            averager.add(i * SECOND, 1 + i, i, i);
        }
        averager.add(10_000 * SECOND, 1, 1, 9);
        byte[] snapshot = averager.snapshot();
        SplittableRandom random = new SplittableRandom(41);
        int refused = 0;
        for (int i = 0; i < FORGERIES; i++) {
            PriceAverager restored = new PriceAverager(WINDOWS);
            try {
                restored.restore(forge(random, snapshot));
            } catch (IllegalArgumentException e) {
                refused++;
                continue;
            }
            restored.restore(restored.snapshot());
            restored.add(3 * SECOND, 1, 1, 1);
            restored.close(Instant.MAX);
            assertThat(restored.close(Instant.MAX)).isEmpty();
        }
        assertThat(refused).isBetween(1, FORGERIES - 1);
    }

    @Test
    void keyedAveragerRefusesOrRestoresForgedSnapshots() {
        KeyedPriceAverager.Builder builder = KeyedPriceAverager.builder(WINDOWS)
                .revisableFor(Duration.ofSeconds(2))
                .maxWindows(10)
                .maxTickers(3);
        KeyedPriceAverager averager = builder.build();
        averager.close(Instant.EPOCH);
        for (int i = 0; i < 7; i++) {
            averager.add("T" + i % 2, i * SECOND, 1 + i, i, i);
        }
        averager.close();
        averager.add("T0", 3 * SECOND, 5, 0, 8);
        averager.add("T0", 10_000 * SECOND, 1, 1, 9);
        byte[] snapshot = averager.snapshot();
        SplittableRandom random = new SplittableRandom(42);
        int refused = 0;
        for (int i = 0; i < FORGERIES; i++) {
            KeyedPriceAverager restored = builder.build();
            try {
                restored.restore(forge(random, snapshot));
            } catch (IllegalArgumentException e) {
                refused++;
                continue;
            }
            restored.restore(restored.snapshot());
            restored.add("T1", 6 * SECOND, 1, 1, 1);
            assertThat(restored.counts().windows()).isLessThanOrEqualTo(10);
            restored.close(Instant.MAX);
            assertThat(restored.counts().windows()).isZero();
        }
        assertThat(refused).isBetween(1, FORGERIES - 1);
    }

    @Test
    void refusesWindowsThatAreNotInOrderOrAreThereTwice() {
        PriceAverager averager = new PriceAverager(WINDOWS);

        assertDamaged(averager, "windows are not in the order of time", 2 * SECOND, SECOND);
        assertDamaged(averager, "windows are not in the order of time", SECOND, SECOND + 1);
        assertDamaged(averager, "epochNanos must be 0 to " + EpochNanos.MAX + ": " + Long.MIN_VALUE, Long.MIN_VALUE);
    }

    private static void assertDamaged(PriceAverager averager, String message, long... times) {
        BytesWriter out = new BytesWriter("TOAV", 1).writeText("PT1S");
        new FeedTime(Duration.ofMinutes(5)).writeTo(out);
        out.writeUnsigned(0).writeUnsigned(0).writeUnsigned(0).writeUnsigned(times.length);
        for (long time : times) {
            out.writeUnsigned(1)
                    .writeInteger(BigInteger.ONE)
                    .writeInteger(BigInteger.ZERO)
                    .writeInteger(BigInteger.ZERO);
            out.writeUnsigned(time).writeUnsigned(1).writeSigned(0);
            out.writeUnsigned(0).writeUnsigned(1).writeSigned(0);
            out.writeUnsigned(1).writeUnsigned(1);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> averager.restore(out.toByteArray()))
                .withMessage("the bytes are damaged: " + message);
    }

    /** Changes one to three bytes, or a whole run of them, and mends the checksum. */
    private static byte[] forge(SplittableRandom random, byte[] snapshot) {
        byte[] forged = snapshot.clone();
        int content = forged.length - Integer.BYTES;
        for (int i = random.nextInt(3); i >= 0; i--) {
            forged[random.nextInt(content)] = (byte) random.nextInt();
        }
        if (random.nextInt(4) == 0) {
            int from = random.nextInt(content);
            Arrays.fill(forged, from, Math.min(content, from + random.nextInt(11)), (byte) 0xFF);
        }
        CRC32 crc = new CRC32();
        crc.update(forged, 0, content);
        ByteBuffer.wrap(forged).putInt(content, (int) crc.getValue());
        return forged;
    }
}

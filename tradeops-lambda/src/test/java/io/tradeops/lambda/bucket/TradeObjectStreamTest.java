package io.tradeops.lambda.bucket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TradeObjectStreamTest {

    private static final byte[] CONTENT = "ticker,price,quantity\nAAPL,187.12,100\n".getBytes(US_ASCII);

    private final List<Long> resumedFrom = new ArrayList<>();
    private int aborted;
    private int closed;

    @Test
    void resumesAtTheNextByteAfterAConnectionBreaks() throws Exception {
        try (TradeObjectStream stream = open(new Connection(0, 7, true), 12)) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(resumedFrom).containsExactly(7L, 19L, 31L);
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void treatsAnEarlyEndAsABrokenConnection() throws Exception {
        try (TradeObjectStream stream = open(new Connection(0, 7, false), CONTENT.length)) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(resumedFrom).containsExactly(7L);
    }

    @Test
    void failsAfterTooManyConnectionsWithoutAByte() throws Exception {
        try (TradeObjectStream stream = open(new Connection(0, 0, true), 0)) {
            assertThatIOException().isThrownBy(stream::readAllBytes).withMessage("connection reset");
        }
        assertThat(resumedFrom).hasSize(TradeObjectStream.MAX_BREAKS);
    }

    @Test
    void doesNotResumeAfterTheLastByte() throws Exception {
        try (TradeObjectStream stream = open(new Connection(0, CONTENT.length, true), 0)) {
            assertThat(stream.readNBytes(CONTENT.length)).isEqualTo(CONTENT);
            assertThatIOException().isThrownBy(stream::read).withMessage("connection reset");
        }
        assertThat(resumedFrom).isEmpty();
    }

    @Test
    void abortsTheConnectionWhenClosedEarly() throws Exception {
        TradeObjectStream stream = open(new Connection(0, CONTENT.length, true), 0);
        assertThat(stream.read()).isEqualTo('t');
        stream.close();
        stream.close();
        assertThat(aborted).isEqualTo(1);
        assertThat(closed).isZero();
        assertThatIOException().isThrownBy(stream::read).withMessage("stream is closed: trades.csv");
    }

    @Test
    void doesNotResumeInAnInterruptedThread() throws Exception {
        try (TradeObjectStream stream = open(new Connection(0, 0, true), CONTENT.length)) {
            Thread.currentThread().interrupt();
            assertThatIOException()
                    .isThrownBy(stream::read)
                    .isInstanceOf(InterruptedIOException.class)
                    .withMessage("interrupted at byte 0: trades.csv");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(resumedFrom).isEmpty();
    }

    private TradeObjectStream open(Connection first, int bytesPerResumption) {
        StoredObject object = new StoredObject("trades.csv", "abc", CONTENT.length, Map.of());
        return new TradeObjectStream(object, first, from -> {
            resumedFrom.add(from);
            return new Connection((int) from, bytesPerResumption, true);
        });
    }

    /** A connection that gives {@code count} bytes. It then ends with the content, breaks, or ends too early. */
    private final class Connection implements TradeObjectStream.Body {

        private final ByteArrayInputStream bytes;
        private final boolean fails;
        private final boolean whole;

        Connection(int from, int count, boolean fails) {
            int length = Math.min(count, CONTENT.length - from);
            this.bytes = new ByteArrayInputStream(CONTENT, from, length);
            this.fails = fails;
            this.whole = from > 0 && from + length == CONTENT.length;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (bytes.available() == 0 && fails && !whole) {
                throw new IOException("connection reset");
            }
            return bytes.read(target, offset, length);
        }

        @Override
        public void close() {
            closed++;
        }

        @Override
        public void abort() {
            aborted++;
        }
    }
}

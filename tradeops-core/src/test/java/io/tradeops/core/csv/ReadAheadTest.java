package io.tradeops.core.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class ReadAheadTest {

    static Throwable[] failures() {
        return new Throwable[] {
            new IOException("connection reset"), new IllegalStateException("closed"), new StackOverflowError()
        };
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failsLikeTheStreamAfterItsBytes(Throwable failure) throws IOException {
        try (ReadAhead in = new ReadAhead(new Failing(10, failure))) {
            assertThat(in.readNBytes(10)).hasSize(10);
            assertThatThrownBy(in::read).isSameAs(failure);
            assertThatThrownBy(in::read).isSameAs(failure);
        }
    }

    @Test
    void readsThreeBlocksAheadAndNoMore() throws IOException {
        Endless endless = new Endless();
        try (ReadAhead in = new ReadAhead(endless)) {
            assertThat(in.read()).isEqualTo('x');
            endless.awaitRest();

            assertThat(endless.given.get()).isEqualTo(3L * RowSource.BLOCK);

            in.skipNBytes(RowSource.BLOCK);
            endless.awaitMoreThan(3L * RowSource.BLOCK);
        }
    }

    @Test
    void closingEndsItsThread() throws IOException {
        Endless endless = new Endless();
        ReadAhead in = new ReadAhead(endless);
        assertThat(in.read()).isEqualTo('x');
        Thread reader = endless.reader.join();

        in.close();

        assertThat(reader.isAlive()).isFalse();
        assertThat(reader.isDaemon()).isTrue();
    }

    @Test
    void endsWhenItsReaderIsInterrupted() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        InputStream blocked = new InputStream() {
            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("closed");
                }
                return -1;
            }
        };
        try (ReadAhead in = new ReadAhead(blocked)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(in::read)
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("the analysis was interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** A stream that gives some bytes, one at a time, and then fails. */
    private static final class Failing extends InputStream {

        private final Throwable failure;
        private int left;

        Failing(int count, Throwable failure) {
            this.left = count;
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                ReadAhead.rethrow(failure);
            }
            left--;
            return 'x';
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            target[offset] = (byte) read();
            return 1;
        }
    }

    /** A stream without an end, which records its reader and the number of bytes that it gave. */
    private static final class Endless extends InputStream {

        private final AtomicLong given = new AtomicLong();
        private final CompletableFuture<Thread> reader = new CompletableFuture<>();

        @Override
        public int read() {
            throw new UncheckedIOException(new IOException("one byte at a time"));
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            reader.complete(Thread.currentThread());
            Arrays.fill(target, offset, offset + length, (byte) 'x');
            given.addAndGet(length);
            return length;
        }

        void awaitRest() {
            awaitMoreThan(3L * RowSource.BLOCK - 1);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (reader.join().getState() != Thread.State.WAITING && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
        }

        void awaitMoreThan(long bytes) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (given.get() <= bytes && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(given.get()).isGreaterThan(bytes);
        }
    }
}

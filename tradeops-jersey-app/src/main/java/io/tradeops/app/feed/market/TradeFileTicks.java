package io.tradeops.app.feed.market;

import io.tradeops.core.csv.TradeCsvReader;
import io.tradeops.core.csv.TradeRow;
import io.tradeops.core.trade.EpochNanos;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The trades of a CSV file as ticks in the order of the file. A thread of its own reads ahead in constant memory.
 * Timestamps are truncated to microseconds. Not thread-safe.
 */
public final class TradeFileTicks implements Iterator<TimedTick>, AutoCloseable {

    private static final int READ_AHEAD = 10_000;

    private final Path file;
    private final BlockingQueue<Optional<TimedTick>> queue = new ArrayBlockingQueue<>(READ_AHEAD);
    private final Thread thread;
    private volatile @Nullable Throwable failure;
    private Optional<TimedTick> next = Optional.empty();
    private boolean ended;

    private TradeFileTicks(Path file, TradeCsvReader reader) {
        this.file = file;
        this.thread = new Thread(() -> readAll(reader), "feed-replay");
        this.thread.setDaemon(true);
    }

    /**
     * Opens a file and reads its first trade.
     *
     * @throws IOException if the file is not readable, or has no trades
     */
    public static TradeFileTicks open(Path file, TradeCsvReader reader) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory, not a trades file");
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        TradeFileTicks ticks = new TradeFileTicks(file, reader);
        ticks.thread.start();
        try {
            if (ticks.hasNext()) {
                return ticks;
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        throw new IOException(file + " has no trades");
    }

    /**
     * A source of the file's ticks with their own timestamps.
     *
     * @param start the time to publish the first tick at, in nanoseconds since 1970
     * @param speed the factor by which it is faster than the file's timestamps, above 0, at most 1,000,000
     * @throws IllegalArgumentException if the speed is out of range
     */
    public TickSource source(long start, double speed) {
        return new ReplaySource(this, start, speed);
    }

    @Override
    public boolean hasNext() {
        if (next.isEmpty() && !ended) {
            next = take();
            ended = next.isEmpty();
            throwFailure();
        }
        return next.isPresent();
    }

    @Override
    public TimedTick next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        TimedTick tick = next.get();
        next = Optional.empty();
        return tick;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private Optional<TimedTick> take() {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void throwFailure() {
        Throwable failed = failure;
        if (ended && failed != null) {
            throw new UncheckedIOException(
                    failed instanceof IOException io ? io : new IOException("reading " + file + " failed", failed));
        }
    }

    private void readAll(TradeCsvReader reader) {
        try (InputStream in = Files.newInputStream(file)) {
            reader.read(in, row -> put(Optional.of(tick(row))));
        } catch (IOException | RuntimeException | Error e) { // the reader of the queue waits for its end
            failure = e;
        }
        try {
            put(Optional.empty());
        } catch (IOException e) {
            failure = e;
        }
    }

    private TimedTick tick(TradeRow row) throws IOException {
        if (row.epochNanos() == TradeRow.NO_TIMESTAMP) {
            throw new IOException(file + ", line " + row.line() + ": a feed needs a timestamp");
        }
        return TimedTick.of(
                row.ticker(), EpochNanos.truncateToMicros(row.epochNanos()), row.priceUnits(), row.quantityUnits());
    }

    private void put(Optional<TimedTick> tick) throws IOException {
        try {
            queue.put(tick);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("reading " + file + " was stopped", e);
        }
    }
}

package io.tradeops.app.trade;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tradeops.app.db.Database;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.rest.AnswerMemory;
import io.tradeops.app.rest.BodyReader;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.core.trade.Trade;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Accepts batches in each of their formats. Three limits bound the memory: the bytes of all bodies that have arrived, the
 * number of batches that are stored at a time, and the bytes of all answers. They are lower on a small heap.
 * Thread-safe.
 */
final class BatchIntake {

    private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;
    private static final int MAX_BODIES = 20;
    private static final long HEAP = Runtime.getRuntime().maxMemory();

    /** An eighth of the heap, at least one body and at most 64 MiB. */
    private static final int BYTES_OF_BODIES = (int) Math.max(MAX_BODY_BYTES, Math.min(HEAP / 8, 8L * MAX_BODY_BYTES));

    /** A large batch takes some 30 MiB while it is stored. */
    private static final int MAX_STORED_AT_A_TIME = (int) Math.max(1, Math.min(8, HEAP / (128L << 20)));

    /** An id in JSON takes 39 bytes. */
    private static final long LONGEST_ANSWER = 40L * BatchCollector.MAX_TRADES;

    private final BodyReader bodies = new BodyReader(MAX_BODY_BYTES, MAX_BODIES);
    private final Semaphore bytes = new Semaphore(BYTES_OF_BODIES);
    private final Semaphore storing = new Semaphore(MAX_STORED_AT_A_TIME, true);
    private final Database database;
    private final TradeEntry entry;
    private final InstantSource clock;
    private final AnswerMemory memory;

    BatchIntake(Database database, TradeEntry entry, InstantSource clock, AnswerMemory memory) {
        this.database = database;
        this.entry = entry;
        this.clock = clock;
        this.memory = memory;
    }

    /** Reads a batch and stores it.
     *
     * @param tradesUri the URI of all trades, with a trailing slash
     * @throws ProblemException 4xx if the batch is refused; 503 if too many batches are being sent, or too
     *     many answers wait for their clients
     * @throws DatabaseUnavailableException if the database is away, or other batches take too long to store */
    EntryAnswer enter(
            InputStream body, ContainerRequestContext request, HttpServletRequest servletRequest, String tradesUri) {
        requireType(request.getMediaType());
        IdempotencyKey.requireValid(request);
        try (CountedBody counted = new CountedBody(body, bytes)) {
            byte[] whole = bodies.read(counted, request);
            AnswerMemory.Hold hold = memory.hold(servletRequest, LONGEST_ANSWER);
            // the permit comes after the body: a client that sends slowly must not hold one
            EntryAnswer answer = database.withPermit(storing, () -> store(whole, request, tradesUri));
            hold.reduceTo(answer.body().length());
            return answer;
        }
    }

    private EntryAnswer store(byte[] body, ContainerRequestContext request, String tradesUri) {
        Optional<IdempotencyKey> key = IdempotencyKey.of(request, "/trades/batch", body);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<StoredTrade> stored = read(request.getMediaType(), body, now).stream()
                .map(trade -> new StoredTrade(UuidCreator.getTimeOrderedEpoch(), trade, now))
                .toList();
        return entry.all(stored, key, tradesUri);
    }

    private static List<Trade> read(MediaType type, byte[] body, Instant now) {
        return switch (type.getSubtype().toLowerCase(Locale.ROOT)) {
            case "csv" -> BatchReader.readCsv(body, now);
            case "x-ndjson" -> BatchReader.readLines(body, now);
            default -> BatchReader.readArray(body, now);
        };
    }

    private static void requireType(@Nullable MediaType type) {
        if (type == null) {
            throw ProblemException.unsupportedType(
                    "a batch needs a Content-Type: application/json, application/x-ndjson or text/csv");
        }
        Utf8.require(type, "a batch");
    }
}

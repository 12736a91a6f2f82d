package io.tradeops.app.trade;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tradeops.app.db.Database;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.rest.BodyReader;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.core.trade.Trade;
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

/**
 * Accepts batches in each of their formats. Two limits bound the memory: the bytes of all bodies that have arrived, and
 * the number of batches that are stored at a time. Thread-safe.
 */
final class BatchIntake {

    private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;
    private static final int MAX_BODIES = 32;
    private static final int MAX_STORED_AT_A_TIME = 8;

    private final BodyReader bodies = new BodyReader(MAX_BODY_BYTES, MAX_BODIES);
    private final Semaphore bytes = new Semaphore(MAX_STORED_AT_A_TIME * MAX_BODY_BYTES);
    private final Semaphore storing = new Semaphore(MAX_STORED_AT_A_TIME, true);
    private final Database database;
    private final TradeEntry entry;
    private final InstantSource clock;

    BatchIntake(Database database, TradeEntry entry, InstantSource clock) {
        this.database = database;
        this.entry = entry;
        this.clock = clock;
    }

    /** Reads a batch and stores it.
     *
     * @param tradesUri the URI of all trades, with a trailing slash
     * @throws ProblemException 4xx if the batch is refused; 503 if too many batches are being sent
     * @throws DatabaseUnavailableException if the database is away, or other batches take too long to store */
    EntryAnswer enter(InputStream body, ContainerRequestContext request, String tradesUri) {
        requireUtf8(request);
        try (CountedBody counted = new CountedBody(body, bytes)) {
            byte[] whole = bodies.read(counted);
            // the permit comes after the body: a client that sends slowly must not hold one
            return database.withPermit(storing, () -> store(whole, request, tradesUri));
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

    private static void requireUtf8(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        if (type == null) {
            throw ProblemException.unsupportedType(
                    "a batch needs a Content-Type: application/json, application/x-ndjson or text/csv");
        }
        String charset = type.getParameters().getOrDefault("charset", "utf-8");
        if (!charset.equalsIgnoreCase("utf-8")) {
            throw ProblemException.unsupportedType("a batch must be UTF-8: " + type);
        }
    }
}

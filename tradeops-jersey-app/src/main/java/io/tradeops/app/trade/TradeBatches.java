package io.tradeops.app.trade;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tradeops.app.http.ProblemException;
import io.tradeops.app.http.RequestBody;
import io.tradeops.core.trade.Trade;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes batches in each of their formats. Memory is bounded: by the bytes that have arrived of all of them, and by how many are
 * stored at a time. Thread-safe.
 */
final class TradeBatches {

    private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;
    private static final int MAX_AT_A_TIME = 8;
    private static final long PATIENCE_SECONDS = 5;

    private final Semaphore bytes = new Semaphore(MAX_AT_A_TIME * MAX_BODY_BYTES);
    private final Semaphore places = new Semaphore(MAX_AT_A_TIME, true);
    private final TradeEntry entry;
    private final InstantSource clock;

    TradeBatches(TradeEntry entry, InstantSource clock) {
        this.entry = entry;
        this.clock = clock;
    }

    /** Reads a batch and stores it.
     *
     * @throws ProblemException whatever is wrong with it, or 503 if there are too many at the moment */
    EntryAnswer enter(InputStream body, ContainerRequestContext request, String trades) {
        requirePlainUtf8(request);
        try (CountedBody counted = new CountedBody(body, bytes)) {
            byte[] whole = RequestBody.read(counted, MAX_BODY_BYTES);
            takePlace(); // not before it is here: whoever sends slowly would have the place meanwhile
            try {
                return store(whole, request, trades);
            } finally {
                places.release();
            }
        }
    }

    private void takePlace() {
        boolean taken = false;
        try {
            taken = places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!taken) {
            throw ProblemException.busy("the server stores " + MAX_AT_A_TIME + " batches at a time; try again");
        }
    }

    private EntryAnswer store(byte[] body, ContainerRequestContext request, String trades) {
        Optional<IdempotencyKey> key = IdempotencyKey.of(request, "/trades/batch", body);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<StoredTrade> stored = read(request.getMediaType(), body, now).stream()
                .map(trade -> new StoredTrade(UuidCreator.getTimeOrderedEpoch(), trade, now))
                .toList();
        return entry.all(stored, key, trades);
    }

    private static List<Trade> read(MediaType type, byte[] body, Instant now) {
        return switch (type.getSubtype()) {
            case "csv" -> BatchBody.readCsv(body, now);
            case "x-ndjson" -> BatchBody.readLines(body, now);
            default -> BatchBody.readArray(body, now);
        };
    }

    private static void requirePlainUtf8(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        if (type == null) {
            throw ProblemException.unsupportedType(
                    "a batch needs a Content-Type: application/json, application/x-ndjson or text/csv");
        }
        String charset = type.getParameters().getOrDefault("charset", "utf-8");
        String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (!charset.equalsIgnoreCase("utf-8") || encoding != null) {
            throw ProblemException.unsupportedType("a batch must be plain UTF-8, not compressed");
        }
    }
}

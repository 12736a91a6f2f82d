package io.tradeops.app.trade;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tradeops.app.http.InputError;
import io.tradeops.app.http.Json;
import io.tradeops.app.http.ProblemException;
import io.tradeops.core.trade.Trade;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Reads a body that is many trades. Static functions; thread-safe. */
final class BatchBody {

    private BatchBody() {}

    /** Reads a part of a body. */
    private interface Content {
        void read(JsonParser parser, TradeBatch batch, Instant now) throws IOException;
    }

    /**
     * Reads a JSON array of trades.
     *
     * @throws ProblemException 400 if the body is not JSON, 413 for too many, 422 with every violation
     */
    static List<Trade> readArray(byte[] body, Instant now) {
        return read(body, now, BatchBody::array);
    }

    /** Reads one JSON object per line, as {@link #readArray} otherwise. */
    static List<Trade> readLines(byte[] body, Instant now) {
        return read(body, now, BatchBody::lines);
    }

    /** Reads a CSV file in one of the ways that the core reads them, as {@link #readArray} otherwise. */
    static List<Trade> readCsv(byte[] body, Instant now) {
        return CsvBatch.read(body, now);
    }

    private static List<Trade> read(byte[] body, Instant now, Content content) {
        TradeBatch batch = new TradeBatch();
        // a reader of our own: from bytes the parser would guess UTF-16 and UTF-32 as well
        Reader text = new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = Json.factory().createParser(text)) {
            content.read(parser, batch, now);
        } catch (JsonProcessingException e) {
            throw JsonTrade.notJson(e);
        } catch (CharacterCodingException e) {
            throw JsonTrade.notUtf8();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return batch.finish();
    }

    private static void array(JsonParser parser, TradeBatch batch, Instant now) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw ProblemException.unreadable("the body is empty; a batch is a JSON array of trades");
        }
        if (first != JsonToken.START_ARRAY) {
            parser.skipChildren();
            batch.errors().add(InputError.at("", "not_an_array", "a batch must be a JSON array of trades"));
        }
        while (first == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
            batch.add(JsonTrade.read(parser, batch.nextPointer(), now, batch.errors()));
        }
        if (parser.nextToken() != null) {
            throw ProblemException.unreadable("the body must end after one JSON value");
        }
        if (first != JsonToken.START_ARRAY) {
            throw ProblemException.invalid(batch.errors().first());
        }
    }

    private static void lines(JsonParser parser, TradeBatch batch, Instant now) throws IOException {
        while (parser.nextToken() != null) {
            batch.add(JsonTrade.read(parser, batch.nextPointer(), now, batch.errors()));
        }
    }
}

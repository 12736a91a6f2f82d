package io.tradeops.app.trade;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tradeops.app.rest.InputError;
import io.tradeops.app.rest.Json;
import io.tradeops.app.rest.ProblemException;
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

/** Reads a body that is a batch of trades. Static functions; thread-safe. */
final class BatchReader {

    /** As of a body that is one trade. A line becomes a text as a whole, an array does not. */
    private static final int MAX_LINE_BYTES = 64 * 1024;

    private BatchReader() {}

    /**
     * Reads a JSON array of trades.
     *
     * @param now the time that the validator compares timestamps with, and the timestamp of a trade without one
     * @throws ProblemException 400 if the body is not JSON; 413 if it has too many trades; 422 with the first violations;
     *     409 if two trades are the same
     */
    static List<Trade> readArray(byte[] body, Instant now) {
        BatchCollector batch = new BatchCollector();
        int start = Utf8.start(body);
        // decoded here: from bytes, the parser would also accept UTF-16 and UTF-32
        Reader text = new InputStreamReader(
                new ByteArrayInputStream(body, start, body.length - start), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = Json.factory().createParser(text)) {
            array(parser, batch, now);
        } catch (JsonProcessingException e) {
            throw TradeJsonReader.notJson(e, 0);
        } catch (CharacterCodingException e) {
            throw Utf8.invalid();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return batch.finish();
    }

    /** Reads one JSON object per line and skips empty lines; otherwise as {@link #readArray}. */
    static List<Trade> readLines(byte[] body, Instant now) {
        BatchCollector batch = new BatchCollector();
        int line = 1;
        int end;
        for (int start = Utf8.start(body); start < body.length; start = end + 1, line++) {
            end = endOfLine(body, start);
            if (end - start > MAX_LINE_BYTES) {
                throw ProblemException.tooLarge("line " + line + " must have at most " + MAX_LINE_BYTES + " bytes");
            }
            readLine(Utf8.decode(body, start, end), line, batch, now);
        }
        return batch.finish();
    }

    /** Reads a CSV file of any form that the core accepts; otherwise as {@link #readArray}. */
    static List<Trade> readCsv(byte[] body, Instant now) {
        return CsvBatchReader.read(body, now);
    }

    private static void array(JsonParser parser, BatchCollector batch, Instant now) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw ProblemException.unreadable("the body is empty; a batch is a JSON array of trades");
        }
        if (first != JsonToken.START_ARRAY) {
            Json.skip(parser);
            batch.errors().add(() -> InputError.at("", "not_an_array", "a batch must be a JSON array of trades"));
        }
        while (first == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
            batch.add(TradeJsonReader.read(parser, batch.nextPointer(), now, batch.errors()));
        }
        if (parser.nextToken() != null) {
            throw ProblemException.unreadable("the body must end after one JSON value");
        }
        if (first != JsonToken.START_ARRAY) {
            throw ProblemException.invalid(
                    batch.errors().first(), batch.errors().total());
        }
    }

    private static void readLine(String text, int line, BatchCollector batch, Instant now) {
        try (JsonParser parser = Json.factory().createParser(text)) {
            if (parser.nextToken() == null) {
                return;
            }
            batch.add(TradeJsonReader.read(parser, batch.nextPointer(), now, batch.errors()));
            if (parser.nextToken() != null) {
                throw ProblemException.unreadable("line " + line + " must end after one JSON object");
            }
        } catch (JsonProcessingException e) {
            throw TradeJsonReader.notJson(e, line - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int endOfLine(byte[] body, int from) {
        int end = from;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }
}

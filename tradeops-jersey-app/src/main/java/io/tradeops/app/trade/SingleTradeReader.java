package io.tradeops.app.trade;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.tradeops.app.rest.Json;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.core.trade.Trade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** Reads a body that is one trade. Static functions; thread-safe. */
final class SingleTradeReader {

    private SingleTradeReader() {}

    /**
     * Reads one trade.
     *
     * @param now the time that the validator compares the timestamp with, and the timestamp of a trade without one
     * @throws ProblemException 400 if the body is not JSON; 422 with the first violations
     */
    static Trade read(byte[] json, Instant now) {
        ErrorList errors = new ErrorList();
        try (JsonParser parser = Json.factory().createParser(Utf8.decode(json, Utf8.start(json), json.length))) {
            if (parser.nextToken() == null) {
                throw ProblemException.unreadable("the body is empty; a trade is a JSON object");
            }
            Optional<Trade> trade = TradeJsonReader.read(parser, "", now, errors);
            if (parser.nextToken() != null) {
                throw ProblemException.unreadable("the body must end after one JSON value");
            }
            return trade.orElseThrow(() -> ProblemException.invalid(errors.first(), errors.total()));
        } catch (JsonProcessingException e) {
            throw TradeJsonReader.notJson(e, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

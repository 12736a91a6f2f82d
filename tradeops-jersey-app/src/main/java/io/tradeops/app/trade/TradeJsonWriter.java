package io.tradeops.app.trade;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.tradeops.app.rest.Json;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes trades as JSON. A field without a value is omitted. Static functions; thread-safe. */
final class TradeJsonWriter {

    private TradeJsonWriter() {}

    /** A trade as a JSON object. */
    static String toString(StoredTrade stored) {
        return new String(bytes(generator -> write(generator, stored)), StandardCharsets.UTF_8);
    }

    /** Trades as a JSON array, in UTF-8. */
    static byte[] array(List<StoredTrade> trades) {
        return bytes(generator -> {
            generator.writeStartArray();
            for (StoredTrade stored : trades) {
                write(generator, stored);
            }
            generator.writeEndArray();
        });
    }

    /** Writes a trade as a JSON object. */
    static void write(JsonGenerator out, StoredTrade stored) throws IOException {
        Trade trade = stored.trade();
        out.writeStartObject();
        out.writeStringField("id", stored.id().toString());
        out.writeStringField("ticker", trade.ticker());
        out.writeFieldName("price");
        out.writeNumber(FixedDecimal.toString(trade.priceUnits()));
        out.writeFieldName("quantity");
        out.writeNumber(FixedDecimal.toString(trade.quantityUnits()));
        if (trade.side() != Side.UNKNOWN) {
            out.writeStringField("side", trade.side().wireName());
        }
        out.writeStringField("timestamp", EpochNanos.format(trade.timestamp()));
        if (!trade.tradeId().isEmpty()) {
            out.writeStringField("trade_id", trade.tradeId());
        }
        out.writeStringField("received_at", EpochNanos.format(stored.receivedAt()));
        out.writeEndObject();
    }

    private interface Content {
        void write(JsonGenerator generator) throws IOException;
    }

    private static byte[] bytes(Content content) {
        ByteArrayBuilder out = new ByteArrayBuilder();
        try (JsonGenerator generator = Json.factory().createGenerator(out)) {
            content.write(generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

package io.tradeops.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tradeops.core.csv.TickerSummary;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.lambda.analysis.AnalysisOutcome;
import io.tradeops.lambda.analysis.StoredAnalysis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The function's answers as JSON. Static functions; thread-safe. */
final class AnswerJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private AnswerJson() {}

    /** An analysis with its results. */
    static byte[] analysis(String bucket, StoredAnalysis analysis) throws IOException {
        return write(json -> {
            json.writeStartObject();
            head(json, bucket, analysis);
            json.writeArrayFieldStart("results");
            for (TickerSummary summary : analysis.tickers()) {
                result(json, summary);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** The analyses of an event and the objects that were skipped, without results: no caller reads this answer. */
    static byte[] summary(String bucket, List<AnalysisOutcome.Completed> analyses, List<String> skipped)
            throws IOException {
        return write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("analyses");
            for (AnalysisOutcome.Completed completed : analyses) {
                json.writeStartObject();
                head(json, bucket, completed.analysis());
                json.writeBooleanField("repeated", completed.repeated());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("skipped");
            for (String url : skipped) {
                json.writeString(url);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** An RFC 9457 problem. */
    static byte[] problem(HttpProblem problem, String instance, String requestId) throws IOException {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("type", "urn:tradeops:problem:" + problem.type());
            json.writeStringField("title", problem.title());
            json.writeNumberField("status", problem.status());
            json.writeStringField("detail", problem.detail());
            json.writeStringField("instance", instance);
            json.writeStringField("request_id", requestId);
            json.writeEndObject();
        });
    }

    /** An HTTP response in the format of API Gateway and function URLs. */
    static byte[] http(int status, Map<String, String> headers, byte[] body) throws IOException {
        return write(json -> {
            json.writeStartObject();
            json.writeNumberField("statusCode", status);
            json.writeObjectFieldStart("headers");
            for (Map.Entry<String, String> header : headers.entrySet()) {
                json.writeStringField(header.getKey(), header.getValue());
            }
            json.writeEndObject();
            json.writeBooleanField("isBase64Encoded", false);
            json.writeStringField("body", new String(body, UTF_8));
            json.writeEndObject();
        });
    }

    private static void head(JsonGenerator json, String bucket, StoredAnalysis analysis) throws IOException {
        json.writeStringField("date", analysis.file().date().toString());
        json.writeStringField("bucket", bucket);
        json.writeStringField("key", analysis.file().analysisKey());
        json.writeNumberField("rows", analysis.rows());
        json.writeNumberField("rejected", analysis.rejected());
        json.writeNumberField("tickers", analysis.tickers().size());
    }

    private static void result(JsonGenerator json, TickerSummary summary) throws IOException {
        json.writeStartObject();
        json.writeStringField("ticker", summary.ticker());
        decimal(json, "total_volume", summary.totalVolume());
        decimal(json, "average_price", summary.averagePrice());
        decimal(json, "vwap", summary.vwap());
        json.writeNumberField("trade_count", summary.tradeCount());
        decimal(json, "min_price", summary.minPrice());
        decimal(json, "max_price", summary.maxPrice());
        decimal(json, "first_price", summary.firstPrice());
        decimal(json, "last_price", summary.lastPrice());
        decimal(json, "total_notional", summary.totalNotional());
        json.writeEndObject();
    }

    private static void decimal(JsonGenerator json, String name, BigDecimal value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(FixedDecimal.toPlainString(value));
    }

    private static byte[] write(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            content.write(json);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }
}

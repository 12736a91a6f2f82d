package io.tradeops.lambda.analysis;

import io.tradeops.core.csv.AnalysisCsv;
import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.core.csv.TickerSummary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A day's analysis as it lies in the bucket: its bytes, what they say, and of which file they say it. Immutable. */
public final class StoredAnalysis {

    static final String SOURCE_ETAG = "source-etag";
    static final String ROWS = "rows";
    static final String REJECTED = "rejected";
    static final String VERSION = "version";

    private final DailyTradeFile file;
    private final Map<String, String> metadata;
    private final List<TickerSummary> tickers;
    private final byte[] csv;

    private StoredAnalysis(DailyTradeFile file, Map<String, String> metadata, List<TickerSummary> tickers, byte[] csv) {
        this.file = file;
        this.metadata = Map.copyOf(metadata);
        this.tickers = List.copyOf(tickers);
        this.csv = csv;
    }

    static StoredAnalysis parse(DailyTradeFile file, Map<String, String> metadata, byte[] csv) throws IOException {
        return new StoredAnalysis(file, metadata, AnalysisCsv.read(new ByteArrayInputStream(csv)), csv);
    }

    static StoredAnalysis of(
            DailyTradeFile file, Map<String, String> metadata, List<TickerSummary> tickers, byte[] csv) {
        return new StoredAnalysis(file, metadata, tickers, csv);
    }

    /** The day. */
    public DailyTradeFile file() {
        return file;
    }

    /** The ETag of the trades that were analysed, without quotes; empty if whoever wrote the object didn't say. */
    public String sourceEtag() {
        return metadata.getOrDefault(SOURCE_ETAG, "");
    }

    /** Rows that are trades; the sum of the trade counts if the writer didn't say. */
    public long rows() {
        return count(ROWS, tickers.stream().mapToLong(TickerSummary::tradeCount).sum());
    }

    /** Rows that were rejected besides; 0 if the writer didn't say. */
    public long rejected() {
        return count(REJECTED, 0);
    }

    /** One summary per ticker, sorted by ticker. */
    public List<TickerSummary> tickers() {
        return tickers;
    }

    /** The object's bytes: {@code analysis_YYYY-MM-DD.csv}. A copy. */
    public byte[] csv() {
        return csv.clone();
    }

    private long count(String name, long otherwise) {
        try {
            return Long.parseLong(metadata.getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}

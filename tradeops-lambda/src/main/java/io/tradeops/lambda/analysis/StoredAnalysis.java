package io.tradeops.lambda.analysis;

import io.tradeops.core.csv.AnalysisCsv;
import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.core.csv.TickerSummary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A day's analysis as stored in the bucket: its bytes, their content, and the version of its file. Immutable. */
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

    /** The ETag of the trades that were analysed, without quotes; empty if the metadata lacks it. */
    public String sourceEtag() {
        return metadata.getOrDefault(SOURCE_ETAG, "");
    }

    /** The number of rows that are trades; the sum of the trade counts if the metadata lacks it. */
    public long rows() {
        return count(ROWS, tickers.stream().mapToLong(TickerSummary::tradeCount).sum());
    }

    /** The number of rejected rows; 0 if the metadata lacks it. */
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

    private long count(String name, long fallback) {
        try {
            return Long.parseLong(metadata.getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            return fallback;
        }
    }
}

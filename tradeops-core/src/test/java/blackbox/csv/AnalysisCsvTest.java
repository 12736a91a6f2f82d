package blackbox.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.csv.AnalysisCsv;
import io.tradeops.core.csv.TickerSummary;
import io.tradeops.core.csv.TradeCsvException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisCsvTest {

    private static final String LINE = "AAPL,300,10.5,10.25,2,10,11,10,11,3075.1234567890123456";

    @Test
    void readsWhatItWrites() throws IOException {
        String text = AnalysisCsv.HEADER + "\n" + LINE + "\nMSFT,1,1,1,1,1,1,1,1,1\n";

        List<TickerSummary> summaries = read(text);

        assertThat(summaries).extracting(TickerSummary::ticker).containsExactly("AAPL", "MSFT");
        assertThat(write(summaries)).isEqualTo(text);
        assertThat(read(write(List.of()))).isEmpty();
    }

    @Test
    void writesManyTickers() throws IOException {
        List<TickerSummary> summaries = IntStream.range(10_000, 20_000)
                .mapToObj(i -> summary("T" + i, "1E+3"))
                .toList();

        assertThat(read(write(summaries))).isEqualTo(summaries);
        assertThat(write(summaries)).startsWith(AnalysisCsv.HEADER + "\nT10000,1000,1000,");
    }

    @Test
    void flushesAndLeavesTheStreamOpen() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        BufferedOutputStream out = new BufferedOutputStream(written);

        AnalysisCsv.write(List.of(), out);
        assertThat(written.toString(UTF_8)).isEqualTo(AnalysisCsv.HEADER + "\n");

        out.write('x');
        out.flush();
        assertThat(written.toString(UTF_8)).endsWith("x");
    }

    @Test
    void rejectsSummariesOutOfOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> write(List.of(summary("B", "1"), summary("A", "1"))))
                .withMessageContaining("A after B");
        assertThatIllegalArgumentException().isThrownBy(() -> write(List.of(summary("B", "1"), summary("B", "1"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AAPL,300 | must have 10 fields: 'AAPL,300'",
                "A B,300,10.5,10.25,2,10,11,10,11,3075 | ticker must match",
                "AAPL,300,10.5,10.25,0,10,11,10,11,3075 | trade_count must be a number greater than 0: '0'",
                "AAPL,1e9,10.5,10.25,2,10,11,10,11,3075 | total_volume must be a plain decimal without trailing zeros: '1e9'",
                "AAPL,300,10.50,10.25,2,10,11,10,11,3075 | average_price must be a plain decimal without trailing zeros: '10.50'",
                "AAPL,300,10.5,010,2,10,11,10,11,3075 | vwap must",
                "AAPL,300,10.5,10.25,2,-1,11,10,11,3075 | min_price must",
                "AAPL,300,10.5,10.25,2,10,,10,11,3075 | max_price must",
                "AAPL,300,10.5,10.25,2,10,11,.1,11,3075 | first_price must",
                "AAPL,300,10.5,10.25,2,10,11,10,1.,3075 | last_price must",
                "AAPL,300,10.5,10.25,2,10,11,10,11,x | total_notional must",
                "AA,300,10.5,10.25,2,10,11,10,11,3075 | tickers must be sorted: AA after AAPL",
                "AAPL,300,10.5,10.25,2,10,11,10,11,3075 | tickers must be sorted: AAPL after AAPL",
            })
    void errorNamesLineAndValue(String line, String problem) {
        assertThatThrownBy(() -> read(AnalysisCsv.HEADER + "\n" + LINE + "\n" + line + "\n"))
                .isInstanceOf(TradeCsvException.class)
                .hasMessageStartingWith("line 3: " + problem);
    }

    @Test
    void rejectsAnotherHeader() {
        assertThatThrownBy(() -> read("ticker\n"))
                .isInstanceOf(TradeCsvException.class)
                .hasMessageStartingWith("line 1: the header must be");
        assertThatThrownBy(() -> read("")).isInstanceOf(TradeCsvException.class);
    }

    private static TickerSummary summary(String ticker, String value) {
        BigDecimal number = new BigDecimal(value);
        return new TickerSummary(ticker, number, number, number, 1, number, number, number, number, number);
    }

    private static String write(List<TickerSummary> summaries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AnalysisCsv.write(summaries, out);
        return out.toString(UTF_8);
    }

    private static List<TickerSummary> read(String text) throws IOException {
        return AnalysisCsv.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }
}

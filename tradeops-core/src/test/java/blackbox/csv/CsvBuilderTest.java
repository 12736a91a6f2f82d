package blackbox.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.csv.TradeCsvReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvBuilderTest {

    private final TradeCsvReader.Builder builder = TradeCsvReader.builder();

    @ParameterizedTest
    @ValueSource(strings = {"prices", "", "decimal_size", "symbol"})
    void unknownFieldNamesThoseThatThereAre(String field) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.column(field, "x"))
                .withMessage("there is no field '" + field
                        + "'; the fields are ticker, price, quantity, timestamp, side, id, trade_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ticker", "Price", "QUANTITY", "timestamp", "side", "id", "trade_id", "Trade-ID"})
    void fieldIsFoundWithoutCaseAndDashes(String field) {
        assertThat(builder.column(field, "x")).isSameAs(builder);
    }

    @Test
    void columnMustHaveAName() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder.column("price", " "));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.column("timestamp", "date+"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.column("timestamp", "+"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.column("timestamp", "a+b+c"))
                .withMessageEndingWith("must be a name, or for timestamp two as in date+time: 'a+b+c'");
        assertThat(builder.column("price", "a+b")).isSameAs(builder);
    }

    @Test
    void lastColumnOfAFieldCounts() throws IOException {
        long rows = TradeCsvAnalyzer.builder()
                .column("price", "x")
                .column("price", "y")
                .build()
                .analyze(TradeCsvAnalyzerTest.bytes("ticker,y,qty\nA,1,1\n"))
                .rows();

        assertThat(rows).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(chars = {' ', ':', 'a', '\n', '"', '\u001b'})
    void delimiterIsOneOfFour(char delimiter) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.delimiter(delimiter))
                .withMessageMatching("delimiter must be a comma, a semicolon, a tab or \\|: \\P{Cntrl}*");
    }

    @Test
    void limitsArePositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxInflatedBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxInflationRatio(0));
    }

    @Test
    void buildsReadersThatDoNotChangeWithTheBuilder() throws IOException {
        TradeCsvReader reader = builder.zone(ZoneId.of("UTC")).delimiter(';').build();
        builder.delimiter(',');
        byte[] file = TradeCsvAnalyzerTest.bytes("ticker;price;qty;time\nA;1;1;2026-11-20 14:30:00\n");

        assertThat(reader.open(new ByteArrayInputStream(file)).next().epochNanos())
                .isEqualTo(1_795_185_000_000_000_000L);
    }
}

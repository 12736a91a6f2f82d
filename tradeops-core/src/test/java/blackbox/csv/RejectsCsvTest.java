package blackbox.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.csv.RejectReason;
import io.tradeops.core.csv.RejectedRow;
import io.tradeops.core.csv.RejectsCsv;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // control characters show better in literals
class RejectsCsvTest {

    @Test
    void writesRows() throws IOException {
        assertThat(written("AAPL,0,1", "a \"b\"\r\nc", "plain", "größe"))
                .isEqualTo("line,reason,row\n"
                        + "2,price_not_positive,\"AAPL,0,1\"\n"
                        + "2,price_not_positive,\"a \"\"b\"\"\r\nc\"\n"
                        + "2,price_not_positive,plain\n"
                        + "2,price_not_positive,größe\n");
    }

    @Test
    void neutralisesFormulas() throws IOException {
        assertThat(written("=1+1", "+1", "-1", "@x", "\tx", "\rx", "1=1"))
                .isEqualTo("line,reason,row\n"
                        + "2,price_not_positive,'=1+1\n"
                        + "2,price_not_positive,'+1\n"
                        + "2,price_not_positive,'-1\n"
                        + "2,price_not_positive,'@x\n"
                        + "2,price_not_positive,'\tx\n"
                        + "2,price_not_positive,\"'\rx\"\n"
                        + "2,price_not_positive,1=1\n");
    }

    @Test
    void writesNothingWithoutRows() throws IOException {
        assertThat(written()).isEmpty();
    }

    @Test
    void quotesCommasQuotesAndEitherLineBreak() throws IOException {
        assertThat(written("a,b", "a\"b", "a\nb", "a\rb"))
                .isEqualTo("line,reason,row\n"
                        + "2,price_not_positive,\"a,b\"\n"
                        + "2,price_not_positive,\"a\"\"b\"\n"
                        + "2,price_not_positive,\"a\nb\"\n"
                        + "2,price_not_positive,\"a\rb\"\n");
    }

    @Test
    void flushesWhatIsWritten() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RejectsCsv rejects = new RejectsCsv(out);
        rejects.onRejected(new RejectedRow(2, RejectReason.PRICE_MISSING, "x"));

        rejects.flush();

        assertThat(out.toString(UTF_8)).isEqualTo("line,reason,row\n2,price_missing,x\n");
    }

    @Test
    void codesNeverChange() {
        assertThat(Arrays.stream(RejectReason.values()).map(RejectReason::code))
                .containsExactly(
                        "invalid_utf8",
                        "misplaced_quote",
                        "too_few_fields",
                        "too_many_fields",
                        "ticker_missing",
                        "ticker_invalid",
                        "price_missing",
                        "price_not_a_number",
                        "price_not_positive",
                        "price_too_many_decimals",
                        "price_too_large",
                        "quantity_missing",
                        "quantity_not_a_number",
                        "quantity_not_positive",
                        "quantity_too_many_decimals",
                        "quantity_too_large",
                        "timestamp_missing",
                        "timestamp_invalid",
                        "timestamp_without_zone",
                        "timestamp_not_in_zone",
                        "timestamp_before_1990",
                        "timestamp_out_of_range",
                        "side_invalid",
                        "correction_unknown");
    }

    private static String written(String... rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RejectsCsv rejects = new RejectsCsv(out)) {
            for (String row : rows) {
                rejects.onRejected(new RejectedRow(2, RejectReason.PRICE_NOT_POSITIVE, row));
            }
        }
        return out.toString(UTF_8);
    }
}

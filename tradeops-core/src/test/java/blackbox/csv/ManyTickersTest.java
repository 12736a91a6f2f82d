package blackbox.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.csv.TradeCsvException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyTickersTest {

    @Test
    void rejectsMoreThanAMillionTickers() throws IOException {
        StringBuilder text = new StringBuilder("ticker,price,quantity\n");
        for (int i = 0; i < TradeCsvAnalyzer.MAX_TICKERS; i++) {
            text.append(i).append(",1,1\n");
        }

        assertThat(TradeCsvAnalyzer.create()
                        .analyze(TradeCsvAnalyzerTest.bytes(text.toString()))
                        .rows())
                .isEqualTo(1_000_000);
        assertThatThrownBy(() -> TradeCsvAnalyzer.create().analyze(TradeCsvAnalyzerTest.bytes(text + "0,1,1\nX,1,1\n")))
                .isInstanceOf(TradeCsvException.class)
                .hasMessageStartingWith("line 1000003: more than 1000000 tickers; the limit is a setting");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void maxTickersIsASetting(int threads) throws IOException {
        byte[] file = TradeCsvAnalyzerTest.bytes("ticker,price,quantity\nA,1,1\nB,1,1\nA,2,1\nC,1,1\n");
        TradeCsvAnalyzer.Builder builder = TradeCsvAnalyzer.builder().threads(threads);

        assertThat(builder.maxTickers(3).build().analyze(file).tickers()).hasSize(3);
        assertThatThrownBy(() -> builder.maxTickers(2).build().analyze(file))
                .isInstanceOf(TradeCsvException.class)
                .hasMessageStartingWith("line 5: more than 2 tickers");
    }

    @Test
    void maxTickersHoldsForAllThreadsTogether() throws IOException {
        StringBuilder text = new StringBuilder("ticker,price,quantity\n");
        for (int i = 0; i < 100_000; i++) {
            text.append(i).append(",1,1\n");
        }
        byte[] file = TradeCsvAnalyzerTest.bytes(text.toString());
        TradeCsvAnalyzer.Builder builder = TradeCsvAnalyzer.builder().threads(3);

        assertThat(builder.maxTickers(100_000).build().analyze(file).rows()).isEqualTo(100_000);
        assertThatThrownBy(() -> builder.maxTickers(99_999).build().analyze(file))
                .isInstanceOf(TradeCsvException.class)
                .hasMessageStartingWith("line 100001: more than 99999 tickers");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_000_001})
    void maxTickersHasARange(int tickers) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TradeCsvAnalyzer.builder().maxTickers(tickers))
                .withMessage("maxTickers must be 1 to 10000000: " + tickers);
    }
}

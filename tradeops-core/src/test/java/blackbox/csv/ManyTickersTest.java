package blackbox.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.csv.TradeCsvException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

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
                .hasMessage("line 1000003: more than 1000000 tickers");
    }
}

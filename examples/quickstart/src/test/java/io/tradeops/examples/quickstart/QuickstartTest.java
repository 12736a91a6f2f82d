package io.tradeops.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class QuickstartTest {

    @Test
    void printsTheResultsForThreeTrades() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Quickstart.run(new PrintStream(printed, true, UTF_8));

        assertThat(printed.toString(UTF_8)).isEqualToNormalizingNewlines("""
                        AAPL moved 2.1003 %
                        refused: price must be greater than 0: '-1'
                        average 189.08500000
                        ticker,total_volume,average_price,vwap,trade_count,min_price,max_price,first_price,last_price,total_notional
                        AAPL,150,189.085,188.43,2,187.12,191.05,187.12,191.05,28264.5
                        """);
    }
}

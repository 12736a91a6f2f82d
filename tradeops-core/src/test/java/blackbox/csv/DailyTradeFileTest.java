package blackbox.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.core.csv.TickerFromName;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DailyTradeFileTest {

    @Test
    void givesTheKeysOfADay() {
        DailyTradeFile file = new DailyTradeFile("desk/a/", LocalDate.of(2026, 1, 9));

        assertThat(file.tradesKey()).isEqualTo("desk/a/2026/01/09/trades.csv");
        assertThat(file.gzipTradesKey()).isEqualTo("desk/a/2026/01/09/trades.csv.gz");
        assertThat(file.analysisKey()).isEqualTo("desk/a/2026/01/09/analysis_2026-01-09.csv");
        assertThat(file.rejectsKey()).isEqualTo("desk/a/2026/01/09/rejects_2026-01-09.csv");
        assertThat(DailyTradeFile.ofKey(file.tradesKey())).contains(file);
        assertThat(DailyTradeFile.ofKey(file.gzipTradesKey())).contains(file);
    }

    @Test
    void recognisesTheKeysOfTrades() {
        assertThat(DailyTradeFile.ofKey("2026/11/20/trades.csv"))
                .contains(DailyTradeFile.of(LocalDate.of(2026, 11, 20)));
        for (String key : new String[] {
            "2026/11/20/analysis_2026-11-20.csv",
            "2026/02/30/trades.csv",
            "x2026/11/20/trades.csv",
            "2026/11/20/trades.csv.bz2",
            "2026/11/20/",
            "1969/12/31/trades.csv",
            ""
        }) {
            assertThat(DailyTradeFile.ofKey(key)).as(key).isEmpty();
        }
    }

    @Test
    void rejectsPrefixesWithoutSlashAndYearsOutOfRange() {
        LocalDate day = LocalDate.of(2026, 1, 9);
        assertThatIllegalArgumentException().isThrownBy(() -> new DailyTradeFile("desk", day));
        assertThatIllegalArgumentException().isThrownBy(() -> DailyTradeFile.of(LocalDate.of(1969, 12, 31)));
        assertThatIllegalArgumentException().isThrownBy(() -> DailyTradeFile.of(LocalDate.of(10_000, 1, 1)));
        assertThat(DailyTradeFile.of(LocalDate.EPOCH).tradesKey()).isEqualTo("1970/01/01/trades.csv");
        assertThat(DailyTradeFile.of(LocalDate.of(9999, 12, 31)).tradesKey()).isEqualTo("9999/12/31/trades.csv");
    }

    @Test
    void findsTheTickerInAFileName() {
        assertThat(TickerFromName.of("BTCUSDT-trades-2021-01-08.csv")).contains("BTCUSDT");
        assertThat(TickerFromName.of(Path.of("data", "BRK.B_trades.csv"))).contains("BRK.B");
        assertThat(TickerFromName.of("binance_BTCUSDT_trades_2021-01-08.csv")).contains("binance");
        assertThat(TickerFromName.of("^GSPC_2026-11-20.csv")).contains("^GSPC");
        assertThat(TickerFromName.of("M&M-trades.csv")).contains("M&M");
        assertThat(TickerFromName.of("ES=F_trades.csv")).contains("ES=F");
        assertThat(TickerFromName.of("BINANCE:BTCUSDT_trades.csv")).contains("BINANCE:BTCUSDT");
        assertThat(TickerFromName.of("trades.csv")).isEmpty();
        assertThat(TickerFromName.of("_trades.csv")).isEmpty();
        assertThat(TickerFromName.of("a b_trades.csv")).isEmpty();
        assertThat(TickerFromName.of(Path.of("/"))).isEmpty();
    }
}

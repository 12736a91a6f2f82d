package blackbox.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.csv.TradeCsvException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipInputTest {

    private static final byte[] SMALL = TradeCsvAnalyzerTest.bytes("ticker,price,quantity\nAAPL,1,1\n");

    private final TradeCsvAnalyzer analyzer = TradeCsvAnalyzer.create();

    @Test
    void readsTheOneFile(@TempDir Path folder) throws IOException {
        byte[] plain = TradeCsvAnalyzerTest.resource("/data/kraken_xbtusdt_trades.csv");
        byte[] zip = Packed.zip(plain, "2026/", "__MACOSX/._t.csv", "2026/t.csv", "__MACOSX/2026/._t.csv");
        Path file = Files.write(folder.resolve("t.zip"), zip);
        List<String> lines = Outcome.lines(analyzer.analyze(plain));

        assertThat(Outcome.lines(analyzer.analyze(zip))).isEqualTo(lines);
        assertThat(Outcome.lines(analyzer.analyze(file))).isEqualTo(lines);
        assertThat(Outcome.lines(analyzer.analyze(new ByteArrayInputStream(zip))))
                .isEqualTo(lines);
    }

    @Test
    void errorNamesTheLineWhereDataEndEarly() throws IOException {
        byte[] plain = TradeCsvAnalyzerTest.resource("/data/kraken_xbtusdt_trades.csv");
        byte[] zip = Packed.zip(plain, "t.csv");
        int directory = new String(zip, ISO_8859_1).indexOf("PK\1\2");

        for (int length = 30; length < directory; length += length < 100 ? 1 : 997) {
            byte[] cut = Arrays.copyOf(zip, length);
            assertThatThrownBy(() -> analyzer.analyze(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(TradeCsvException.class)
                    .hasMessageMatching("line [0-9]+: the zip data (ends early|is damaged).*");
        }
    }

    @Test
    void refusesDamagedData() throws IOException {
        byte[] plain = TradeCsvAnalyzerTest.resource("/data/kraken_xbtusdt_trades.csv");
        byte[] zip = Packed.zip(plain, "t.csv");
        for (int at : new int[] {8, 60, 200, zip.length / 2}) {
            byte[] damaged = zip.clone();
            damaged[at] ^= 0x55;

            assertThatThrownBy(() -> analyzer.analyze(damaged)).isInstanceOf(TradeCsvException.class);
        }
    }

    @Test
    void limitsAreSettings() throws IOException {
        byte[] zip = Packed.zip(SMALL, "t.csv");

        assertThat(TradeCsvAnalyzer.builder()
                        .maxInflatedBytes(31)
                        .build()
                        .analyze(zip)
                        .rows())
                .isEqualTo(1);
        assertThatThrownBy(() ->
                        TradeCsvAnalyzer.builder().maxInflatedBytes(30).build().analyze(zip))
                .isInstanceOf(TradeCsvException.class)
                .hasMessageContaining("the zip data inflates to more than 30 bytes");
    }

    @Test
    void limitsTheRatio() throws IOException {
        byte[] zip =
                Packed.zip(TradeCsvAnalyzerTest.repeat("ticker,price,quantity\n", "AAPL,1,1\n", 4_000_000), "t.csv");

        assertThatThrownBy(() -> analyzer.analyze(zip))
                .isInstanceOf(TradeCsvException.class)
                .hasMessageContaining("the zip data inflates to more than 300 times its own size");
        assertThat(TradeCsvAnalyzer.builder()
                        .maxInflationRatio(2000)
                        .build()
                        .analyze(zip)
                        .rows())
                .isEqualTo(4_000_000);
    }

    @Test
    void limitsWhatIsPassedOver() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("__MACOSX/bomb"));
            zip.write(new byte[20 << 20]);
            zip.putNextEntry(new ZipEntry("t.csv"));
            zip.write(SMALL);
        }

        assertThatThrownBy(() -> analyzer.analyze(out.toByteArray()))
                .isInstanceOf(TradeCsvException.class)
                .hasMessageContaining("times its own size");
    }
}

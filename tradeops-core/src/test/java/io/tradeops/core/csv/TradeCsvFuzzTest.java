package io.tradeops.core.csv;

import static org.assertj.core.api.Assertions.assertThat;

import blackbox.csv.FileOptions;
import blackbox.csv.Outcome;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;

/**
 * Checks that every way to read agrees with the reference on any bytes, and throws only documented exceptions. Ordinary
 * test runs use the stored inputs. To search for new ones:
 *
 * <pre>{@code JAZZER_FUZZ=1 ./mvnw test -pl tradeops-core -Dtest=TradeCsvFuzzTest#readsPlainFiles}</pre>
 */
class TradeCsvFuzzTest {

    private static final FileOptions OPTIONS = FileOptions.NONE.withTicker("AAPL");

    @FuzzTest(maxDuration = "60s")
    void readsPlainFiles(byte[] file) {
        if (isPacked(file)) {
            return;
        }
        Outcome expected = Outcome.ofReference(file, OPTIONS);

        assertThat(analyzed(file, 1, 3 + file.length % 61)).isEqualTo(expected);
        assertThat(analyzed(file, 2, 3 + file.length % 61)).isEqualTo(expected);
        assertThat(Outcome.ofReader(file, OPTIONS)).isEqualTo(expected);
    }

    @FuzzTest(maxDuration = "60s")
    void readsGzip(byte[] file) {
        Outcome whole = analyzed(file, 1, RowSource.BLOCK);

        assertThat(analyzed(file, 2, 3 + file.length % 61)).isEqualTo(whole);
        assertThat(Outcome.ofReader(file, OPTIONS)).isEqualTo(whole);
    }

    private static Outcome analyzed(byte[] file, int threads, int block) {
        TradeCsvAnalyzer.Builder builder =
                TradeCsvAnalyzer.builder().threads(threads).blockBytes(block);
        return Outcome.ofAnalyzer(
                builder,
                OPTIONS,
                analyzer -> block % 2 == 0 ? analyzer.analyze(file) : analyzer.analyze(new ByteArrayInputStream(file)));
    }

    private static boolean isPacked(byte[] file) {
        return !PlainStream.isPlain(file, file.length);
    }
}

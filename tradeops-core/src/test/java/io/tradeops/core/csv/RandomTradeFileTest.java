package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import blackbox.RandomCases;
import blackbox.csv.Outcome;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Checks that every way to analyse agrees with the {@code BigDecimal} reference on more than a million random rows.
 * Mutation tests use fewer files.
 */
class RandomTradeFileTest {

    private static final long SEED = 20_261_120;
    private static final int FILES = RandomCases.of(150_000);
    private static final long ROWS_PER_FILE = 7;

    @Test
    void everyWayToAnalyseAgreesWithTheReference() {
        RandomTradeFile files = new RandomTradeFile(SEED);
        Random random = new Random(SEED);
        long rows = 0;
        long failed = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] file = files.next();
            Outcome expected = Outcome.ofReference(file, "", List.of());
            rows += expected.rows() + expected.rejects().size();
            failed += expected.error().isEmpty() ? 0 : 1;
            int block = 3 + random.nextInt(300);
            requireEqual(i, file, expected, analyzed(file, 1, block));
            if (i % 16 == 0) {
                requireEqual(i, file, expected, analyzed(file, 3, block));
                requireEqual(i, file, expected, streamed(file, 2, block));
                requireEqual(i, file, expected.withoutAnalysis(), Outcome.ofReader(file, "", List.of()));
            }
        }
        assertThat(rows).isGreaterThan(FILES * ROWS_PER_FILE);
        assertThat(failed).isBetween(FILES / 100L, FILES / 5L);
    }

    private static Outcome analyzed(byte[] file, int threads, int block) {
        TradeCsvAnalyzer.Builder builder =
                TradeCsvAnalyzer.builder().threads(threads).blockBytes(block);
        return Outcome.ofAnalyzer(builder, "", List.of(), analyzer -> analyzer.analyze(file));
    }

    private static Outcome streamed(byte[] file, int threads, int block) {
        TradeCsvAnalyzer.Builder builder =
                TradeCsvAnalyzer.builder().threads(threads).blockBytes(block);
        return Outcome.ofAnalyzer(builder, "", List.of(), analyzer -> analyzer.analyze(new ByteArrayInputStream(file)));
    }

    private static void requireEqual(int number, byte[] file, Outcome expected, Outcome actual) {
        if (!expected.equals(actual)) {
            assertThat(actual)
                    .as("file %d:%n%s", number, new String(file, ISO_8859_1))
                    .isEqualTo(expected);
        }
    }
}

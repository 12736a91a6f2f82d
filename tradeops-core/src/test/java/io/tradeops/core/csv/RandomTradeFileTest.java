package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import blackbox.RandomCases;
import blackbox.csv.Outcome;
import blackbox.csv.Packed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that every way to analyse agrees with the {@code BigDecimal} reference on nearly a million random rows.
 * Mutation tests use fewer files.
 */
class RandomTradeFileTest {

    private static final long SEED = 20_261_120;
    private static final int FILES = RandomCases.of(150_000);
    private static final long ROWS_PER_FILE = 5;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);

    @Test
    void everyWayToAnalyseAgreesWithTheReference() throws IOException {
        RandomTradeFile files = new RandomTradeFile(SEED);
        long rows = 0;
        long failed = 0;
        long cancelled = 0;
        for (int i = 0; i < FILES; i++) {
            RandomTradeFile.Given given = files.next();
            Outcome expected = Outcome.ofReference(given.file(), given.options());
            rows += expected.rows() + expected.rejects().size();
            failed += expected.error().isEmpty() ? 0 : 1;
            cancelled += expected.cancelled();
            requireEqual(i, given, expected, analyzed(given, 1));
            if (i % 16 == 0) {
                requireEqual(i, given, expected, analyzed(given, 3));
                requireEqual(i, given, expected, streamed(given, given.file()));
                requireEqual(i, given, expected, streamed(given, Packed.gzip(given.file())));
                requireEqual(i, given, expected, streamed(given, Packed.zip(given.file(), "trades.csv")));
                requireEqual(i, given, expected, Outcome.ofReader(given.file(), given.options()));
                requireEqualInUtf16(i, given, expected);
                requireEqualInRanges(i, given, expected);
            }
        }
        assertThat(rows).isGreaterThan(FILES * ROWS_PER_FILE);
        assertThat(failed).isBetween(FILES / 20L, FILES / 3L);
        assertThat(cancelled).isGreaterThan(FILES / 100L);
    }

    private Outcome analyzed(RandomTradeFile.Given given, int threads) {
        return Outcome.ofAnalyzer(builder(threads), given.options(), analyzer -> analyzer.analyze(given.file()));
    }

    private Outcome streamed(RandomTradeFile.Given given, byte[] file) {
        return Outcome.ofAnalyzer(
                builder(2), given.options(), analyzer -> analyzer.analyze(new ByteArrayInputStream(file)));
    }

    private TradeCsvAnalyzer.Builder builder(int threads) {
        return TradeCsvAnalyzer.builder().threads(threads).blockBytes(3 + random.nextInt(300));
    }

    private void requireEqualInUtf16(int number, RandomTradeFile.Given given, Outcome expected) {
        String text = new String(given.file(), UTF_8);
        boolean looksLikeUtf32 = text.startsWith("\0");
        if (!looksLikeUtf32 && Arrays.equals(text.getBytes(UTF_8), given.file())) {
            String marked = text.startsWith("\ufeff") ? text : "\ufeff" + text;
            boolean big = random.nextBoolean();
            requireEqual(number, given, expected, streamed(given, marked.getBytes(big ? UTF_16BE : UTF_16LE)));
        }
    }

    /** Ranges are defined for files whose quotes have no line breaks in them. */
    private void requireEqualInRanges(int number, RandomTradeFile.Given given, Outcome expected) throws IOException {
        String text = new String(given.file(), ISO_8859_1);
        if (text.indexOf('"') >= 0 || !expected.error().isEmpty()) {
            return;
        }
        long first = random.nextInt(text.length() + 2);
        long second = first + random.nextInt(text.length() + 2);
        Path file = Files.write(folder.resolve("trades.csv"), given.file());
        try (FileChannel channel = FileChannel.open(file)) {
            Outcome merged = Outcome.ofAnalyzer(
                    builder(1 + random.nextInt(3)),
                    given.options(),
                    a -> a.analyze(channel, 0, first)
                            .merge(a.analyze(channel, first, second))
                            .merge(a.analyze(channel, second, Long.MAX_VALUE)));
            requireEqual(number, given, expected.withoutLines(), merged.withoutLines());
        }
    }

    private static void requireEqual(int number, RandomTradeFile.Given given, Outcome expected, Outcome actual) {
        if (!expected.equals(actual)) {
            assertThat(actual)
                    .as("file %d, %s:%n%s", number, given.options(), escaped(given.file()))
                    .isEqualTo(expected);
        }
    }

    private static String escaped(byte[] file) {
        return new String(file, ISO_8859_1)
                .chars()
                .mapToObj(c -> c == '\n' || (c >= ' ' && c < 127) ? "" + (char) c : "\\x%02x".formatted(c))
                .collect(Collectors.joining());
    }
}

package io.tradeops.core.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountingStreamTest {

    private static final int MEBIBYTE = 1 << 20;

    private final List<Long> reported = new ArrayList<>();
    private final FileAnalysis analysis =
            new FileAnalysis(TradeCsvAnalyzer.builder().progress(reported::add).settings);

    @Test
    void reportsEveryMebibyteAndTheEnd() throws IOException {
        byte[] bytes = new byte[3 * MEBIBYTE + 5];
        try (CountingStream in = new CountingStream(new ByteArrayInputStream(bytes), analysis, 0)) {
            while (in.read(bytes, 0, 1024) >= 0) {}
        }

        assertThat(reported).containsExactly(1L * MEBIBYTE, 2L * MEBIBYTE, 3L * MEBIBYTE, 3L * MEBIBYTE + 5);
    }

    @Test
    void countsSingleBytesAndThoseReadBefore() throws IOException {
        try (CountingStream in = new CountingStream(new ByteArrayInputStream(new byte[3]), analysis, 10)) {
            for (int i = 0; i < 3; i++) {
                assertThat(in.read()).isZero();
            }
            assertThat(reported).isEmpty();
            assertThat(in.read()).isEqualTo(-1);
        }

        assertThat(reported).containsExactly(13L);
    }

    @Test
    void analysisReportsOnlyGrowingNumbers() {
        for (long bytes : new long[] {5, 3, 5, 7}) {
            analysis.report(bytes);
        }

        assertThat(reported).containsExactly(5L, 7L);
    }
}

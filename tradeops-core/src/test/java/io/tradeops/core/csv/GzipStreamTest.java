package io.tradeops.core.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipStreamTest {

    private static final CsvSettings SETTINGS = TradeCsvReader.builder().settings;

    @Test
    void inflatesUpToALimit() throws IOException {
        byte[] file = gzip(new byte[1000]);

        try (GzipStream whole = new GzipStream(new ByteArrayInputStream(file), settings(1000))) {
            assertThat(whole.readAllBytes()).hasSize(1000);
        }
        try (GzipStream tooLarge = new GzipStream(new ByteArrayInputStream(file), settings(999))) {
            assertThatThrownBy(tooLarge::readAllBytes)
                    .isInstanceOf(TradeCsvException.class)
                    .hasMessage("the gzip data inflates to more than 999 bytes");
        }
    }

    @Test
    void rejectsDataThatIsNotGzip() {
        assertThatThrownBy(() -> new GzipStream(new ByteArrayInputStream(new byte[20]), SETTINGS).read())
                .isInstanceOf(TradeCsvException.class);
    }

    @Test
    void acceptsAnyRatioOfSmallDataAndOrdinaryRatiosOfLargeData() throws IOException {
        byte[] zeros = new byte[15 << 20];
        byte[] noise = new byte[17 << 20];
        new Random(1).nextBytes(noise);

        try (GzipStream small = new GzipStream(new ByteArrayInputStream(gzip(zeros)), SETTINGS)) {
            assertThat(small.readAllBytes()).isEqualTo(zeros);
        }
        try (GzipStream large = new GzipStream(new ByteArrayInputStream(gzip(noise)), SETTINGS)) {
            assertThat(large.readAllBytes()).isEqualTo(noise);
        }
    }

    private static CsvSettings settings(long maxInflatedBytes) {
        return TradeCsvReader.builder().maxInflatedBytes(maxInflatedBytes).settings;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(file)) {
            out.write(plain);
        }
        return file.toByteArray();
    }
}

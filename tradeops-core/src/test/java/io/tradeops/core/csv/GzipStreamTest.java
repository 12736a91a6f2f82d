package io.tradeops.core.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipStreamTest {

    @Test
    void inflatesUpToALimit() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(file)) {
            out.write(new byte[1000]);
        }

        try (GzipStream whole = new GzipStream(new ByteArrayInputStream(file.toByteArray()), 1000)) {
            assertThat(whole.readAllBytes()).hasSize(1000);
        }
        try (GzipStream tooLarge = new GzipStream(new ByteArrayInputStream(file.toByteArray()), 999)) {
            assertThatThrownBy(tooLarge::readAllBytes)
                    .isInstanceOf(GzipStream.BadGzipException.class)
                    .hasMessage("the gzip data holds more than 999 bytes of text");
        }
    }

    @Test
    void refusesWhatIsNotGzip() {
        assertThatThrownBy(() -> new GzipStream(new ByteArrayInputStream(new byte[20])).read())
                .isInstanceOf(GzipStream.BadGzipException.class);
    }
}

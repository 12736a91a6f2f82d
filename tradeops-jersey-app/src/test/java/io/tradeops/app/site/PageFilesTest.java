package io.tradeops.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's files are small, need no other server, and have no inline script or style. */
class PageFilesTest {

    private static final long MOST_BYTES = 60_000;
    private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

    @Test
    void filesHaveLessThanSixtyThousandBytes() throws IOException {
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }

        assertThat(bytes).isPositive().isLessThan(MOST_BYTES);
    }

    @Test
    void compressesForClientsThatAcceptGzip() throws IOException {
        var answer = new PageResource().file("page.css", "gzip, deflate, br");

        assertThat(answer.getHeaderString("Content-Encoding")).isEqualTo("gzip");
        assertThat((byte[]) answer.getEntity()).hasSizeLessThan(4_000);
    }

    @Test
    void doesNotCompressForOtherClients() throws IOException {
        var answer = new PageResource().file("page.css", "");

        assertThat(answer.getHeaderString("Content-Encoding")).isNull();
        assertThat(new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8))
                .isEqualTo(read(Path.of("src/main/resources/web/page.css")));
    }

    @Test
    void filesNameNoOtherServer() {
        for (Path file : files()) {
            assertThat(read(file).replace(SVG_NAMESPACE, ""))
                    .as(file.toString())
                    .doesNotContainPattern("(https?:|wss?:)?//[a-zA-Z0-9]");
        }
    }

    @Test
    void documentHasNoInlineScriptStyleOrHandler() {
        String document = read(Path.of("src/main/resources/web/index.html"));

        assertThat(document).doesNotContainPattern("<script[^>]*>[^<]");
        assertThat(document).doesNotContain("<style").doesNotContainPattern("\\s(style|on[a-z]+)=");
    }

    @Test
    void textIsNeverInsertedAsHtml() {
        for (Path file : files()) {
            assertThat(read(file))
                    .as(file.toString())
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
        }
    }

    @Test
    void chartLibraryIsServed() throws IOException {
        var answer = new PageResource().library("uplot.js", "");

        assertThat(new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8))
                .contains("var uPlot=");
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/web"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

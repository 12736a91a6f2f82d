package blackbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that {@code docs/core.md} matches the code. */
class CoreDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/core.md");
    private static final Path EXAMPLES = Path.of("src/test/java/blackbox/docs/CoreExamplesTest.java");
    private static final Path SOURCES = Path.of("src/main/java/io/tradeops/core");
    private static final Pattern REGION =
            Pattern.compile("^ *// region (\\S+)\\n(.*?)^ *// endregion$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SNIPPET =
            Pattern.compile("^<!-- region (\\S+) -->\\n```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("^public (?:final class|record|enum|sealed interface|interface) (\\w+)", Pattern.MULTILINE);

    @Test
    void examplesEqualTheRegionsOfTestedCode() throws IOException {
        Map<String, String> snippets = blocks(SNIPPET, DOCUMENT);

        assertThat(snippets).isEqualTo(blocks(REGION, EXAMPLES)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trade", "window", "average", "csv"})
    void pageNamesEveryPublicType(String folder) throws IOException {
        String document = Files.readString(DOCUMENT);
        try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
            List<Path> sources = files.toList();
            assertThat(sources).isNotEmpty();
            for (Path source : sources) {
                Matcher type = PUBLIC_TYPE.matcher(Files.readString(source));
                if (type.find()) {
                    assertThat(document).contains("`" + type.group(1));
                }
            }
        }
    }

    private static Map<String, String> blocks(Pattern pattern, Path file) throws IOException {
        Map<String, String> blocks = new LinkedHashMap<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            blocks.put(matcher.group(1), matcher.group(2).stripTrailing().stripIndent());
        }
        return blocks;
    }
}

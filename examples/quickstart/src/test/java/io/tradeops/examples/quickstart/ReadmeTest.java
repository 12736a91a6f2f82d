package io.tradeops.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks that the README matches tested code. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void readmeShowsLinesOfTheQuickstart() throws Exception {
        List<String> source = Files.readString(Path.of("src/main/java/io/tradeops/examples/quickstart/Quickstart.java"))
                .lines()
                .map(String::strip)
                .toList();
        Matcher snippets = JAVA.matcher(readme());

        assertThat(snippets.find()).isTrue();
        assertThat(snippets.group(1).lines().map(String::strip))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(source).contains(line));
    }

    @Test
    void readmeShowsTheTestCommandOfContinuousIntegration() throws Exception {
        assertThat(readme()).contains("\n./mvnw -B -ntp verify\n");
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("\n./mvnw -B -ntp verify\n");
    }

    @Test
    void readmeIsShort() throws Exception {
        assertThat(readme().lines().count()).isLessThanOrEqualTo(120);
    }

    private static String readme() throws Exception {
        return Files.readString(ROOT.resolve("README.md"));
    }
}

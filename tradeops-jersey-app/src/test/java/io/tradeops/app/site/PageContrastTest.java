package io.tradeops.app.site;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's colours, light and dark, by the contrast ratio of WCAG 2.2. */
class PageContrastTest {

    private static final Path STYLE = Path.of("src/main/resources/web/page.css");
    private static final Pattern TOKEN = Pattern.compile("--([a-z]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\);");
    private static final double TEXT = 4.5;
    private static final double LINES = 3;

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void textIsReadableOnEveryBackground(int scheme) throws IOException {
        Map<String, Integer> colors = colors(scheme);

        for (String text : new String[] {"text", "muted", "accent", "up", "down", "warning"}) {
            for (String background : new String[] {"background", "panel", "tint"}) {
                assertContrast(colors, text, background, TEXT);
            }
        }
        assertContrast(colors, "panel", "accent", TEXT); // a button's text, the last price
        assertContrast(colors, "panel", "text", TEXT); // the crosshair's values
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void meaningfulLinesAreVisible(int scheme) throws IOException {
        Map<String, Integer> colors = colors(scheme);

        for (String line : new String[] {"accent", "muted", "warning", "edge", "up", "down"}) {
            assertContrast(colors, line, "panel", LINES);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void stalePricesAreReadableInGrey(int scheme) throws IOException {
        assertThat(Files.readString(STYLE)).doesNotContainPattern("\\.old[^}]*opacity");
        Map<String, Integer> colors = colors(scheme);
        colors.replaceAll((name, color) -> grey(color));

        for (String text : new String[] {"muted", "accent", "up", "down", "warning"}) {
            for (String background : new String[] {"background", "panel", "tint"}) {
                assertContrast(colors, text, background, TEXT);
            }
        }
        assertContrast(colors, "panel", "accent", TEXT); // the last price
    }

    /** The colour that the CSS filter {@code grayscale(1)} makes. */
    private static int grey(int color) {
        double level = 0.2126 * (color >> 16) + 0.7152 * (color >> 8 & 0xff) + 0.0722 * (color & 0xff);
        return (int) Math.round(level) * 0x010101;
    }

    private static void assertContrast(Map<String, Integer> colors, String one, String other, double least) {
        assertThat(contrast(requireNonNull(colors.get(one)), requireNonNull(colors.get(other))))
                .as("%s on %s", one, other)
                .isGreaterThanOrEqualTo(least);
    }

    private static Map<String, Integer> colors(int group) throws IOException {
        Map<String, Integer> colors = new HashMap<>();
        Matcher tokens = TOKEN.matcher(Files.readString(STYLE));
        while (tokens.find()) {
            colors.put(tokens.group(1), Integer.parseInt(tokens.group(group), 16));
        }
        return colors;
    }

    private static double contrast(int one, int other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(int color) {
        return 0.2126 * linear(color >> 16) + 0.7152 * linear(color >> 8) + 0.0722 * linear(color);
    }

    private static double linear(int channel) {
        double share = (channel & 0xff) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}

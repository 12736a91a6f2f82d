package io.tradeops.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.support.Browser;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.ScriptedSource;
import io.tradeops.app.support.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page's chart and its theme, in a real browser, against the real server. */
class LivePageChartIT {

    private static final String OVER = "#plot .u-over";
    private static final Duration RANGE = Duration.ofMinutes(30);

    /** A script that answers requests whose path has a prefix, instead of the server. */
    private static final String ANSWER = """
            {
              const real = window.fetch;
              window.fetch = (path, options) => path.startsWith('%s') ? Promise.resolve(new Response('%s')) : real(path, options);
            }
            """;

    @RegisterExtension
    static final Browser browser = Browser.keeping("chart-last");

    private static final ScriptedSource feed = new ScriptedSource();

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults().fedBy(() -> feed);

    @BeforeEach
    void size() {
        browser.show(1440, 900, "light");
    }

    @Test
    void digitsSelectTheRange() throws Exception {
        open();
        browser.leaveField();
        for (String[] range : new String[][] {{"1", "5"}, {"3", "60"}, {"4", "240"}, {"2", "30"}}) {
            browser.press(range[0]);

            assertThat(browser.attribute("#ranges button:nth-child(" + range[0] + ")", "aria-pressed"))
                    .isEqualTo("true");
            Duration shown = Duration.ofMinutes(Long.parseLong(range[1]));
            Eventually.await("the range is shown", () -> isAbout(atLeftEdge(), shown));
        }
    }

    @Test
    void dragZoomsAndEscapeOrADoubleClickResets() throws Exception {
        open();

        browser.drag(OVER, 0.5, 0.75);
        Eventually.await("the chart is zoomed", () -> isAbout(atLeftEdge(), RANGE.dividedBy(2)));
        browser.leaveField();
        Eventually.await("the zoom is reset", () -> isAbout(atLeftEdge(), RANGE));

        browser.drag(OVER, 0.5, 0.75);
        Eventually.await("the chart is zoomed", () -> isAbout(atLeftEdge(), RANGE.dividedBy(2)));
        browser.doubleClick(OVER);
        Eventually.await("the zoom is reset", () -> isAbout(atLeftEdge(), RANGE));
    }

    @Test
    void themeStaysAfterAReload() throws Exception {
        open();
        browser.click("#theme");
        assertThat(scheme()).isEqualTo("dark");
        open();
        assertThat(scheme()).isEqualTo("dark");

        browser.click("#theme");
        assertThat(scheme()).isEqualTo("light");
        browser.show(1440, 900, "dark");
        open();
        assertThat(scheme()).isEqualTo("light");
    }

    @Test
    void alertOfATimeWithoutPricesDoesNotMoveTheChart() throws Exception {
        browser.beforeLoad(alert(Duration.ofHours(9), "100", "103"));
        open();
        Eventually.await("the alert is listed", () -> browser.text("#alerts").contains("CHARTED"));
        browser.pointAt("#alerts li", 0.5, 0.5);

        browser.click("#alerts li button");

        Eventually.await("the readout says so", () -> browser.text("#readout").equals("No prices of that time"));
        Eventually.await("the whole range is shown", () -> isAbout(atLeftEdge(), RANGE));
    }

    @Test
    void priceAxisIncludesTheAlerts() throws Exception {
        browser.beforeLoad(alert(Duration.ofMinutes(10), "400", "500"));
        open();
        Eventually.await("the alert is listed", () -> browser.text("#alerts").contains("CHARTED"));

        Eventually.await("the alert's price is in the chart", () -> {
            browser.pointAt(OVER, 0.5, 0.01);
            String price = browser.text("#plot .tag:not(.last)");
            return !price.isEmpty() && Double.parseDouble(price) > 500;
        });
    }

    @Test
    void crosshairShowsTheWindowBeforeTheLine() throws Exception {
        Instant start = Instant.now().minus(Duration.ofMinutes(25));
        browser.beforeLoad(ANSWER.formatted("averages/", """
                [{"window_start": "%s", "window_end": "%s", "average_price": 22, "open": 21, "high": 24, "low": 20.5, "close": 23}]\
                """.formatted(start, start.plus(Duration.ofMinutes(10)))));
        open();

        Eventually.await("the readout shows the window", () -> {
            browser.pointAt(OVER, 0.3, 0.5);
            return browser.text("#readout").contains("open 21.00");
        });
        assertThat(browser.text("#readout"))
                .contains("high 24.00", "low 20.50", "close 23.00", "avg 22.00")
                .doesNotContain("100.00");
        assertThat(isAbout(LocalTime.parse(browser.text("#readout").substring(0, 8)), Duration.ofMinutes(21)))
                .isTrue();
    }

    private static void open() throws Exception {
        browser.open(server.uri());
        Eventually.await("the price is listed", () -> {
            feed.publish("CHARTED", "100");
            return browser.text("#chart-title").equals("CHARTED");
        });
    }

    private static String alert(Duration ago, String from, String to) {
        Instant at = Instant.now().minus(ago);
        return ANSWER.formatted("alerts/?", """
                [{"id": "1", "ticker": "CHARTED", "rule": "up>2%%/60s", "change_percent": 3, \
                "reference": {"timestamp": "%s", "price": %s}, "trigger": {"timestamp": "%s", "price": %s}}]\
                """.formatted(at.minusSeconds(5), from, at, to));
    }

    /** The time at the chart's left edge, as the crosshair shows it. */
    private static LocalTime atLeftEdge() {
        browser.pointAt(OVER, 0.003, 0.5);
        String text = browser.run("return [...document.querySelectorAll('#plot .tag')].at(-1).textContent");
        return text.isEmpty() ? LocalTime.MIDNIGHT : LocalTime.parse(text.substring(0, 8));
    }

    /** Whether a time of day (UTC) is {@code ago} before now, within 10 % and 2 s. */
    private static boolean isAbout(LocalTime time, Duration ago) {
        long day = Duration.ofDays(1).toSeconds();
        long now = Math.floorMod(Instant.now().getEpochSecond(), day);
        long seconds = Math.floorMod(now - time.toSecondOfDay(), day);
        return Math.abs(seconds - ago.toSeconds()) < ago.toSeconds() / 10 + 2;
    }

    private static String scheme() {
        return browser.run("return getComputedStyle(document.documentElement).colorScheme")
                .toLowerCase(Locale.ROOT);
    }
}

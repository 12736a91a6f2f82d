package io.tradeops.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.Closer;
import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Settings;
import io.tradeops.app.support.Browser;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.ScriptedSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page at {@code /} in a real browser, against the real server. */
class LivePageIT {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final String PHASE = "#connection";

    @TempDir
    static Path directory;

    private static ScriptedSource feed;
    private static TradeOpsServer server;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        feed = new ScriptedSource();
        server = start(0);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        browser.show(1600, 1000, "light");
        browser.open(server.uri());
        feed.publish("QUIET", "50");
        Eventually.await("the page is live", () -> phase().equals("live"));
    }

    @AfterEach
    void shoot() throws IOException {
        browser.shoot("last");
    }

    @Test
    void alertIsSeenWithinTwoSecondsOfTheTick() throws Exception {
        feed.publish("JUMP", "100");
        Eventually.await("the price is listed", () -> row("JUMP").contains("100.00"));

        long start = System.nanoTime();
        feed.publish("JUMP", "102.01");
        Eventually.await(
                "the alert is seen",
                () -> browser.text("#alerts li:first-child").contains("JUMP"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        assertThat(browser.text("#alerts li:first-child"))
                .contains("▲ +2.0100 %")
                .contains("from 100.00 to 102.01");
        assertThat(row("JUMP")).contains("102.01").contains("+2.01 %");
    }

    @Test
    void resumesAfterAServerRestart() throws Exception {
        int port = server.uri().getPort();
        server.close();
        Eventually.await("the page is reconnecting", () -> phase().equals("reconnecting"));
        assertThat(browser.text(PHASE)).contains("attempt");
        browser.shoot("reconnecting");

        server = start(port);

        Eventually.await("the page is live", () -> {
            feed.publish("BACK", "7.5"); // repeated, because a tick from before the reconnect would be old
            return phase().equals("live");
        });
        Eventually.await("the new price is listed", () -> row("BACK").contains("7.50"));
        assertThat(row("QUIET")).contains("50.00");
        feed.publish("BACK", "7.7");
        Eventually.await(
                "the new alert is seen",
                () -> browser.text("#alerts li:first-child").contains("BACK"));
    }

    @Test
    void entersATradeByKeyboard() throws Exception {
        browser.leaveField();
        browser.press("n");
        assertThat(browser.run("return document.activeElement.form.id")).isEqualTo("entry");
        browser.fill("#entry-ticker", "<b>X</b>");
        browser.fill("#entry-price", "9999999999.99999999");
        browser.fill("#entry-quantity", "0.00000001");
        browser.press(Keys.ENTER);
        Eventually.await(
                "the field has its violation",
                () -> !browser.text("#entry-ticker-error").isEmpty());
        assertThat(browser.text("#entry-price-error")).isEmpty();

        browser.fill("#entry-ticker", "EXACT");
        browser.press(Keys.ENTER);
        Eventually.await(
                "the trade is stored", () -> browser.text("#entry-result").contains("Stored"));
        Eventually.await(
                "the trade is listed", () -> browser.text("#trades tr.fresh").contains("EXACT"));
        assertThat(browser.text("#trades tr.fresh"))
                .contains("9,999,999,999.99999999")
                .contains("0.00000001")
                .contains("99.9999999999999999");
    }

    @Test
    void showsViolationsAtTheirFields() throws Exception {
        browser.fill("#entry-ticker", "AAPL");
        browser.fill("#entry-price", "-1");
        browser.fill("#entry-quantity", "1e99");
        browser.press(Keys.ENTER);

        Eventually.await(
                "the price has its violation",
                () -> browser.text("#entry-price-error").contains("greater than 0"));
        assertThat(browser.attribute("#entry-price", "aria-invalid")).isEqualTo("true");
        assertThat(browser.text("#entry-quantity-error")).isNotEmpty();
        assertThat(browser.attribute("#entry-ticker", "aria-invalid")).isEmpty();
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("entry-price");
        browser.shoot("violations");
    }

    @Test
    void queuesAndShowsTheAnalysisOfADay() throws Exception {
        Client client = new Client(server.uri());
        for (String price : new String[] {"10.1", "10.3"}) {
            String trade = "{\"ticker\":\"DAILY\",\"price\":" + price
                    + ",\"quantity\":2,\"timestamp\":\"2024-02-29T10:00:00Z\"}";
            assertThat(client.post("trades/", trade).status()).isEqualTo(201);
        }
        browser.click("#analysis-tab");
        Eventually.await("a day is selected", () -> !value("#analysis-date").isEmpty());
        browser.run("const date = document.querySelector('#analysis-date'); date.value = '2024-02-29';"
                + " date.dispatchEvent(new Event('change'))");
        Eventually.await(
                "the page offers to queue the analysis, or shows it",
                () -> !browser.text("#analysis-state button").isEmpty()
                        || browser.text("#analysis").contains("DAILY"));
        browser.shoot("no-analysis");
        if (!browser.text("#analysis-state button").isEmpty()) {
            browser.click("#analysis-state button");
        }

        Eventually.await(
                "the analysis is shown", () -> browser.text("#analysis").contains("DAILY"));
        assertThat(browser.text("#analysis tr")).contains("10.2").contains("40.8");
        browser.click("#analysis-panel thead th:nth-child(4) button");
        assertThat(browser.attribute("#analysis-panel thead th:nth-child(4)", "aria-sort"))
                .isEqualTo("descending");
    }

    @Test
    void arrowsAndEnterOpenATicker() throws Exception {
        feed.publish("AAA", "1");
        feed.publish("AAB", "2");
        Eventually.await(
                "they are listed", () -> !row("AAA").isEmpty() && !row("AAB").isEmpty());
        browser.run("document.querySelector('tr[data-ticker=AAA]').focus()");
        browser.press(Keys.ARROW_DOWN, Keys.ENTER);

        Eventually.await(
                "the chart shows the ticker", () -> browser.text("#chart-title").equals("AAB"));
        Eventually.await(
                "the price is shown", () -> browser.text("#quote-price").equals("2.00"));
        browser.press("?");
        Eventually.await("help is shown", () -> browser.text("#help").contains("search for a ticker"));
    }

    @Test
    void slashSearchesATicker() throws Exception {
        feed.publish("FIND.ME", "3");
        feed.publish("OTHER", "4");
        Eventually.await("the ticker is listed", () -> !row("FIND.ME").isEmpty());
        browser.press("/");
        browser.press("find");
        assertThat(browser.run(
                        "return [...document.querySelectorAll('#tickers option')].map(({value}) => value).join()"))
                .contains("FIND.ME", "OTHER");
        browser.press(Keys.ENTER);

        Eventually.await(
                "the chart shows the ticker", () -> browser.text("#chart-title").equals("FIND.ME"));
        browser.press("/");
        browser.press("no such", Keys.ENTER);
        assertThat(browser.attribute("#search", "aria-invalid")).isEqualTo("true");
        browser.press(Keys.ESCAPE);
        browser.press("/");
        assertThat(value("#search")).isEmpty();
        browser.leaveField();
    }

    @Test
    void selectingATickerDoesNotChangeAHalfEnteredTrade() throws Exception {
        feed.publish("MINE", "10");
        feed.publish("OTHERS", "20");
        Eventually.await(
                "they are listed",
                () -> !row("MINE").isEmpty() && !row("OTHERS").isEmpty());
        browser.click("tr[data-ticker=MINE]");
        Eventually.await("the form has the ticker", () -> value("#entry-ticker").equals("MINE"));
        browser.fill("#entry-price", "10");
        browser.fill("#entry-quantity", "1");

        browser.click("tr[data-ticker=OTHERS]");
        Eventually.await(
                "the chart shows the other ticker",
                () -> browser.text("#chart-title").equals("OTHERS"));
        assertThat(value("#entry-ticker")).isEqualTo("MINE");

        browser.click("#entry .primary");
        Eventually.await(
                "the trade is stored", () -> browser.text("#entry-result").contains("Stored 1 MINE at 10.00"));
        browser.click("tr[data-ticker=MINE]");
        browser.click("tr[data-ticker=OTHERS]");
        Eventually.await(
                "the form has the other ticker", () -> value("#entry-ticker").equals("OTHERS"));
    }

    @Test
    void rowsKeepTheFocusWhenTradesAreReloaded() throws Exception {
        Client client = new Client(server.uri());
        String trade = "{\"ticker\":\"%s\",\"price\":1,\"quantity\":1,\"timestamp\":\"2020-01-01T00:00:00Z\"}";
        client.post("trades/", trade.formatted("STAYS"));
        Eventually.await("the trade is listed", () -> browser.text("#trades").contains("STAYS"));
        browser.run(
                "[...document.querySelectorAll('#trades button')].find((each) => each.textContent === 'STAYS').focus()");

        client.post("trades/", trade.formatted("COMES"));
        Eventually.await("the next is listed", () -> browser.text("#trades").contains("COMES"));

        assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("STAYS");
    }

    @Test
    void screenReaderGetsOnlyNewAlerts() throws Exception {
        browser.beforeLoad(
                "window.lives = []; addEventListener('DOMContentLoaded', () => new MutationObserver((changes) =>"
                        + " changes.forEach(({addedNodes, target}) => addedNodes.length && lives.push(target.ariaLive)))"
                        + ".observe(document.querySelector('#alerts'), {childList: true}))");
        feed.publish("LOUD", "100");
        feed.publish("LOUD", "103");
        Eventually.await("the alert is seen", () -> browser.text("#alerts").contains("LOUD"));
        browser.open(server.uri());
        browser.asItIs();
        Eventually.await(
                "the list is polite",
                () -> browser.attribute("#alerts", "aria-live").equals("polite"));
        assertThat(browser.run("return [...new Set(lives)].join()")).isEqualTo("off");

        feed.publish("LOUDER", "100");
        feed.publish("LOUDER", "103");
        Eventually.await("the next is seen", () -> browser.text("#alerts").contains("LOUDER"));
        assertThat(browser.run("return lives.at(-1)")).isEqualTo("polite");
    }

    @Test
    void headerSortsTheWatchlist() throws Exception {
        feed.publish("CHEAP", "0.01");
        feed.publish("DEAR", "9999999");
        Eventually.await(
                "they are listed", () -> !row("CHEAP").isEmpty() && !row("DEAR").isEmpty());

        browser.click(".watchlist thead th:nth-child(3) button");
        Eventually.await(
                "the dearest is first",
                () -> browser.text("#watchlist tr:first-child").contains("DEAR"));
        assertThat(browser.attribute(".watchlist thead th:nth-child(3)", "aria-sort"))
                .isEqualTo("descending");

        browser.click(".watchlist thead th:nth-child(3) button");
        Eventually.await(
                "the cheapest is first",
                () -> browser.text("#watchlist tr:first-child").contains("CHEAP"));
    }

    @Test
    void nothingScrollsSidewaysOnAPhone() throws Exception {
        browser.show(390, 844, "dark");
        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo("390");
        browser.shoot("phone-dark");
    }

    private static TradeOpsServer start(int port) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "TRADEOPS_PORT", String.valueOf(port),
                "TRADEOPS_DASHBOARD_PORT", "0",
                "TRADEOPS_DATA_DIR", directory.toString()));
        return TradeOpsServer.start(
                ServerConfig.of(new Settings(settings, Map.of())),
                new Closer(),
                InstantSource.system(),
                Optional.of(feed));
    }

    private static String phase() {
        return browser.attribute(PHASE, "data-phase");
    }

    private static String row(String ticker) {
        return browser.text("tr[data-ticker='" + ticker + "']");
    }

    private static String value(String selector) {
        return browser.run("return document.querySelector(arguments[0]).value", selector);
    }
}

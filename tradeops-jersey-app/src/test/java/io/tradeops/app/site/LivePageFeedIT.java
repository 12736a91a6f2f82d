package io.tradeops.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.support.Browser;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The page's handling of feed messages and of lost connections, in a real browser, with a scripted feed. */
class LivePageFeedIT {

    /** {@code say} sends messages on the newest connection, {@code cut} closes it. */
    private static final String SCRIPTED_FEED = """
            window.sockets = [];
            window.WebSocket = class {
              constructor() {
                this.began = performance.now();
                this.sent = [];
                sockets.push(this);
                setTimeout(() => this.onopen());
              }
              send(text) { this.sent.push(text); }
              close() { this.closed = true; }
            };
            window.seq = 0;
            window.tick = (secondsAgo, price) => ({type: 'tick', seq: ++seq, ticker: 'SAID', price,
              timestamp: new Date(Date.now() - secondsAgo * 1000).toISOString()});
            window.say = (...messages) => sockets.at(-1).onmessage({data: JSON.stringify(messages)});
            window.cut = () => sockets.at(-1).onclose();
            """;

    private static final Pattern RATE = Pattern.compile("([0-9.,]+) ticks/s");
    private static final Pattern DELAY = Pattern.compile("in ([0-9.]+) s");

    @RegisterExtension
    static final Browser browser = Browser.keeping("feed-last");

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    @BeforeEach
    void open() throws Exception {
        browser.show(1440, 900, "light");
        browser.beforeLoad(SCRIPTED_FEED);
        browser.open(server.uri());
        Eventually.await(
                "the page has subscribed",
                () -> browser.run("return sockets.at(-1).sent.length").equals("1"));
    }

    @Test
    void isConnectingUntilAMessageAndWaitingUntilATick() throws Exception {
        assertThat(phase()).isEqualTo("connecting");
        browser.shoot("connecting");

        browser.run("say({type: 'heartbeat'})");
        Eventually.await("the page is waiting", () -> phase().equals("waiting"));

        browser.run("say(tick(0, 5))");
        Eventually.await("the page is live", () -> phase().equals("live"));
    }

    @Test
    void replayedTicksDoNotCountInTheRate() throws Exception {
        browser.run(
                "window.shown = new Set(); setInterval(() => shown.add(document.querySelector('#connection').innerText), 20)");
        browser.run("say(...Array.from({length: 5000}, (_, index) => tick(100 - index / 50, 5)))");
        long start = System.nanoTime();
        Eventually.await("the page is live with a rate, long enough for the replayed ticks to show", () -> {
            browser.run("say(tick(0, 5))");
            return connection().contains("ticks/s") && secondsSince(start) > 4;
        });

        Matcher rates = RATE.matcher(browser.run("return [...shown].join()"));
        while (rates.find()) {
            assertThat(Double.parseDouble(rates.group(1).replace(",", ""))).isLessThan(50);
        }
    }

    @Test
    void showsNoRateWhileThePageIsBehind() throws Exception {
        browser.run("say(...Array.from({length: 500}, (_, index) => tick(100 - index / 50, 5)))");

        Eventually.await("the page is behind", () -> phase().equals("behind"));
        assertThat(connection()).contains("by").doesNotContain("ticks/s");
        browser.shoot("behind");
    }

    @Test
    void connectsAtMostOnceASecond() throws Exception {
        for (int attempt = 2; attempt <= 4; attempt++) {
            int expected = attempt;
            browser.run("cut()");
            Eventually.await(
                    "the page connects again",
                    () -> browser.run("return sockets.length").equals(String.valueOf(expected)));
        }

        String began = browser.run("return sockets.map(({began}) => began).join()");
        double[] times =
                Arrays.stream(began.split(",")).mapToDouble(Double::parseDouble).toArray();
        for (int i = 1; i < times.length; i++) {
            assertThat(times[i] - times[i - 1]).isGreaterThan(990);
        }
    }

    @Test
    void onlyTicksAndHeartbeatsResetTheBackoff() throws Exception {
        browser.run("say({type: 'subscription'}); cut()");
        Eventually.await(
                "the page connects again",
                () -> browser.run("return sockets.length").equals("2"));
        browser.run("say({type: 'subscription'}); cut()");
        Eventually.await("the backoff continues", () -> connection().contains("attempt 2"));
        Eventually.await(
                "the page connects again",
                () -> browser.run("return sockets.length").equals("3"));

        browser.run("say({type: 'heartbeat'}); cut()");

        Eventually.await("the backoff has restarted", () -> connection().contains("attempt 1"));
    }

    @Test
    void waitsAtMostHalfAMinuteAfterAShutdown() throws Exception {
        browser.run("say({type: 'shutdown', retry_after_ms: 86400000}); cut()");

        Eventually.await("the wait is shown", () -> DELAY.matcher(connection()).find());
        Matcher delay = DELAY.matcher(connection());
        assertThat(delay.find()).isTrue();
        assertThat(Double.parseDouble(delay.group(1))).isBetween(10.0, 30.0);
    }

    @Test
    void lineRestartsAfterLostTicks() throws Exception {
        browser.run("say(tick(900, 5), tick(600, 6))");
        Eventually.await(
                "the price is shown", () -> browser.text("#quote-price").equals("6.00"));
        browser.run("say({type: 'gap', reason: 'not_retained', from_seq: seq + 1, to_seq: seq + 10});"
                + " seq += 10; say(tick(1, 7), tick(0, 7.5))");
        Eventually.await(
                "the new price is shown", () -> browser.text("#quote-price").equals("7.50"));

        browser.pointAt("#plot .u-over", 0.75, 0.5); // about 7 minutes ago

        Eventually.await(
                "the crosshair has a time", () -> browser.text("#readout").contains("UTC"));
        assertThat(browser.text("#readout")).endsWith("UTC");
    }

    @Test
    void tickersOfEveryCharacterAreShownAndFoundAndEscapedInUrls() throws Exception {
        List<String> tickers = List.of("M&M", "O:SPY251219C00650000", "X:BTC-USD", "^GSPC", "^gspc", "amp&lt=1");
        browser.run("say(...arguments[0].map((ticker) => ({...tick(0, 5), ticker})))", tickers);
        for (String ticker : tickers) {
            Eventually.await(
                    "the ticker is listed", () -> browser.text("#watchlist").contains(ticker));
            browser.press("/");
            browser.press(ticker, Keys.ENTER);
            Eventually.await(
                    "the chart shows it", () -> browser.text("#chart-title").equals(ticker));
            String query = "averages/?ticker=" + URLEncoder.encode(ticker, StandardCharsets.UTF_8) + "&";
            Eventually.await(
                    "its averages are loaded",
                    () -> browser.run("return performance.getEntriesByType('resource').map(({name}) => name).join()")
                            .contains(query));
        }
    }

    @Test
    void titleShowsThePriceWhileNothingIsDrawn() throws Exception {
        browser.run("say(tick(0, 5))");
        Eventually.await("the title has the price", () -> title().contains("SAID 5.00"));
        browser.run("window.requestAnimationFrame = () => 0"); // as in a hidden tab

        browser.run("say(tick(0, 6))");

        Eventually.await("the title has the new price", () -> title().contains("SAID 6.00"));
    }

    @Test
    void silentFeedIsStaleAndThenReconnected() throws Exception {
        browser.run("say(tick(0, 5))");
        Eventually.await("the page is live", () -> phase().equals("live"));
        long start = System.nanoTime();

        Eventually.await("the page is stale", () -> phase().equals("stale"));
        assertThat(secondsSince(start)).isBetween(6.0, 10.0);
        browser.shoot("stale");

        Eventually.await(
                "the page has connected again",
                () -> browser.run("return sockets.length").equals("2"));
        assertThat(secondsSince(start)).isBetween(14.0, 18.0);
        assertThat(browser.run("return sockets[0].closed")).isEqualTo("true");
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }

    private static String title() {
        return browser.run("return document.title");
    }

    private static String phase() {
        return browser.attribute("#connection", "data-phase");
    }

    private static String connection() {
        return browser.text("#connection");
    }
}

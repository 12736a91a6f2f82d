package io.tradeops.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.support.Browser;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.ScriptedSource;
import io.tradeops.app.support.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page while requests fail or hang and the feed is live, in a real browser. */
class LivePageOutageIT {

    private static final String TEN_TIMES_AS_FAST =
            "{ const real = window.setTimeout; window.setTimeout = (action, millis, ...rest) =>"
                    + " real(action, millis / 10, ...rest); }";
    private static final String COUNT_STREAMS = "{ const real = window.fetch; window.streams = 0; window.fetch ="
            + " (path, options) => { if (path === 'alerts/stream') streams++; return real(path, options); }; }";
    private static final String NOT_UP_TO_DATE = "not up to date";

    @RegisterExtension
    static final Browser browser = Browser.keeping("outage-last");

    private static final ScriptedSource feed = new ScriptedSource();

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults().fedBy(() -> feed);

    @BeforeEach
    void size() {
        browser.show(1440, 900, "light");
        browser.beforeLoad(COUNT_STREAMS);
    }

    @Test
    void panelsSayThatTheyAreNotUpToDate() throws Exception {
        browser.beforeLoad(TEN_TIMES_AS_FAST);
        open();
        Eventually.await(
                "the trades are loaded", () -> browser.text("#trades-state").contains("No trades yet"));
        Eventually.await(
                "the alerts are loaded",
                () -> browser.text("#alerts-state").contains("No alert yet")
                        || !browser.text("#alerts").isEmpty());
        assertThat(browser.text("body")).doesNotContain(NOT_UP_TO_DATE);

        browser.block("*/alerts/*", "*/trades/*", "*/averages/*");
        Eventually.await("the trades say so", () -> browser.text("#trades-late").equals(NOT_UP_TO_DATE));
        Eventually.await("the alerts say so", () -> browser.text("#alerts-late").equals(NOT_UP_TO_DATE));
        Eventually.await(
                "the averages say so", () -> browser.text("#averages-late").equals(NOT_UP_TO_DATE));
        Eventually.await("the page is live", () -> {
            feed.publish("OUTAGE", "100");
            return browser.attribute("#connection", "data-phase").equals("live");
        });
        browser.shoot("not-up-to-date");

        browser.block();
        Eventually.await("all are up to date", () -> !browser.text("body").contains(NOT_UP_TO_DATE));
    }

    @Test
    void reopensASilentAlertStream() throws Exception {
        browser.beforeLoad(TEN_TIMES_AS_FAST); // so the server's comments come too late
        open();

        Eventually.await("the stream is opened again", () -> Integer.parseInt(browser.run("return streams")) > 2);
    }

    @Test
    void readsAlertsInBrowsersWhoseStreamsAreNotIterable() throws Exception {
        browser.beforeLoad(
                "delete ReadableStream.prototype[Symbol.asyncIterator]; delete ReadableStream.prototype.values");
        open();
        feed.publish("STREAMED", "100");
        feed.publish("STREAMED", "103");
        Eventually.await("the alert is seen", () -> browser.text("#alerts").contains("STREAMED"));
        feed.publish("AGAIN", "100");
        feed.publish("AGAIN", "103");
        Eventually.await("the next is seen", () -> browser.text("#alerts").contains("AGAIN"));

        assertThat(browser.run("return streams")).isEqualTo("1");
    }

    private static void open() throws Exception {
        browser.open(server.uri());
        Eventually.await("the price is listed", () -> {
            feed.publish("OUTAGE", "100");
            return browser.text("#watchlist").contains("OUTAGE");
        });
    }
}

package io.tradeops.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Setting;
import io.tradeops.app.support.Browser;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestConfig;
import io.tradeops.app.support.TestDatabase;
import io.tradeops.app.support.Upstream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of servers that follow an external feed, in a real browser. */
class FollowedFeedPageIT {

    private static final String PHASE = "#connection";

    @TempDir
    static Path directory;

    private static TestDatabase database;
    private static Upstream upstream;
    private static TradeOpsServer active;
    private static TradeOpsServer standby;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        database = TestDatabase.in(directory.resolve("postgres"));
        upstream = Upstream.from(1_000);
        active = follow("active");
        Eventually.await("the active server follows the feed", () -> upstream.connections() == 1);
        standby = follow("standby");
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        standby.close();
        active.close();
        upstream.close();
        database.close();
    }

    @BeforeEach
    void size() {
        browser.show(1600, 1000, "light");
    }

    @Test
    void showsOnlyThePricesOfTheFollowedFeed() throws Exception {
        browser.open(active.uri());
        upstream.publish("FOLLOWED", "12.5");
        Eventually.await("the price is listed", () -> row("FOLLOWED").contains("12.50"));
        Eventually.await("the page is live", () -> phase().equals("live"));
        upstream.publish("FOLLOWED", "12.8");
        Eventually.await(
                "the alert is seen",
                () -> browser.text("#alerts li:first-child").contains("FOLLOWED"));
        assertThat(browser.run("return document.querySelectorAll('#watchlist tr:not([data-ticker=FOLLOWED],"
                        + " [data-ticker=AGAIN])').length"))
                .isEqualTo("0");
    }

    @Test
    void continuesAfterASequenceRestart() throws Exception {
        browser.open(active.uri());
        upstream.publish("AGAIN", "1");
        Eventually.await("the price is listed", () -> row("AGAIN").contains("1.00"));
        upstream.restartFrom(1);
        upstream.publish("AGAIN", "2");

        Eventually.await("the new price is listed", () -> row("AGAIN").contains("2.00"));
    }

    @Test
    void pageOfAStandbyServerIsWaitingAndNotLive() throws Exception {
        browser.open(standby.uri());
        browser.run("window.phases = new Set(); setInterval(() =>"
                + " phases.add(document.querySelector('#connection').dataset.phase), 50)");
        upstream.publish("AGAIN", "3");
        Eventually.await(
                "the monitor is live",
                () -> new Client(active.uri()).get("metrics").body().contains("tradeops_monitor_live 1.0"));
        Eventually.await(
                "the page would have given up a dead connection",
                () -> Double.parseDouble(browser.run("return performance.now()")) > 17_000);

        assertThat(browser.run("return [...phases].join()")).isIn("waiting", "connecting,waiting");
        assertThat(browser.text(PHASE)).contains("waiting");
    }

    private static TradeOpsServer follow(String name) throws IOException {
        return TradeOpsServer.start(ServerConfig.of(TestConfig.settings(directory.resolve(name))
                .with(Setting.DATABASE_URL, database.url())
                .with(Setting.DATABASE_USER, database.user())
                .with(Setting.DATABASE_PASSWORD, database.password())
                .with(Setting.FEED_URL, upstream.uri().toString())));
    }

    private static String phase() {
        return browser.attribute(PHASE, "data-phase");
    }

    private static String row(String ticker) {
        return browser.text("tr[data-ticker='" + ticker + "']");
    }
}

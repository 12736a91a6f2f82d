package io.tradeops.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.Closer;
import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.support.Browser;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.Program.Outcome;
import io.tradeops.app.support.ScriptedSource;
import io.tradeops.app.support.TestConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page at {@code /} of a server that asks for API keys, in a real browser. */
class LivePageKeysIT {

    private static final String WRONG = "tradeops_0123456789ab_" + "x".repeat(43);

    @TempDir
    Path directory;

    @Test
    void pageAsksForAKeyAndWorksWithIt() throws Exception {
        ScriptedSource feed = new ScriptedSource();
        try (Browser browser = Browser.start();
                TradeOpsServer server = TradeOpsServer.start(
                        TestConfig.in(directory), new Closer(), InstantSource.system(), Optional.of(feed))) {
            String key = createKey();
            Client client = new Client(server.uri());
            Eventually.await("keys are needed", () -> client.get("trades/").status() == 401);
            browser.show(1440, 900, "light");
            browser.open(server.uri());

            giveKey(browser, WRONG);
            Eventually.await("the page asks again", () -> asks(browser));
            assertThat(browser.text("#key-reason")).isNotEmpty();
            browser.shoot("key");
            giveKey(browser, key);
            Eventually.await(
                    "the trades are loaded", () -> browser.text("#trades-state").contains("No trades yet"));

            Eventually.await("the feed is live", () -> {
                feed.publish("KEYED", "100");
                return browser.attribute("#connection", "data-phase").equals("live");
            });
            Eventually.await(
                    "the alert stream is open", () -> metrics(client, key).contains("tradeops_alert_stream_clients 1"));
            feed.publish("KEYED", "103");
            Eventually.await("the alert is seen", () -> browser.text("#alerts").contains("KEYED"));
            assertThat(asks(browser)).isFalse();
        }
    }

    @Test
    void userWhoDeclinesCanEnterAKeyLater() throws Exception {
        try (Browser browser = Browser.start();
                TradeOpsServer server = TradeOpsServer.start(TestConfig.in(directory))) {
            String key = createKey();
            Client client = new Client(server.uri());
            Eventually.await("keys are needed", () -> client.get("trades/").status() == 401);
            browser.show(1440, 900, "dark");
            browser.open(server.uri());
            Eventually.await("the page asks for a key", () -> asks(browser));
            browser.press(Keys.ESCAPE);

            Eventually.await(
                    "the trades offer to enter a key",
                    () -> browser.text("#trades-state button").equals("Enter a key"));
            Eventually.await(
                    "the prices offer it, too",
                    () -> browser.text("#watchlist-state button").equals("Enter a key"));
            assertThat(browser.text("#watchlist-state")).contains("asks for an API key");
            assertThat(browser.text("#chart-state button")).isEqualTo("Enter a key");
            browser.run("window.phases = new Set(); setInterval(() =>"
                    + " phases.add(document.querySelector('#connection').dataset.phase), 20)");
            Eventually.await(
                    "some time has passed", () -> Double.parseDouble(browser.run("return performance.now()")) > 8_000);
            assertThat(browser.run("return [...phases].join()")).isEqualTo("refused");
            browser.shoot("no-key");
            browser.click("#watchlist-state button");
            giveKey(browser, key);
            Eventually.await(
                    "the trades are loaded", () -> browser.text("#trades-state").contains("No trades yet"));
            Eventually.await(
                    "the feed is live",
                    () -> browser.attribute("#connection", "data-phase").equals("live"));
            Eventually.await(
                    "the alerts are loaded",
                    () -> !browser.text("#alerts-state").contains("can’t"));
        }
    }

    private static void giveKey(Browser browser, String key) throws Exception {
        Eventually.await("the page asks for a key", () -> asks(browser));
        browser.fill("#key-value", key);
        browser.press(Keys.ENTER);
        Eventually.await(
                "the dialog closes or asks again",
                () -> !asks(browser)
                        || browser.run("return document.querySelector('#key-value').value")
                                .isEmpty());
    }

    private static boolean asks(Browser browser) {
        return browser.run("return document.querySelector('#key').open").equals("true");
    }

    private static String metrics(Client client, String key) throws Exception {
        return client.send(client.request("metrics").header("Authorization", "Bearer " + key))
                .body();
    }

    private String createKey() throws Exception {
        Outcome outcome = Program.run(
                directory,
                Map.of("TRADEOPS_DATA_DIR", directory.toString()),
                "keys",
                "create",
                "--name",
                "page",
                "--scope",
                "read,write");
        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        return outcome.output().strip();
    }
}

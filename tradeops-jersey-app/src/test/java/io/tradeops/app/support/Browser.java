package io.tradeops.app.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/**
 * A headless Chromium with a page, driven by the system's chromedriver: for one test, or as a JUnit extension for a
 * class. Not thread-safe.
 */
public final class Browser implements AutoCloseable, BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    /** If this variable is set, a missing browser fails the tests instead of skipping them. */
    private static final String REQUIRED = "TRADEOPS_BROWSER_REQUIRED";

    private static final Path SHOTS = Path.of("target", "screenshots");

    private final List<String> scripts = new ArrayList<>();
    private final String picture;

    @SuppressWarnings("NullAway.Init") // start() or beforeAll() sets it
    private ChromeDriver driver;

    private Browser(String picture) {
        this.picture = picture;
    }

    /** Starts a browser. Without Chromium the test is skipped, or fails if a browser is required. */
    public static Browser start() {
        Browser browser = new Browser("last");
        browser.driver = newDriver();
        return browser;
    }

    /** Creates a browser for all tests of a class. It saves a screenshot under this name after each test. */
    public static Browser keeping(String picture) {
        return new Browser(picture);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        driver = newDriver();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        shoot(picture);
        asItIs();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (driver != null) { // null without a browser
            close();
        }
    }

    private static ChromeDriver newDriver() {
        Optional<Path> chromium = find("chromium", "chromium-browser", "google-chrome");
        Optional<Path> chromedriver = find("chromedriver");
        if (System.getenv(REQUIRED) == null) {
            assumeTrue(chromium.isPresent(), "there is no chromium on the PATH, so the page is not tested");
            assumeTrue(chromedriver.isPresent(), "there is no chromedriver on the PATH, so the page is not tested");
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--window-size=1600,1000");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                .build();
        return new ChromeDriver(service, options);
    }

    /** Opens an address. */
    public void open(URI address) {
        driver.get(address.toString());
    }

    /** Sets the window's size in CSS pixels, and the system's preferred colour scheme. */
    public void show(int width, int height, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 700));
    }

    /** The text of an element; empty while the element is missing. */
    public String text(String selector) {
        return read(selector, WebElement::getText);
    }

    /** An attribute of an element; empty while the element or the attribute is missing. */
    public String attribute(String selector, String name) {
        return read(
                selector,
                element -> Optional.ofNullable(element.getDomAttribute(name)).orElse(""));
    }

    /** Clicks an element. */
    public void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** Replaces the text of a field. */
    public void fill(String selector, String text) {
        WebElement field = driver.findElement(By.cssSelector(selector));
        field.clear();
        field.sendKeys(text);
    }

    /** Sends keys to the focused element. */
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses Escape, by which the page's fields lose the focus. */
    public void leaveField() {
        press(Keys.ESCAPE);
    }

    /** Runs a script and returns its result as text. */
    public String run(String script, Object... arguments) {
        return String.valueOf(driver.executeScript(script, arguments));
    }

    /**
     * Runs a script in each page that is opened from now on, before the page's own scripts, until {@link #asItIs()}.
     */
    public void beforeLoad(String script) {
        Object added = driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
                .get("identifier");
        scripts.add(String.valueOf(added));
    }

    /** Blocks requests to URLs that match one of these patterns. Without a pattern, all requests pass. */
    public void block(String... patterns) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(patterns)));
    }

    /** Undoes {@link #beforeLoad} and {@link #block}. */
    public void asItIs() {
        for (String script : scripts) {
            driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
        }
        scripts.clear();
        block();
    }

    /** Moves the mouse to a point in an element, given as fractions of its width and height. */
    public void pointAt(String selector, double x, double y) {
        to(selector, x, y).perform();
    }

    /** Drags the mouse across the middle of an element, from one fraction of its width to another. */
    public void drag(String selector, double from, double to) {
        Dimension size = driver.findElement(By.cssSelector(selector)).getSize();
        to(selector, from, 0.5)
                .clickAndHold()
                .moveByOffset((int) ((to - from) * size.width), 0)
                .release()
                .perform();
    }

    /** Double-clicks the middle of an element. */
    public void doubleClick(String selector) {
        to(selector, 0.5, 0.5).doubleClick().perform();
    }

    private Actions to(String selector, double x, double y) {
        WebElement element = driver.findElement(By.cssSelector(selector));
        Dimension size = element.getSize();
        return new Actions(driver)
                .moveToElement(element, (int) ((x - 0.5) * size.width), (int) ((y - 0.5) * size.height));
    }

    /** Saves a screenshot in {@code target/screenshots}. */
    public void shoot(String name) throws IOException {
        Files.createDirectories(SHOTS);
        Files.write(SHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }

    private String read(String selector, Function<WebElement, String> what) {
        try {
            return driver.findElements(By.cssSelector(selector)).stream()
                    .findFirst()
                    .map(what)
                    .orElse("");
        } catch (StaleElementReferenceException e) {
            return ""; // the page has replaced the element meanwhile
        }
    }

    private static Optional<Path> find(String... names) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(names)
                .flatMap(name -> Stream.of(path.split(":", -1)).map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}

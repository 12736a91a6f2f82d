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
 * A headless Chromium with a page in it, by the system's own driver: for a single test, or as an extension for all of a class.
 * Not thread-safe.
 */
public final class Browser implements AutoCloseable, BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    /** Set where a missing browser is a failure and not a reason to skip. */
    private static final String REQUIRED = "TRADEOPS_BROWSER_REQUIRED";

    private static final Path SHOTS = Path.of("target", "screenshots");

    private final List<String> scripts = new ArrayList<>();
    private final String picture;

    @SuppressWarnings("NullAway.Init") // whoever makes it starts it
    private ChromeDriver driver;

    private Browser(String picture) {
        this.picture = picture;
    }

    /** Starts one; where there is none the test is skipped, or fails if a browser is required. */
    public static Browser start() {
        Browser browser = new Browser("last");
        browser.driver = newDriver();
        return browser;
    }

    /** One that runs from before the first to behind the last test of a class, and keeps a picture of each one's end. */
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
        if (driver != null) { // null where there is no browser
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

    /** Sets the window's size in CSS pixels, and which colours the system prefers. */
    public void show(int width, int height, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 700));
    }

    /** The text of an element; empty while it isn't there. */
    public String text(String selector) {
        return read(selector, WebElement::getText);
    }

    /** An attribute of an element; empty while there is none. */
    public String attribute(String selector, String name) {
        return read(
                selector,
                element -> Optional.ofNullable(element.getDomAttribute(name)).orElse(""));
    }

    /** Clicks an element. */
    public void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** Puts text into a field in place of what is there. */
    public void fill(String selector, String text) {
        WebElement field = driver.findElement(By.cssSelector(selector));
        field.clear();
        field.sendKeys(text);
    }

    /** Presses keys where the focus is. */
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Leaves whatever has the focus. */
    public void leaveField() {
        press(Keys.ESCAPE);
    }

    /** Runs a script and gives what it returns, as text. */
    public String run(String script, Object... arguments) {
        return String.valueOf(driver.executeScript(script, arguments));
    }

    /** Runs a script in whatever is opened from now on, before anything of its own; until {@link #asItIs()}. */
    public void beforeLoad(String script) {
        Object added = driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
                .get("identifier");
        scripts.add(String.valueOf(added));
    }

    /** Lets no answer come from paths that have one of these patterns; none lets all of them come. */
    public void block(String... patterns) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(patterns)));
    }

    /** Takes back what {@link #beforeLoad} and {@link #block} have set. */
    public void asItIs() {
        for (String script : scripts) {
            driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
        }
        scripts.clear();
        block();
    }

    /** Moves the mouse to a place in an element, given in shares of its width and height. */
    public void pointAt(String selector, double x, double y) {
        to(selector, x, y).perform();
    }

    /** Drags the mouse across the middle of an element, from one share of its width to another. */
    public void drag(String selector, double from, double to) {
        Dimension size = driver.findElement(By.cssSelector(selector)).getSize();
        to(selector, from, 0.5)
                .clickAndHold()
                .moveByOffset((int) ((to - from) * size.width), 0)
                .release()
                .perform();
    }

    /** Clicks twice in the middle of an element. */
    public void doubleClick(String selector) {
        to(selector, 0.5, 0.5).doubleClick().perform();
    }

    private Actions to(String selector, double x, double y) {
        WebElement element = driver.findElement(By.cssSelector(selector));
        Dimension size = element.getSize();
        return new Actions(driver)
                .moveToElement(element, (int) ((x - 0.5) * size.width), (int) ((y - 0.5) * size.height));
    }

    /** Keeps a picture in {@code target/screenshots}. */
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
            return ""; // it was drawn anew meanwhile
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

package io.tradeops.app;

import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Settings;
import io.tradeops.app.db.Database;
import io.tradeops.app.embedded.TestDirectory;
import io.tradeops.app.feed.market.TickSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The real wiring on embedded services and a free port, from before the first to behind the last test of a class. Its
 * clients may be made before it runs:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestServer server = TestServer.withDefaults();
 *
 * private static final Client client = server.client();
 * }</pre>
 *
 * Thread-safe once it runs.
 */
final class TestServer implements BeforeAllCallback, AfterAllCallback {

    private final UnaryOperator<Settings> settings;
    private final Supplier<Optional<TickSource>> source;

    @SuppressWarnings("NullAway.Init") // beforeAll() sets it
    private TestDirectory directory;

    @SuppressWarnings("NullAway.Init") // beforeAll() sets it
    private TradeOpsServer running;

    private TestServer(UnaryOperator<Settings> settings, Supplier<Optional<TickSource>> source) {
        this.settings = settings;
        this.source = source;
    }

    /** With the settings that every test's server has. */
    static TestServer withDefaults() {
        return with(UnaryOperator.identity());
    }

    /** With some of them changed. */
    static TestServer with(UnaryOperator<Settings> change) {
        return new TestServer(change, Optional::empty);
    }

    /** This one with ticks from another source than the simulated market. */
    TestServer fedBy(Supplier<TickSource> ticks) {
        return new TestServer(settings, () -> Optional.of(ticks.get()));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        directory = TestDirectory.create();
        ServerConfig config = ServerConfig.of(settings.apply(TestConfig.settings(directory.path())));
        running = TradeOpsServer.start(config, new Closer(), InstantSource.system(), source.get());
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        running.close();
        directory.close();
    }

    /** Talks HTTP to it. */
    Client client() {
        return new Client(this::uri);
    }

    /** Talks bytes to it. */
    RawHttp raw() {
        return new RawHttp(this::uri);
    }

    /** The server itself. */
    TradeOpsServer running() {
        return running;
    }

    /** Its address. */
    URI uri() {
        return running.uri();
    }

    /** Where its embedded services keep their data. */
    Path directory() {
        return directory.path();
    }

    /** Its database. */
    Database database() {
        return running.backends().database();
    }
}

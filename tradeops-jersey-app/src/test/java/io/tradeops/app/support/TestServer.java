package io.tradeops.app.support;

import io.tradeops.app.Closer;
import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Settings;
import io.tradeops.app.db.Database;
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
 * A complete server on embedded services and a free port, from before the first test of a class to after the last one.
 * Its clients may be created before it runs:
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
public final class TestServer implements BeforeAllCallback, AfterAllCallback {

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

    /** Creates a server with the settings for tests. */
    public static TestServer withDefaults() {
        return with(UnaryOperator.identity());
    }

    /** Creates a server with the settings for tests, some of them changed. */
    public static TestServer with(UnaryOperator<Settings> change) {
        return new TestServer(change, Optional::empty);
    }

    /** Returns this server with a source of ticks instead of the simulated market. */
    public TestServer fedBy(Supplier<TickSource> ticks) {
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

    /** Creates an HTTP client of the server. */
    public Client client() {
        return new Client(this::uri);
    }

    /** Creates a client that sends bytes to the server. */
    public RawHttp raw() {
        return new RawHttp(this::uri);
    }

    /** The running server. */
    public TradeOpsServer running() {
        return running;
    }

    /** The server's address. */
    public URI uri() {
        return running.uri();
    }

    /** The data directory of the embedded services. */
    public Path directory() {
        return directory.path();
    }

    /** The server's database. */
    public Database database() {
        return running.backends().database();
    }
}

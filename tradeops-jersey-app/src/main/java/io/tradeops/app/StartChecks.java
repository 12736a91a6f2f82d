package io.tradeops.app;

import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.embedded.EmbeddedPostgres;
import io.tradeops.app.http.HttpSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * Checks a configuration before anything is started, so that a server with a wrong one fails at once and leaves no
 * database behind. Static functions; thread-safe.
 */
final class StartChecks {

    private StartChecks() {}

    /**
     * Checks a server's address and ports.
     *
     * @throws IOException if a port is in use; the message names its setting
     * @throws IllegalArgumentException if the address is not a loopback address and there are no API keys, because the
     *     database is new
     */
    static void require(ServerConfig config, boolean loopback) throws IOException {
        boolean isNew = config.database().isEmpty() && !EmbeddedPostgres.exists(config.dataDirectory());
        if (!loopback && isNew) {
            throw withoutKeys(config.http());
        }
        requireFreePorts(config);
    }

    /** The exception for an address that is not a loopback address while there are no API keys. */
    static IllegalArgumentException withoutKeys(HttpSettings settings) {
        return new IllegalArgumentException("TRADEOPS_HOST=" + settings.host()
                + " is not a loopback address, and there are no API keys, so any client there could enter trades;"
                + " create a key with `keys create --name NAME --scope read,write`, or serve 127.0.0.1");
    }

    /** Whether the JVM ends when its memory runs out, as its options say. */
    static boolean endsWithoutMemory() {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return options.contains("-XX:+ExitOnOutOfMemoryError") || options.contains("-XX:+CrashOnOutOfMemoryError");
    }

    /** Binds both ports at the same time, because they may be equal. */
    private static void requireFreePorts(ServerConfig config) throws IOException {
        try (ServerSocket http = new ServerSocket();
                ServerSocket dashboard = new ServerSocket()) {
            HttpSettings settings = config.http();
            String httpAddress = settings.host() + ":" + settings.port();
            bind(http, new InetSocketAddress(settings.host(), settings.port()), httpAddress, "TRADEOPS_PORT");
            InetSocketAddress address = config.dashboard().address();
            bind(dashboard, address, "port " + address.getPort() + " (dashboard)", "TRADEOPS_DASHBOARD_PORT");
        }
    }

    private static void bind(ServerSocket socket, InetSocketAddress address, String shown, String variable)
            throws IOException {
        try {
            socket.bind(address);
        } catch (IOException e) {
            throw new IOException(
                    "can't listen on " + shown + ": " + e.getMessage() + "; set " + variable + " to a free port", e);
        }
    }
}

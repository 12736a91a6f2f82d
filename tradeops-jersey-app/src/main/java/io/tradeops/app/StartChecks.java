package io.tradeops.app;

import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.embedded.EmbeddedPostgres;
import io.tradeops.app.http.HttpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * What can be told before anything is started, so that a server that can't start says so at once and leaves no database
 * behind. Static functions; thread-safe.
 */
final class StartChecks {

    private StartChecks() {}

    /**
     * Refuses what couldn't be served.
     *
     * @throws IOException if a port is taken, naming the setting
     * @throws IllegalArgumentException if an address other than loopback is to be served and there can't be keys yet
     */
    static void require(ServerConfig config) throws IOException {
        boolean isNew = config.database().isEmpty() && !EmbeddedPostgres.exists(config.dataDirectory());
        if (!config.http().isLoopback() && isNew) {
            throw withoutKeys(config.http());
        }
        requireFreePorts(config);
    }

    /** The refusal to serve a network without keys. */
    static IllegalArgumentException withoutKeys(HttpSettings settings) {
        return new IllegalArgumentException("TRADEOPS_HOST=" + settings.host()
                + " is not a loopback address, and no API keys are made, so anybody there could enter trades;"
                + " make one with `keys create --name NAME --scope read,write`, or serve 127.0.0.1");
    }

    /** Both at once, because they may be the same. */
    private static void requireFreePorts(ServerConfig config) throws IOException {
        try (ServerSocket http = new ServerSocket();
                ServerSocket dashboard = new ServerSocket()) {
            HttpSettings settings = config.http();
            String place = settings.host() + ":" + settings.port();
            bind(http, new InetSocketAddress(settings.host(), settings.port()), place, "TRADEOPS_PORT");
            InetSocketAddress address = config.dashboard().address();
            bind(dashboard, address, "port " + address.getPort() + " (dashboard)", "TRADEOPS_DASHBOARD_PORT");
        }
    }

    private static void bind(ServerSocket socket, InetSocketAddress address, String place, String variable)
            throws IOException {
        try {
            socket.bind(address);
        } catch (IOException e) {
            throw new IOException(
                    "can't listen on " + place + ": " + e.getMessage() + "; set " + variable + " to a free port", e);
        }
    }
}

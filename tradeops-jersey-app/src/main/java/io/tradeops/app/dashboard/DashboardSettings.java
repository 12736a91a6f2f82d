package io.tradeops.app.dashboard;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Port and credentials of the dashboard. Immutable.
 *
 * @param port the port; 0 picks a free one
 * @param user the user's name
 * @param password the user's password; if empty, the dashboard requires none and binds loopback only
 */
public record DashboardSettings(int port, String user, String password) {

    /** @throws IllegalArgumentException if the port is out of range or there is a password without a user */
    public DashboardSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        if (user.isEmpty() && !password.isEmpty()) {
            throw new IllegalArgumentException("a dashboard password needs a user");
        }
    }

    /** The address to bind: loopback if there is no password, else all interfaces. */
    public InetSocketAddress address() {
        return password.isEmpty()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                : new InetSocketAddress(port);
    }

    @Override
    public String toString() {
        return "DashboardSettings[port=" + port + ", user=" + user + "]";
    }
}

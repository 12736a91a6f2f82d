package io.tradeops.app.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Groups addresses by customer, for limits. Static functions; thread-safe. */
public final class Network {

    private static final int BYTES_OF_IPV6 = 8;

    private Network() {}

    /**
     * An IPv4 address, or the 64-bit network of an IPv6 address, which commonly belongs to one customer; empty if
     * unknown.
     */
    public static String of(@Nullable Object address) {
        return address instanceof InetSocketAddress socket && socket.getAddress() != null
                ? of(socket.getAddress())
                : "";
    }

    private static String of(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), BYTES_OF_IPV6))
                : address.getHostAddress();
    }
}

package io.tradeops.app.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses of the proxies whose forwarded headers count. Immutable. */
public final class TrustedProxies {

    /** Trusts no address. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<AddressBlock> blocks;

    private TrustedProxies(List<AddressBlock> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /**
     * Parses a list of addresses and blocks, separated by commas; it may be empty.
     *
     * @throws IllegalArgumentException naming the invalid entry
     */
    public static TrustedProxies parse(String list) {
        return new TrustedProxies(Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(entry -> AddressBlock.parse(entry)
                        .orElseThrow(() -> new IllegalArgumentException("not an address or a block: " + entry)))
                .toList());
    }

    /** Whether a connection comes from one of them. */
    public boolean includes(@Nullable Object peer) {
        return !blocks.isEmpty()
                && peer instanceof InetSocketAddress socket
                && socket.getAddress() != null
                && includesAddress(socket.getAddress());
    }

    boolean includesAddress(InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }
}

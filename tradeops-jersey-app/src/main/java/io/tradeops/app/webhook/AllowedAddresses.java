package io.tradeops.app.webhook;

import io.tradeops.app.access.AddressBlock;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The addresses that outgoing connections may go to. With a list, only the names, addresses and blocks of the list are
 * allowed. Without a list, only public addresses are. Immutable.
 */
final class AllowedAddresses {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]*[a-z0-9])?");

    /**
     * Addresses that IANA's special-purpose registries don't list as globally reachable, multicast, and addresses that
     * embed an IPv4 address, which could bypass the other blocks.
     */
    private static final List<AddressBlock> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .flatMap(block -> AddressBlock.parse(block).stream())
            .toList();

    private final Set<String> names;
    private final List<AddressBlock> blocks;

    private AllowedAddresses(Set<String> names, List<AddressBlock> blocks) {
        this.names = Set.copyOf(names);
        this.blocks = List.copyOf(blocks);
    }

    /**
     * Parses a list of names, addresses and blocks, separated by commas; it may be empty.
     *
     * @throws IllegalArgumentException naming the invalid entry
     */
    static AllowedAddresses parse(String list) {
        Set<String> names = new HashSet<>();
        List<AddressBlock> blocks = new ArrayList<>();
        for (String entry : Arrays.stream(list.split(",")).map(String::strip).toList()) {
            Optional<AddressBlock> block = AddressBlock.parse(entry);
            if (block.isPresent()) {
                blocks.add(block.get());
            } else if (!entry.isEmpty()) {
                names.add(name(entry));
            }
        }
        return new AllowedAddresses(names, blocks);
    }

    /** Whether a connection may go to {@code address}, to which {@code host}, a name or an address, resolves. */
    boolean allows(String host, InetAddress address) {
        if (names.contains(host.toLowerCase(Locale.ROOT)) || isIn(blocks, address)) {
            return true;
        }
        boolean listed = !names.isEmpty() || !blocks.isEmpty();
        return !listed && !isIn(NOT_PUBLIC, address);
    }

    private static boolean isIn(List<AddressBlock> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static String name(String entry) {
        String name = entry.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a host name, an address or a block: " + entry);
        }
        return name;
    }
}

package io.tradeops.app.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of IP addresses in CIDR notation. Immutable. */
public final class AddressBlock {

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

    /** An IPv6 address whose last 32 bits are written as an IPv4 address. */
    private static final int LONGEST_ADDRESS = 45;

    private final byte[] network;
    private final int length;

    private AddressBlock(byte[] network, int length) {
        this.network = network;
        this.length = length;
    }

    /**
     * Parses a block, or a single address; empty if the text does not begin with an address.
     *
     * @throws IllegalArgumentException if what follows the address is not a valid length
     */
    public static Optional<AddressBlock> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        byte[] network = address.get().getAddress();
        int bits = network.length * Byte.SIZE;
        return Optional.of(new AddressBlock(network, slash < 0 ? bits : length(text, text.substring(slash + 1), bits)));
    }

    /** Parses a literal address; empty if the text is not one. Never looks up a name. */
    public static Optional<InetAddress> address(String text) {
        if (text.length() > LONGEST_ADDRESS) {
            return Optional.empty();
        }
        boolean isIpv6 = IPV6.matcher(text).matches();
        if (!isIpv6 && !IPV4.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(isIpv6 ? "[" + text + "]" : text));
        } catch (UnknownHostException e) {
            return Optional.empty(); // such as 1::2::3
        }
    }

    /** Whether an address is in this block. An IPv4 address is never in a block of IPv6 addresses. */
    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((network[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int length(String text, String digits, int bits) {
        if (!LENGTH.matcher(digits).matches() || Integer.parseInt(digits) > bits) {
            throw new IllegalArgumentException("a block's length must be 0 to " + bits + ": " + text);
        }
        return Integer.parseInt(digits);
    }
}

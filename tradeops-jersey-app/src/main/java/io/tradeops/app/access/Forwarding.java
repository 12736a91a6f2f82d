package io.tradeops.app.access;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * What proxies tell of a request in {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}, or in {@code Forwarded}
 * (RFC 7239). Each proxy adds what it sees to the right, so the list is read from the right for as long as the
 * addresses are those of trusted proxies: the first other address is the client's. What stands left of it may be
 * forged. A malformed value is ignored. Immutable.
 *
 * @param client the client's address; empty if no header tells it
 * @param scheme {@code http} or {@code https}; empty if no header tells it
 * @param authority the host that the client named, with its port if it gave one; empty if no header tells it
 */
record Forwarding(Optional<InetAddress> client, Optional<String> scheme, Optional<String> authority) {

    private static final Forwarding NOTHING = new Forwarding(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final String PORT = "(?::(?:\\d{1,5}|_[A-Za-z0-9._-]{1,64}))?";
    private static final Pattern NODE = Pattern.compile("(?:([0-9.]{7,15})|\\[([0-9A-Fa-f:.]{2,45})])" + PORT);
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9._-]{0,252}|\\[([0-9A-Fa-f:.]{2,45})])(?::(\\d{1,5}))?");
    private static final int MAX_PORT = 65_535;

    /**
     * Reads the headers of a request that a trusted proxy sent. If both kinds of headers are there and tell different
     * things, the proxy has passed on what its client sent, and neither counts.
     */
    static Forwarding of(HttpFields headers, TrustedProxies proxies) {
        List<String> standard = headers.getValuesList(HttpHeader.FORWARDED);
        boolean hasStandard = !standard.isEmpty();
        boolean hasOthers = headers.contains(HttpHeader.X_FORWARDED_FOR)
                || headers.contains(HttpHeader.X_FORWARDED_PROTO)
                || headers.contains(HttpHeader.X_FORWARDED_HOST);
        Forwarding one = hasStandard ? ofHops(ForwardedHop.parse(standard), proxies) : ofOthers(headers, proxies);
        return hasStandard && hasOthers && !one.equals(ofOthers(headers, proxies)) ? NOTHING : one;
    }

    private static Forwarding ofHops(List<ForwardedHop> hops, TrustedProxies proxies) {
        if (hops.isEmpty()) {
            return NOTHING;
        }
        List<String> clients = hops.stream().map(ForwardedHop::client).toList();
        ForwardedHop outermost = hops.get(outermost(clients, proxies));
        return new Forwarding(client(clients, proxies), scheme(outermost.scheme()), authority(outermost.host()));
    }

    private static Forwarding ofOthers(HttpFields headers, TrustedProxies proxies) {
        List<String> clients = items(headers.getValuesList(HttpHeader.X_FORWARDED_FOR));
        return new Forwarding(
                client(clients, proxies),
                item(items(headers.getValuesList(HttpHeader.X_FORWARDED_PROTO)), clients, proxies)
                        .flatMap(Forwarding::scheme),
                item(items(headers.getValuesList(HttpHeader.X_FORWARDED_HOST)), clients, proxies)
                        .flatMap(Forwarding::authority));
    }

    /** The item that belongs to the client's address, if each proxy added one; else the one of the nearest proxy. */
    private static Optional<String> item(List<String> items, List<String> clients, TrustedProxies proxies) {
        if (items.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(items.get(items.size() == clients.size() ? outermost(clients, proxies) : items.size() - 1));
    }

    /** The index of the item that the outermost trusted proxy added; 0 for an empty list. */
    private static int outermost(List<String> clients, TrustedProxies proxies) {
        int index = Math.max(0, clients.size() - 1);
        while (index > 0
                && node(clients.get(index)).filter(proxies::includesAddress).isPresent()) {
            index--;
        }
        return index;
    }

    /** The address at the outermost trusted proxy's index; if that isn't one, the last proxy's before it. */
    private static Optional<InetAddress> client(List<String> clients, TrustedProxies proxies) {
        int index = outermost(clients, proxies);
        return clients.subList(index, Math.min(clients.size(), index + 2)).stream()
                .map(Forwarding::node)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<String> items(List<String> fields) {
        return fields.stream()
                .flatMap(field -> Arrays.stream(field.split(",")))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** An IPv4 or IPv6 address, with or without a port; empty for {@code unknown} and names that hide an address. */
    private static Optional<InetAddress> node(String item) {
        boolean quoted = item.length() > 1 && item.startsWith("\"") && item.endsWith("\"");
        String text = quoted ? item.substring(1, item.length() - 1) : item;
        Matcher matcher = NODE.matcher(text);
        if (!matcher.matches()) {
            return AddressBlock.address(text);
        }
        String inBrackets = matcher.group(2);
        return AddressBlock.address(inBrackets == null ? matcher.group(1) : inBrackets);
    }

    private static Optional<String> scheme(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT)).filter(SCHEMES::contains);
    }

    private static Optional<String> authority(String text) {
        Matcher matcher = AUTHORITY.matcher(text);
        return matcher.matches() && isAddress(matcher.group(1)) && isPort(matcher.group(2))
                ? Optional.of(text)
                : Optional.empty();
    }

    private static boolean isAddress(@Nullable String text) {
        return text == null || AddressBlock.address(text).isPresent();
    }

    private static boolean isPort(@Nullable String digits) {
        return digits == null || (Integer.parseInt(digits) > 0 && Integer.parseInt(digits) <= MAX_PORT);
    }
}

package io.tradeops.app.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names to allowed addresses only. The client connects to these addresses and does not resolve again, so a
 * name that changes its address in between gains nothing. Thread-safe.
 */
final class CheckedDns implements DnsResolver {

    /** Each attempt may take the connect timeout; all together must fit into a push's timeout. */
    private static final int MAX_ADDRESSES = 3;

    private final AllowedAddresses allowed;

    CheckedDns(AllowedAddresses allowed) {
        this.allowed = allowed;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = Arrays.stream(InetAddress.getAllByName(host))
                .filter(address -> allowed.allows(host, address))
                .limit(MAX_ADDRESSES)
                .toArray(InetAddress[]::new);
        if (addresses.length == 0) {
            throw new UnknownHostException("TRADEOPS_WEBHOOK_ALLOW allows no address of " + host);
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}

package io.tradeops.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class NetworkTest {

    @Test
    void everyIpv4AddressIsItsOwnNetwork() throws Exception {
        assertThat(network("192.0.2.1")).isEqualTo("192.0.2.1").isNotEqualTo(network("192.0.2.2"));
    }

    @Test
    void ipv6NetworkIsTheFirst64Bits() throws Exception {
        assertThat(network("2001:db8:1:2::1"))
                .isEqualTo(network("2001:db8:1:2:ffff::9"))
                .isNotEqualTo(network("2001:db8:1:3::1"));
    }

    @Test
    void unknownAddressHasNoNetwork() {
        assertThat(Network.of(null)).isEmpty();
        assertThat(Network.of(InetSocketAddress.createUnresolved("nowhere.invalid", 1)))
                .isEmpty();
    }

    private static String network(String address) throws Exception {
        return Network.of(new InetSocketAddress(InetAddress.getByName(address), 1));
    }
}

package io.tradeops.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::7f00:1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:0:7f00:1::",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void withoutAListAnAddressThatIsNotPublicIsRefused(String address) throws Exception {
        assertThat(allows("", "hook.example", address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.15.255.255", "172.32.0.1", "100.128.0.1", "192.169.0.1", "2606:4700::1111"})
    void withoutAListAPublicAddressIsAllowed(String address) throws Exception {
        assertThat(allows("", "hook.example", address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, a, 10.255.0.1, true",
        "10.0.0.0/8, a, 11.0.0.1, false",
        "10.0.0.0/8, a, 8.8.8.8, false",
        "10.1.2.3, a, 10.1.2.3, true",
        "10.1.2.3, a, 10.1.2.4, false",
        "0.0.0.0/0, a, 127.0.0.1, true",
        "0.0.0.0/0, a, ::1, false",
        "192.0.2.128/25, a, 192.0.2.127, false",
        "fd00::/8, a, fdff::1, true",
        "::1, a, 0:0:0:0:0:0:0:1, true",
        "hook.example, hook.example, 10.0.0.1, true",
        "Hook.Example, hook.exAmple, 10.0.0.1, true",
        "hook.example, evil.example, 8.8.8.8, false",
        "hook.example, sub.hook.example, 8.8.8.8, false",
        "' hook.example , 10.0.0.0/8', other, 10.0.0.1, true"
    })
    void listAllowsOnlyItsEntries(String list, String host, String address, boolean allowed) throws Exception {
        assertThat(allows(list, host, address)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "::1::", "a b", "http://a", "a/8", "a:80"})
    void namesAnInvalidEntry(String entry) {
        assertThatThrownBy(() -> AllowedAddresses.parse("good.example, " + entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(entry);
    }

    private static boolean allows(String list, String host, String address) throws Exception {
        return AllowedAddresses.parse(list).allows(host, InetAddress.getByName(address));
    }
}

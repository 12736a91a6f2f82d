package io.tradeops.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {

    @ParameterizedTest
    @ValueSource(strings = {"10.1", "256.1.1.1", "1.2.3.4.", "localhost", "", "fe80::1%eth0", "10.0.0.1:80", "1::2::3"})
    void textThatIsNotAWholeAddressIsNotAnAddress(String text) {
        assertThat(AddressBlock.address(text)).isEmpty();
    }

    @Test
    void longTextIsNotAnAddress() {
        assertThat(AddressBlock.address(":".repeat(16_000) + "x")).isEmpty();
        assertThat(AddressBlock.address("0000:0000:0000:0000:0000:ffff:192.168.100.228"))
                .isPresent();
    }
}

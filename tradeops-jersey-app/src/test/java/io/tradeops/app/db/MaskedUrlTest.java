package io.tradeops.app.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "wss://user:HUSH@h.example/feed wss://********@h.example/feed",
                "wss://HUSH@h.example wss://********@h.example",
                "wss://h.example/?apikey=HUSH wss://h.example/?apikey=********",
                "wss://h.example/?a=1&access_token=HUSH&b=2 wss://h.example/?a=1&access_token=********&b=2",
                "wss://h.example/?AUTH=HUSH;x wss://h.example/?AUTH=********",
                "wss://h.example/?X-Amz-Signature=HUSH wss://h.example/?X-Amz-Signature=********",
                "jdbc:postgresql://h/db?sslpassword=HUSH&ssl=on jdbc:postgresql://h/db?sslpassword=********&ssl=on"
            })
    void masksSecretsAndNothingElse(String url, String shown) {
        assertThat(MaskedUrl.of(url)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "pwd", "client_secret", "api-key", "auth", "sig", "credentials", "token"})
    void masksParametersWithSecretNames(String name) {
        assertThat(MaskedUrl.of("wss://h.example/feed?" + name + "=HUSH&x=1"))
                .isEqualTo("wss://h.example/feed?" + name + "=********&x=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://h.example/feed?symbols=AAPL,MSFT",
                "jdbc:postgresql://h:5432/db?ssl=true&user=tradeops",
                "127.0.0.1",
                "2.5",
                "key=shown"
            })
    void leavesOtherTextUnchanged(String text) {
        assertThat(MaskedUrl.of(text)).isEqualTo(text);
    }
}

package io.tradeops.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSettingsTest {

    private static final String SECRET = "0123456789abcdef";

    @Test
    void thereIsNoWebhookWithoutAUrl() {
        assertThat(WebhookSettings.of("", "", "")).isEmpty();
        assertThat(WebhookSettings.of("", "short", "")).isEmpty();
    }

    @Test
    void textHasNoSecret() {
        WebhookSettings settings = WebhookSettings.of("https://hook.example/T0/path", SECRET, "hook.example")
                .orElseThrow();

        assertThat(settings.toString()).contains("hook.example").doesNotContain(SECRET, "T0");
    }

    @ParameterizedTest
    @CsvSource({
        "hook.example, 0123456789abcdef, '', TRADEOPS_WEBHOOK_URL",
        "ftp://hook.example, 0123456789abcdef, '', TRADEOPS_WEBHOOK_URL",
        "file:///etc/passwd, 0123456789abcdef, '', TRADEOPS_WEBHOOK_URL",
        "http://, 0123456789abcdef, '', TRADEOPS_WEBHOOK_URL",
        "'http://a b', 0123456789abcdef, '', TRADEOPS_WEBHOOK_URL",
        "http://127.1/, 0123456789abcdef, '', TRADEOPS_WEBHOOK_URL",
        "http://hook.example:65536, 0123456789abcdef, '', TRADEOPS_WEBHOOK_URL",
        "http://user:pass@hook.example, 0123456789abcdef, '', TRADEOPS_WEBHOOK_URL",
        "http://hook.example#x, 0123456789abcdef, '', TRADEOPS_WEBHOOK_URL",
        "http://hook.example, '', '', TRADEOPS_WEBHOOK_SECRET",
        "http://hook.example, 0123456789abcde, '', TRADEOPS_WEBHOOK_SECRET",
        "http://hook.example, 0123456789abcdef, 10.0.0.0/40, TRADEOPS_WEBHOOK_ALLOW"
    })
    void namesTheWrongVariableAndShowsNoSecret(String url, String secret, String allow, String variable) {
        assertThatThrownBy(() -> WebhookSettings.of(url, secret, allow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(variable)
                .hasMessageNotContaining("0123456789abcde")
                .hasMessageNotContaining("user:pass");
    }
}

package io.tradeops.app.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, AAPL",
        "2026-11-20T14:30:00.123456Z, 01935f6e-0000-7000-8000-000000000001",
        "2262-04-11T23:47:16.854775Z, BTC/USD",
        "2026-11-20T14:30:00Z, a|b"
    })
    void decodesWhatItEncodes(Instant time, String key) {
        Cursor cursor = new Cursor(time, key);

        assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
        assertThat(cursor.encode()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "|",
                "1",
                "AAPL",
                "x|AAPL",
                "|AAPL",
                "1.5|AAPL",
                "-1|AAPL",
                "9223372036854775807|A",
                "9223372036854775808|A",
                "-9223372036854775808|A",
                "+1|A",
                "01|A",
                "9223372036854776|A",
                "1|A\u0000"
            })
    void refusesAForgedCursor(String plain) {
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Cursor.decode(forged))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "ü", " ", "MXxB=", "MXz_", "MXxB\n"})
    void refusesAnotherEncoding(String text) {
        assertThatThrownBy(() -> Cursor.decode(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesACursorWithAnyCharacterAltered() {
        String ours = new Cursor(Instant.parse("2026-11-20T14:30:00.123456Z"), "AAPL").encode();
        for (int i = 0; i < ours.length(); i++) {
            String altered = ours.substring(0, i) + (ours.charAt(i) == 'A' ? 'B' : 'A') + ours.substring(i + 1);
            assertThatThrownBy(() -> Cursor.decode(altered)).isInstanceOf(ProblemException.class);
        }
        assertThatThrownBy(() -> Cursor.decode("MHwwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA"))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesALongCursor() {
        assertThatThrownBy(() -> Cursor.decode(new Cursor(Instant.EPOCH, "A".repeat(300)).encode()))
                .isInstanceOf(ProblemException.class);
    }
}

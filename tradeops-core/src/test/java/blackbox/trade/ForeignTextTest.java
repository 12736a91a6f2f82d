package blackbox.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.trade.ForeignText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignTextTest {

    @Test
    void everyCharacterThatATerminalObeysIsEscaped() {
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            int type = Character.getType(character);
            boolean obeyed = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            String text = "a" + Character.toString(character) + "b";
            assertThat(ForeignText.escaped(text).equals(text))
                    .as("U+%04X", character)
                    .isEqualTo(!obeyed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a\u001b[2Jb,a\\u001b[2Jb",
        "\u202eevil,\\u202eevil",
        "\ud800x,\\ud800x",
        "M&M,M&M",
        "Zürich 東京 😀,Zürich 東京 😀"
    })
    void escapesAreThoseOfJava(String text, String escaped) {
        assertThat(ForeignText.escaped(text)).isEqualTo(escaped);
    }

    @Test
    void charactersBeyondTheMostAreCut() {
        assertThat(ForeignText.escaped("abc", 3)).isEqualTo("abc");
        assertThat(ForeignText.escaped("abcd", 3)).isEqualTo("abc…");
        assertThat(ForeignText.escaped("x".repeat(501))).isEqualTo("x".repeat(500) + "…");
        assertThat(ForeignText.escaped("ab\n\n", 3)).isEqualTo("ab\\u000a…");
        assertThatThrownBy(() -> ForeignText.escaped("a", 0)).hasMessage("most must be at least 1: 0");
    }
}

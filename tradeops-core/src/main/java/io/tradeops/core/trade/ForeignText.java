package io.tradeops.core.trade;

import io.tradeops.core.codec.Arguments;

/**
 * Text that others wrote, such as a field of a file, a header of a request or a message of a database, made fit for
 * messages, logs and terminals: short, and without anything that a terminal or a reader of lines would obey. Static
 * functions; thread-safe.
 */
public final class ForeignText {

    private static final int MAX_CHARACTERS = 500;

    private ForeignText() {}

    /** The text as {@link #escaped(String, int)}, at most 500 characters of it. */
    public static String escaped(String text) {
        return escaped(text, MAX_CHARACTERS);
    }

    /**
     * A text whose control characters, and whose characters that change lines or the direction of writing, are escaped as
     * in Java ({@code \\u001b}). So are halves of surrogate pairs. A text that needs no change is returned as it is.
     *
     * @param most the most characters of the text that are kept, at least 1; an ellipsis stands for the others
     */
    public static String escaped(String text, int most) {
        Arguments.require(most >= 1, "most must be at least 1", most);
        int end = Math.min(text.length(), most);
        int safe = 0;
        while (safe < end && isPlainAscii(text.charAt(safe))) {
            safe++;
        }
        return safe == text.length() ? text : escaped(text, safe, end);
    }

    private static String escaped(String text, int safe, int end) {
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, safe);
        for (int i = safe; i < end; ) {
            int character = text.codePointAt(i);
            int size = Character.charCount(character);
            if (isSafe(character)) {
                escaped.appendCodePoint(character);
            } else {
                for (int j = i; j < i + size; j++) {
                    escaped.append(String.format("\\u%04x", (int) text.charAt(j)));
                }
            }
            i += size;
        }
        return end < text.length() ? escaped.append('…').toString() : escaped.toString();
    }

    private static boolean isSafe(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    private static boolean isPlainAscii(char c) {
        return c >= ' ' && c < 0x7f;
    }
}

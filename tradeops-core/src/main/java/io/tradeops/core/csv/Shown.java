package io.tradeops.core.csv;

/** Text from a file, for messages: short, and without anything that a terminal or a log would obey. Static functions. */
final class Shown {

    private static final int MAX_CHARACTERS = 500;

    private Shown() {}

    /**
     * A text whose control characters, and whose characters that change lines or the direction of writing, are escaped
     * as in Java ({@code \\u001b}). At most 500 characters are kept.
     */
    static String text(String text) {
        StringBuilder shown = new StringBuilder();
        int end = Math.min(text.length(), MAX_CHARACTERS);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (isSafe(c)) {
                shown.append(c);
            } else {
                shown.append(String.format("\\u%04x", (int) c));
            }
        }
        return end < text.length() ? shown.append('…').toString() : shown.toString();
    }

    /** A text in single quotes. */
    static String quoted(String text) {
        return "'" + text(text) + "'";
    }

    static boolean isSafe(char c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}

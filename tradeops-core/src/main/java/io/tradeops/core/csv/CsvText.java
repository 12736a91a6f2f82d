package io.tradeops.core.csv;

/** Writes values as RFC 4180 requires. Static functions; thread-safe. */
final class CsvText {

    private CsvText() {}

    /** Appends a value, in quotes if it needs them. */
    static void append(StringBuilder line, String value) {
        if (!needsQuotes(value)) {
            line.append(value);
            return;
        }
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            line.append(c);
            if (c == '"') {
                line.append('"');
            }
        }
        line.append('"');
    }

    /** Spaces at an end would not be read back without quotes. */
    private static boolean needsQuotes(String value) {
        if (value.startsWith(" ") || value.endsWith(" ")) {
            return true;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }
}

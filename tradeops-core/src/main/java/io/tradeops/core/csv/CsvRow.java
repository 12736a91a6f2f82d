package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A row of a CSV file in a byte array, split into its fields. A delimiter separates fields; LF, which any number of CR
 * may precede, separates rows. Spaces around a field are not part of it. A field that begins with a quote ends at the
 * closing quote, and a quote within it is doubled. A quote anywhere else is an ordinary character. Reused for every
 * row; not thread-safe.
 */
final class CsvRow {

    /** The result of {@link #split} if the bytes end before the row does. */
    static final int INCOMPLETE = -1;

    private final char delimiter;
    private byte[] bytes = {};
    private int start;
    private int end;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private boolean[] doubled = new boolean[16];
    private int fields;
    private int lineBreaks;
    private boolean doubledQuote;
    private boolean quoteMisplaced;
    private boolean quoteOpen;

    /** @param delimiter the character between two fields, ASCII */
    CsvRow(char delimiter) {
        this.delimiter = delimiter;
    }

    /**
     * Splits the row that starts at {@code from}.
     *
     * @param to the end of the bytes
     * @param endOfFile whether the file ends at {@code to}
     * @return the start of the next row, or {@link #INCOMPLETE}; {@link #isQuoteOpen} then tells whether the bytes end
     *     within quotes
     */
    int split(byte[] source, int from, int to, boolean endOfFile) {
        begin(source, from);
        int at = from;
        while (true) {
            int first = skipSpaces(at, to);
            boolean quoted = first < to && source[first] == '"';
            int fieldStart = quoted ? first + 1 : at;
            int closingQuote = quoted ? findClosingQuote(fieldStart, to, endOfFile) : at;
            if (closingQuote < 0) {
                quoteOpen = true;
                return INCOMPLETE;
            }
            int rest = quoted ? closingQuote + 1 : at;
            at = rest;
            while (at < to && source[at] != delimiter && source[at] != '\n') {
                at++;
            }
            if (at == to && !endOfFile) {
                return INCOMPLETE;
            }
            boolean ended = at == to || source[at] == '\n';
            int restEnd = ended ? withoutReturns(rest, at) : at;
            quoteMisplaced |= quoted && skipSpaces(rest, restEnd) < restEnd;
            if (quoted) {
                add(fieldStart, closingQuote, doubledQuote);
            } else {
                int firstByte = Math.min(first, restEnd);
                add(firstByte, withoutSpaces(firstByte, restEnd), false);
            }
            if (ended) {
                end = restEnd;
                lineBreaks += at < to ? 1 : 0;
                return at < to ? at + 1 : at;
            }
            at++;
        }
    }

    private int skipSpaces(int from, int to) {
        int at = from;
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    private int withoutReturns(int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] == '\r') {
            end--;
        }
        return end;
    }

    private int findClosingQuote(int from, int to, boolean endOfFile) {
        doubledQuote = false;
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\n') {
                lineBreaks++;
            } else if (bytes[at] == '"') {
                boolean atEnd = at + 1 == to;
                if (atEnd || bytes[at + 1] != '"') {
                    return atEnd && !endOfFile ? INCOMPLETE : at;
                }
                doubledQuote = true;
                at++;
            }
        }
        return INCOMPLETE;
    }

    /** All fields as text. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int field = 0; field < fields; field++) {
            texts.add(text(field));
        }
        return texts;
    }

    /** The length of the row in bytes, without its line break. */
    int length() {
        return end - start;
    }

    int fields() {
        return fields;
    }

    /** The number of line breaks in the row and after it. */
    int lineBreaks() {
        return lineBreaks;
    }

    boolean isQuoteMisplaced() {
        return quoteMisplaced;
    }

    boolean isQuoteOpen() {
        return quoteOpen;
    }

    boolean isFieldEmpty(int field) {
        return skipSpaces(starts[field], ends[field]) == ends[field];
    }

    /**
     * A field without its quotes and the spaces at its ends, one character for each byte. A byte above 127 becomes a
     * character above 127, which no number contains.
     */
    String ascii(int field) {
        if (doubled[field]) {
            return text(field);
        }
        int from = skipSpaces(starts[field], ends[field]);
        return new String(bytes, from, withoutSpaces(from, ends[field]) - from, ISO_8859_1);
    }

    private int withoutSpaces(int from, int to) {
        int last = to;
        while (last > from && bytes[last - 1] == ' ') {
            last--;
        }
        return last;
    }

    /** A field without its quotes. Spaces within the quotes are kept, others are not. */
    String text(int field) {
        String text = new String(bytes, starts[field], ends[field] - starts[field], UTF_8);
        return doubled[field] ? text.replace("\"\"", "\"") : text;
    }

    boolean isUtf8() {
        for (int i = start; i < end; i++) {
            if (bytes[i] < 0) {
                return decodes();
            }
        }
        return true;
    }

    /** The first characters of the row, unchanged. */
    String beginning() {
        String text = new String(bytes, start, Math.min(length(), RejectedRow.MAX_CHARACTERS * 4), UTF_8);
        int characters = Math.min(text.codePointCount(0, text.length()), RejectedRow.MAX_CHARACTERS);
        return text.substring(0, text.offsetByCodePoints(0, characters));
    }

    private boolean decodes() {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private void begin(byte[] source, int from) {
        bytes = source;
        start = from;
        end = from;
        fields = 0;
        lineBreaks = 0;
        quoteMisplaced = false;
        quoteOpen = false;
    }

    private void add(int fieldStart, int fieldEnd, boolean hasDoubledQuotes) {
        if (fields == starts.length) {
            starts = Arrays.copyOf(starts, 2 * fields);
            ends = Arrays.copyOf(ends, 2 * fields);
            doubled = Arrays.copyOf(doubled, 2 * fields);
        }
        starts[fields] = fieldStart;
        ends[fields] = fieldEnd;
        doubled[fields] = hasDoubledQuotes;
        fields++;
    }
}

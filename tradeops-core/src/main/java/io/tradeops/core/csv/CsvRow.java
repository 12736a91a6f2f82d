package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * One row of a CSV file as it lies in a byte array, split into its fields. Fields are separated by commas, rows by LF or
 * CRLF. A field whose first byte is a quote ends at the closing quote, and a quote within it is doubled; a quote
 * anywhere else is a character like any other. Reused from row to row; not thread-safe.
 */
final class CsvRow {

    /** {@link #split} ran out of bytes before the row ended. */
    static final int INCOMPLETE = -1;

    private byte[] bytes = {};
    private int start;
    private int end;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private boolean[] doubled = new boolean[16];
    private int fields;
    private int lineBreaks;
    private boolean quoteMisplaced;
    private boolean quoteOpen;

    /**
     * Splits the row that starts at {@code from}.
     *
     * @param to where the bytes end
     * @param last whether the file ends there, too
     * @return where the next row starts, or {@link #INCOMPLETE}; then {@link #isQuoteOpen} tells whether it ran out
     *     within quotes
     */
    int split(byte[] source, int from, int to, boolean last) {
        begin(source, from);
        int at = from;
        while (true) {
            boolean quoted = at < to && source[at] == '"';
            int fieldStart = quoted ? at + 1 : at;
            boolean doubledQuote = false;
            int fieldEnd = -1;
            if (quoted) {
                for (at++; fieldEnd < 0; at++) {
                    if (at == to || (source[at] == '"' && at + 1 == to && !last)) {
                        quoteOpen = true;
                        return INCOMPLETE;
                    }
                    if (source[at] == '\n') {
                        lineBreaks++;
                    } else if (source[at] == '"' && at + 1 < to && source[at + 1] == '"') {
                        doubledQuote = true;
                        at++;
                    } else if (source[at] == '"') {
                        fieldEnd = at;
                    }
                }
            }
            int rest = at;
            while (at < to && source[at] != ',' && source[at] != '\n') {
                at++;
            }
            if (at == to && !last) {
                return INCOMPLETE;
            }
            boolean ended = at == to || source[at] == '\n';
            int restEnd = ended && at > rest && source[at - 1] == '\r' ? at - 1 : at;
            quoteMisplaced |= quoted && restEnd > rest;
            add(fieldStart, quoted ? fieldEnd : restEnd, doubledQuote);
            if (ended) {
                end = restEnd;
                lineBreaks += at < to ? 1 : 0;
                return at < to ? at + 1 : at;
            }
            at++;
        }
    }

    /** The row's bytes without its line break. */
    int length() {
        return end - start;
    }

    int fields() {
        return fields;
    }

    /** The line breaks in and after the row. */
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
        return starts[field] == ends[field];
    }

    /** A field, unquoted, for reading ASCII in it: every byte is a character. Valid until the next field or row. */
    CharSequence ascii(int field, AsciiText reused) {
        if (doubled[field]) {
            return text(field);
        }
        return reused.of(bytes, starts[field], ends[field]);
    }

    /** A field, unquoted. */
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

    /** Where the row starts in its array. */
    int start() {
        return start;
    }

    /** The row's first characters as they stand in the file. */
    String beginning() {
        return beginning(bytes, start, end - start);
    }

    /** A row's first characters as they stand in the file. */
    static String beginning(byte[] source, int from, int length) {
        int mostBytes = RejectedRow.MAX_CHARACTERS * 4;
        String text = new String(source, from, Math.min(length, mostBytes), UTF_8);
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

    private void add(int fieldStart, int fieldEnd, boolean doubledQuote) {
        if (fields == starts.length) {
            starts = Arrays.copyOf(starts, 2 * fields);
            ends = Arrays.copyOf(ends, 2 * fields);
            doubled = Arrays.copyOf(doubled, 2 * fields);
        }
        starts[fields] = fieldStart;
        ends[fields] = fieldEnd;
        doubled[fields] = doubledQuote;
        fields++;
    }
}

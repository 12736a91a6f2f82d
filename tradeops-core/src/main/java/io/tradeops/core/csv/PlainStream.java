package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;

/**
 * Gives a file's text in UTF-8, whatever the file is packed in: gzip, a zip archive of one file, UTF-16. Its first
 * bytes tell. Static functions; thread-safe.
 */
final class PlainStream {

    /** The length of the longest beginning that tells a format. */
    static final int LONGEST_BEGINNING = 6;

    private static final String GZIP = "gzip";
    private static final String ZIP = "zip";
    private static final String UTF_16 = "UTF-16 text";
    private static final String BZIP2 = "bzip2";
    private static final String BZIP2_LEVELS = "123456789";

    /** The beginnings of files, each before the name of the format that it tells. */
    private static final List<String> FORMATS = List.of(
            "\37\u008b", GZIP,
            "PK\3\4", ZIP,
            "PK\5\6", "an empty zip",
            "\u00ff\u00fe\0\0", "UTF-32 text",
            "\u00ff\u00fe", UTF_16,
            "\u00fe\u00ff", UTF_16,
            "\0\0\u00fe\u00ff", "UTF-32 text",
            "(\u00b5/\u00fd", "zstd",
            "\4\"M\30", "lz4",
            "BZh", BZIP2,
            "\u00fd7zXZ\0", "xz",
            "7z\u00bc\u00af'\34", "7z",
            "PAR1", "Parquet",
            "ARROW1", "Arrow",
            "Obj\1", "Avro",
            "\u00d0\u00cf\u0011\u00e0", "an old Excel workbook",
            "%PDF-", "PDF");

    private static final String HINT = "; unpack or convert it to CSV first";

    private PlainStream() {}

    /**
     * The plain text of a stream. Closing the result closes the stream.
     *
     * @throws TradeCsvException if the file is of a format that is not read; the message names it
     */
    static InputStream of(InputStream in, CsvSettings settings) throws IOException {
        try {
            return unpacked(in, settings, "");
        } catch (TradeCsvException e) {
            throw e.atLine(1);
        }
    }

    /** Tells whether a file that begins with these bytes is text in UTF-8, so that it can be read from any position. */
    static boolean isPlain(byte[] beginning, int length) {
        return format(beginning, length).isEmpty();
    }

    /** The name of the format of a file that begins with these bytes; empty if it is text in UTF-8. */
    private static String format(byte[] bytes, int length) {
        String start = new String(bytes, 0, Math.min(length, LONGEST_BEGINNING), ISO_8859_1);
        for (int i = 0; i < FORMATS.size(); i += 2) {
            String format = FORMATS.get(i + 1);
            if (start.startsWith(FORMATS.get(i)) && (!format.equals(BZIP2) || hasLevel(start))) {
                return format;
            }
        }
        return "";
    }

    /** A header may begin with BZh. In bzip2 a digit and the byte 0x31, with which a block begins, follow. */
    private static boolean hasLevel(String start) {
        return start.length() > 4 && BZIP2_LEVELS.indexOf(start.charAt(3)) >= 0 && start.charAt(4) == '1';
    }

    /** @param outer the format that this stream was packed in; empty if it was not */
    private static InputStream unpacked(InputStream in, CsvSettings settings, String outer) throws IOException {
        byte[] beginning = in.readNBytes(LONGEST_BEGINNING);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(beginning), in);
        String format = format(beginning, beginning.length);
        String within = outer.isEmpty() ? "" : " within " + outer;
        if (format.isEmpty()) {
            return whole;
        }
        if (format.equals(UTF_16)) {
            return new Utf16Stream(whole, beginning[0] == (byte) 0xfe);
        }
        boolean gzip = format.equals(GZIP);
        if (!gzip && !format.equals(ZIP)) {
            throw new TradeCsvException(1, "the file is " + format + within + ", not CSV" + HINT);
        }
        if (!outer.isEmpty()) {
            in.close();
            throw new TradeCsvException(1, "the file is packed twice: " + format + within + HINT);
        }
        return unpacked(gzip ? new GzipStream(whole, settings) : new ZipStream(whole, settings), settings, format);
    }
}

package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/** The formats of files that their first bytes tell. A file of no such format is text in UTF-8. */
enum FileFormat {
    GZIP("gzip", "\37\u008b"),
    ZIP("zip", "PK\3\4"),
    EMPTY_ZIP("an empty zip", "PK\5\6"),
    UTF_32_LE("UTF-32 text", "\u00ff\u00fe\0\0"),
    UTF_16_LE("UTF-16 text", "\u00ff\u00fe"),
    UTF_16_BE("UTF-16 text", "\u00fe\u00ff"),
    UTF_32_BE("UTF-32 text", "\0\0\u00fe\u00ff"),
    ZSTD("zstd", "(\u00b5/\u00fd"),
    LZ4("lz4", "\4\"M\30"),
    BZIP2("bzip2", "BZh"),
    XZ("xz", "\u00fd7zXZ\0"),
    SEVEN_ZIP("7z", "7z\u00bc\u00af'\34"),
    PARQUET("Parquet", "PAR1"),
    ARROW("Arrow", "ARROW1"),
    AVRO("Avro", "Obj\1"),
    EXCEL("an old Excel workbook", "\u00d0\u00cf\u0011\u00e0"),
    PDF("PDF", "%PDF-");

    /** The length of the longest beginning. */
    static final int LONGEST = 6;

    private static final String BZIP2_LEVELS = "123456789";

    private final String title;
    private final String beginning;

    FileFormat(String title, String beginning) {
        this.title = title;
        this.beginning = beginning;
    }

    /** The format's name, for a message. */
    String title() {
        return title;
    }

    /** The format of a file that begins with these bytes; empty if it is plain text in UTF-8. */
    static Optional<FileFormat> of(byte[] bytes, int length) {
        String start = new String(bytes, 0, Math.min(length, LONGEST), ISO_8859_1);
        for (FileFormat format : values()) {
            if (start.startsWith(format.beginning) && (format != BZIP2 || hasLevel(start))) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** A header may begin with BZh. In bzip2 a digit and the byte 0x31, with which a block begins, follow. */
    private static boolean hasLevel(String start) {
        return start.length() > 4 && BZIP2_LEVELS.indexOf(start.charAt(3)) >= 0 && start.charAt(4) == '1';
    }
}

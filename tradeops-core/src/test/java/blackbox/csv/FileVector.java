package blackbox.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A case of the files in {@code vectors/csv}: a whole file and its expected results. Other modules test themselves
 * with these cases, too.
 *
 * @param error the line and the start of the message; empty if there is no error
 * @param named parts of the error's message
 */
public record FileVector(
        String name,
        String escaped,
        FileOptions options,
        List<String> analysis,
        List<String> rejects,
        long cancelled,
        String error,
        List<String> named) {

    /** Files in UTF-8, which the reference reads too. */
    public static Stream<FileVector> plain() {
        return Stream.of("files.txt", "vendors.txt").flatMap(FileVector::in);
    }

    /** Files that are packed, or not in UTF-8. */
    public static Stream<FileVector> packed() {
        return in("packed.txt");
    }

    private static Stream<FileVector> in(String name) {
        String text;
        try (InputStream in = FileVector.class.getResourceAsStream("/vectors/csv/" + name)) {
            text = new String(in.readAllBytes(), UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.of(text.split("\n\n+"))
                .filter(block -> !block.startsWith("#"))
                .map(FileVector::parse);
    }

    private static FileVector parse(String block) {
        String name = "";
        String file = "";
        FileOptions options = FileOptions.NONE;
        long cancelled = 0;
        List<String> named = new ArrayList<>();
        List<String> analysis = new ArrayList<>();
        List<String> rejects = new ArrayList<>();
        String error = "";
        for (String line : block.split("\n", -1)) {
            String value = line.substring(line.indexOf(':') + 2);
            switch (line.substring(0, line.indexOf(':'))) {
                case "name" -> name = value;
                case "file" -> file = value;
                case "ticker" -> options = options.withTicker(value);
                case "columns" -> options = options.withColumns(List.of(value.split(",")));
                case "map" -> options = options.withMapped(value);
                case "delimiter" -> options = options.withDelimiter((char) unescape(value)[0]);
                case "zone" -> options = options.withZone(value);
                case "cancelled" -> cancelled = Long.parseLong(value);
                case "analysis" -> analysis.add(value);
                case "reject" -> rejects.add(new String(unescape(value), UTF_8));
                case "error" -> error = value;
                case "names" -> named.add(value);
                default -> throw new IllegalArgumentException(line);
            }
        }
        return new FileVector(name, file, options, analysis, rejects, cancelled, error, named);
    }

    public byte[] file() {
        return unescape(escaped);
    }

    private static byte[] unescape(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) != '\\') {
                int end = text.indexOf('\\', at) < 0 ? text.length() : text.indexOf('\\', at);
                bytes.writeBytes(text.substring(at, end).getBytes(UTF_8));
                at = end;
                continue;
            }
            char escape = text.charAt(at + 1);
            at += 2;
            switch (escape) {
                case 'n' -> bytes.write('\n');
                case 'r' -> bytes.write('\r');
                case 't' -> bytes.write('\t');
                case 'x' -> {
                    bytes.write(Integer.parseInt(text, at, at + 2, 16));
                    at += 2;
                }
                case 'u' -> {
                    char c = (char) Integer.parseInt(text, at, at + 4, 16);
                    bytes.writeBytes(String.valueOf(c).getBytes(UTF_8));
                    at += 4;
                }
                default -> throw new IllegalArgumentException(text);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return name;
    }
}

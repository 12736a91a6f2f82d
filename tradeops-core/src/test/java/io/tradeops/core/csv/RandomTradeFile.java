package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Generates files that are nearly valid: valid and invalid fields of every form, quotes, line breaks, and stray bytes.
 */
final class RandomTradeFile {

    private static final List<String> TICKERS = List.of(
            "A",
            "AAPL",
            "BRK.B",
            "NA",
            "nan",
            "BTC/USDT",
            "BTCUSDT",
            "ABCDEFGH",
            "ABCDEFGHI",
            "ABCDEFGHIJKLMNOP",
            "ABCDEFGHIJKLMNOPQ",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ012344",
            "0",
            "a=b^c_d-e",
            "^X",
            "M&M",
            "O:SPY251219C00650000");
    private static final List<String> BAD_TICKERS = List.of(
            "",
            " A",
            "A ",
            ":X",
            "&X",
            "\u00c3\u0084",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456",
            "A\"B",
            "A\rB",
            "A\0",
            "\u00ff");
    private static final List<String> NUMBERS = List.of(
            "1",
            "100",
            "187.12",
            "0.00000001",
            "9999999999.99999999",
            "12345678",
            "1234567.8",
            "123456789",
            "1.",
            ".5",
            "1e3",
            "1E-8",
            "+2.5",
            "000000000000000000001",
            "0.100000000000000",
            "1234567890.12345678",
            "00001.50",
            "9999999999",
            "12345678.",
            ".00000001",
            "1.0e0",
            "99999999",
            "0000000.1");
    private static final List<String> BAD_NUMBERS = List.of(
            "",
            "0",
            "0.0",
            "-1",
            "x",
            "1.2.3",
            ".",
            "1e400",
            "1e-400",
            "0.000000001",
            "10000000000",
            "NaN",
            "1 ",
            " 1",
            "1,5",
            "\"1\"2",
            "12345678x",
            "1234567x",
            "1..2",
            "..",
            "-",
            "1:2",
            "1/2",
            "\u00b9",
            "1e",
            "0000000.",
            "99999999999999999999999999999999999999",
            "1234567890123456.",
            "12345678901.5",
            "0.0000000000000000000000001");
    private static final List<String> TIMES = List.of(
            "2026-11-20T14:30:00Z",
            "2026-11-20T14:30:00.1Z",
            "2026-11-20T14:30:59.123456Z",
            "2026-11-20T14:30:00.123456789Z",
            "2026-11-20T14:30:00.12345678Z",
            "2026-11-20T15:30:00.5+01:00",
            "1700000000",
            "1700000000123",
            "1700000000123456",
            "1700000000123456789",
            "1700000000.25",
            "0",
            "2026-11-20 14:30:00Z",
            "2026-11-20t14:30:00z",
            "1970-01-01T00:00:00Z",
            "2262-04-11T23:47:15.999Z",
            "2026-11-20T14:30:00.0000000000Z",
            "2024-02-29T23:59:59.999Z");
    private static final List<String> BAD_TIMES = List.of(
            "",
            "x",
            "2026-11-20",
            "2026-02-29T00:00:00Z",
            "2026-11-20T14:30:60Z",
            "2026-11-20T14:60:00Z",
            "2026-11-20T24:00:00Z",
            "2026-11-20T14:30:00.Z",
            "2026-11-20T14:30:00,1Z",
            "2026-11-20T14:30:0xZ",
            "2026-11-20T14:30:00.12x4Z",
            "2026-11-20T14:30:00.1234567891Z",
            "1969-12-31T23:59:59Z",
            "2262-04-11T23:47:16Z",
            "9999999999",
            "-1",
            "1e9",
            "99999999999999999999999",
            "2026-11-20T14:30:00",
            "2026-11-20T14:30:00X",
            "2026-11-20T14-30:00Z",
            "2026-11-20T14:30-00Z",
            "1700000000x",
            "12:30",
            "9223372036000000000",
            "2026-11-20T14:30:00.123456789ZZ",
            "2026-13-01T00:00:00Z");
    private static final List<String> SIDES = List.of("buy", "sell", "BUY", "Sell", "b", "S", "");
    private static final List<String> BAD_SIDES = List.of("x", "buyer", "sel", "short sale", "buy ", "bu\u0099", "\0");
    private static final List<String> MAKERS = List.of("true", "false", "True", "FALSE", "1", "0", "");
    private static final List<String> BAD_MAKERS = List.of("buy", "2", "truer", "falsey", "tru", "\u0011");
    private static final List<String> NOTES = List.of(
            "",
            "n",
            "a note",
            "0199f0c2-1d3c-7abc-8def-0123456789ab",
            "gr\u00c3\u00b6\u00c3\u009fe",
            "\u00ff\u00fe",
            "a\"b\"",
            "x\ry",
            "12345678",
            "1234567",
            "\0",
            "long ".repeat(20),
            "!#$%&'()*+");
    private static final String STRAYS = "\",\n\r \0.-eZ0\u00ff\u00c3'=";

    private final Random random;

    RandomTradeFile(long seed) {
        random = new Random(seed);
    }

    byte[] next() {
        List<String> columns = new ArrayList<>(List.of("ticker", "price", "quantity"));
        if (random.nextInt(3) > 0) {
            columns.add("time");
        }
        if (random.nextInt(3) == 0) {
            columns.add(random.nextBoolean() ? "side" : "is_buyer_maker");
        }
        if (random.nextBoolean()) {
            columns.add("note");
        }
        Collections.shuffle(columns, random);
        int badness = random.nextInt(4) == 0 ? 3 : 40;
        String lineBreak = random.nextInt(4) == 0 ? "\r\n" : "\n";
        StringBuilder file = new StringBuilder(random.nextInt(8) == 0 ? "\u00ef\u00bb\u00bf" : "");
        file.append(String.join(",", columns)).append(lineBreak);
        int rows = random.nextInt(16);
        for (int i = 0; i < rows; i++) {
            appendRow(file, columns, badness);
            file.append(random.nextInt(30) == 0 ? "\n\r\n" : lineBreak);
        }
        if (random.nextInt(4) == 0 && file.length() > 0) {
            file.setLength(file.length() - 1);
        }
        for (int strays = random.nextInt(3) == 0 ? random.nextInt(4) : 0; strays > 0; strays--) {
            char stray = STRAYS.charAt(random.nextInt(STRAYS.length()));
            int at = random.nextInt(file.length());
            if (random.nextBoolean()) {
                file.insert(at, stray);
            } else {
                file.setCharAt(at, stray);
            }
        }
        return file.toString().getBytes(ISO_8859_1);
    }

    private void appendRow(StringBuilder file, List<String> columns, int badness) {
        String comma = "";
        for (String column : columns) {
            file.append(comma).append(field(column, badness));
            comma = ",";
        }
        if (random.nextInt(10 * badness) == 0) {
            file.append(",");
        }
    }

    private String field(String column, int badness) {
        boolean bad = random.nextInt(badness) == 0;
        String value = switch (column) {
            case "ticker" -> pick(bad ? BAD_TICKERS : TICKERS);
            case "price", "quantity" -> bad ? pick(BAD_NUMBERS) : number();
            case "time" -> bad ? pick(BAD_TIMES) : time();
            case "side" -> pick(bad ? BAD_SIDES : SIDES);
            case "is_buyer_maker" -> pick(bad ? BAD_MAKERS : MAKERS);
            default -> pick(NOTES);
        };
        if (random.nextInt(20) > 0) {
            return value;
        }
        String inside = column.equals("note") && random.nextBoolean() ? value + "\n,x" : value;
        return '"' + inside.replace("\"", "\"\"") + '"' + (random.nextInt(20) == 0 ? "x" : "");
    }

    private String number() {
        if (random.nextBoolean()) {
            return pick(NUMBERS);
        }
        long units = 1 + (long) Math.pow(10, random.nextDouble() * 17.9);
        String digits = "0".repeat(random.nextInt(3)) + units;
        int point = random.nextInt(digits.length() + 1);
        return digits.length() - point > 8 || point > 10
                ? digits.substring(0, Math.min(9, digits.length()))
                : digits.substring(0, point) + "." + digits.substring(point);
    }

    private String time() {
        if (random.nextBoolean()) {
            return pick(TIMES);
        }
        return "2026-11-%02dT%02d:%02d:%02d.%03dZ"
                .formatted(
                        20 + random.nextInt(2),
                        random.nextInt(24),
                        random.nextInt(60),
                        random.nextInt(60),
                        random.nextInt(1000));
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}

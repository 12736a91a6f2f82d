package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import blackbox.csv.FileOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

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
            "A B",
            "\tA",
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
            "1 0",
            "\t1",
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
            "631152000",
            "2026-11-20 14:30:00Z",
            "2026-11-20 14:30:00.5+00",
            "2026-11-20T16:30:00+0200",
            "2026-11-20 14:30:00.123 UTC",
            "2026-11-20T14:30:01 -0530",
            "2026-11-20T14:30:00 Z",
            "2026-11-20T14:30:00UTC",
            "2026-11-20t14:30:00z",
            "1970-01-01T00:00:00Z",
            "2262-04-11T23:47:15.999Z",
            "2026-11-20T14:30:00.0000000000Z",
            "2024-02-29T23:59:59.999Z");
    private static final List<String> LOCAL_TIMES = List.of(
            "2026-11-20 14:30:00",
            "2026-11-20T09:30:00.25",
            "2026-03-08 01:59:59.999999999",
            "2026-03-08 02:30:00",
            "2026-03-08 03:00:00",
            "2026-11-01 00:59:59",
            "2026-11-01 01:30:00",
            "2026-11-01 02:00:00");
    private static final List<String> DATES = List.of("2026-11-20", "20261120", "20261121", "2026-11-21");
    private static final List<String> BAD_DATES =
            List.of("", "x", "2026-13-01", "202611200", "1700000000", "-700000000", "2026-11-2", "20 26 11");
    private static final List<String> TIMES_OF_DAY =
            List.of("09:30:00", "09:30:00.5", "14:30:00Z", "14:30:00+01:00", "23:59:59 UTC", "00:00:00.000000001");
    private static final List<String> BAD_TIMES_OF_DAY = List.of("", "93000000", "9:30:00", "09:30", "24:00:00", "x");
    private static final List<String> CORRECTIONS =
            List.of("", "0", "00", "1", "01", "2", "02", "7", "08", "10", "11", "12");
    private static final List<String> BAD_CORRECTIONS = List.of("3", "99", "001", "0.0", "x", "9");
    private static final List<String> BAD_TIMES = List.of(
            "",
            "x",
            "0",
            "20261120",
            "20261120093000",
            "46346.5",
            "631151999",
            "2026-11-20T14:30:00 .55Z",
            "2026-11-20T14:30:00.5 5Z",
            "2026-11-20T14:30:00+1",
            "2026-11-20T14:30:00+01:",
            "2026-11-20T14:30:00+2460",
            "2026-11-20T14:30:00  UTC",
            "2026-11-20T14:30:00 GMT",
            "2026-11-20T14:30Z",
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
    private static final List<String> BAD_SIDES = List.of("x", "buyer", "sel", "short sale", "1", "bu\u0099", "\0");
    private static final List<String> MAKERS = List.of("true", "false", "True", "FALSE", "1", "0", "");
    private static final List<String> BAD_MAKERS = List.of("buy", "2", "truer", "falsey", "tru", "\u0011");
    private static final List<String> NOTES = List.of(
            "",
            "n",
            "a note",
            "0199f0c2-1d3c-7abc-8def-0123456789ab",
            "gr\u00c3\u00b6\u00c3\u009fe",
            "x\u00ff\u00fe",
            "a\"b\"",
            "x\ry",
            " ",
            "12345678",
            "1234567",
            "\0",
            "long ".repeat(20),
            "!#$%&'()*+");
    private static final String MARK = "\u00ef\u00bb\u00bf";
    private static final String STRAYS = "\",\n\r \0.-eZ0\u00ff\u00c3'=";

    private static final List<String> TICKER_NAMES = List.of("ticker", "Symbol", "SYM", "stock", "Instrument-Name");
    private static final List<String> PRICE_NAMES = List.of("price", "PX", "Trade Price", "execution_price", "last");
    private static final List<String> QUANTITY_NAMES = List.of("quantity", "Qty", "size", "vol", "_Shares_", "amount");
    private static final List<String> TIME_NAMES =
            List.of("time", "timestamp", "Date-Time", "EXECUTED AT", "sip_timestamp", "participant_timestamp");
    private static final List<String> OTHER_NAMES = List.of(
            "price", "last", "volume", "decimal_size", "date", "time", "id", "trade_id", "pair", "side", "\"x\"");
    private static final List<String> BETRAYING =
            List.of("bid,ask", "is_snapshot", "open,high,low", "Bid Price,ask_price");
    private static final List<String> DELIMITERS = List.of(";", "\t", "|");
    private static final List<String> ZONES = List.of("UTC", "America/New_York", "Asia/Kolkata");

    private final Random random;
    private FileOptions options = FileOptions.NONE;
    private final List<String> kinds = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    /** A file, and what its user says about it. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    record Given(byte[] file, FileOptions options) {}

    RandomTradeFile(long seed) {
        random = new Random(seed);
    }

    Given next() {
        options = FileOptions.NONE;
        chooseColumns();
        chooseOptions();
        int badness = random.nextInt(4) == 0 ? 3 : 40;
        String lineBreak = random.nextInt(4) > 0 ? "\n" : random.nextBoolean() ? "\r\n" : "\r\r\n";
        String header = String.join("" + options.delimiter(), names);
        StringBuilder file = new StringBuilder(oneIn(8) ? MARK : "");
        file.append(options.columns().isEmpty() || oneIn(4) ? header + lineBreak : "");
        int rows = random.nextInt(16);
        for (int i = 0; i < rows; i++) {
            if (oneIn(60)) {
                file.append(oneIn(3) ? MARK : "").append(oneIn(3) ? quoted(header) : header);
            } else {
                appendRow(file, badness);
            }
            file.append(oneIn(30) ? "\n\r\n" : lineBreak);
        }
        if (oneIn(4) && file.length() > 0) {
            file.setLength(file.length() - 1);
        }
        addStrays(file);
        return new Given(file.toString().getBytes(ISO_8859_1), options);
    }

    private void chooseColumns() {
        List<String[]> columns = new ArrayList<>();
        add(columns, "price", pick(PRICE_NAMES));
        add(columns, "number", pick(QUANTITY_NAMES));
        if (oneIn(12)) {
            options = options.withTicker("GIVEN");
        } else {
            add(columns, "ticker", pick(TICKER_NAMES));
        }
        if (oneIn(10)) {
            add(columns, "date", "Day");
            add(columns, "timeOfDay", "Clock");
            options = options.withMapped("timestamp=day+clock");
        } else if (!oneIn(3)) {
            add(columns, "time", pick(TIME_NAMES));
        }
        if (oneIn(3)) {
            add(columns, random.nextBoolean() ? "side" : "is_buyer_maker", "");
        }
        if (random.nextBoolean()) {
            add(columns, "note", "note");
        }
        addRareColumns(columns);
        Collections.shuffle(columns, random);
        kinds.clear();
        names.clear();
        columns.forEach(column -> kinds.add(column[0]));
        columns.forEach(column -> names.add(column[1].isEmpty() ? column[0] : column[1]));
    }

    private void addRareColumns(List<String[]> columns) {
        if (oneIn(10)) {
            add(columns, "maybeNumber", "decimal_size");
        }
        if (oneIn(10)) {
            add(columns, "correction", random.nextBoolean() ? "Correction" : "TR_CORR");
        }
        if (oneIn(20)) {
            add(columns, "action", "action");
        }
        if (oneIn(40)) {
            add(columns, "note", "rtype");
            add(columns, "note", "publisher_id");
        }
        if (oneIn(40)) {
            add(columns, "note", pick(OTHER_NAMES));
        }
        if (oneIn(60)) {
            Stream.of(pick(BETRAYING).split(",")).forEach(name -> add(columns, "note", name));
        }
    }

    private void chooseOptions() {
        if (oneIn(8)) {
            options = options.withDelimiter(pick(DELIMITERS).charAt(0));
        }
        if (oneIn(4)) {
            options = options.withZone(pick(ZONES));
        }
        if (oneIn(12)) {
            int price = kinds.indexOf("price");
            names.set(price, oneIn(3) ? "amount" : "Paid");
            options = options.withMapped("price=" + (oneIn(20) ? "costs" : names.get(price)));
        }
        if (oneIn(12)) {
            List<String> given = new ArrayList<>(names);
            if (oneIn(6)) {
                Collections.shuffle(given, random);
            }
            options = options.withColumns(given);
        }
    }

    private static void add(List<String[]> columns, String kind, String name) {
        columns.add(new String[] {kind, name});
    }

    private String quoted(String header) {
        String delimiter = "" + options.delimiter();
        return '"' + header.replace(delimiter, '"' + delimiter + '"') + '"';
    }

    private void addStrays(StringBuilder file) {
        for (int strays = oneIn(3) ? random.nextInt(4) : 0; strays > 0 && file.length() > 0; strays--) {
            char stray = STRAYS.charAt(random.nextInt(STRAYS.length()));
            int at = random.nextInt(file.length());
            if (random.nextBoolean()) {
                file.insert(at, stray);
            } else {
                file.setCharAt(at, stray);
            }
        }
    }

    private void appendRow(StringBuilder file, int badness) {
        String delimiter = "";
        for (String kind : kinds) {
            file.append(delimiter).append(field(kind, badness));
            delimiter = "" + options.delimiter();
        }
        if (oneIn(10 * badness)) {
            file.append(options.delimiter());
        }
    }

    private String field(String kind, int badness) {
        boolean bad = oneIn(badness);
        String value = switch (kind) {
            case "ticker" -> pick(bad ? BAD_TICKERS : TICKERS);
            case "price", "number" -> bad ? pick(BAD_NUMBERS) : number();
            case "maybeNumber" -> bad ? pick(BAD_NUMBERS) : random.nextBoolean() ? number() : "";
            case "time" -> bad ? pick(BAD_TIMES) : time(badness);
            case "date" -> pick(bad ? BAD_DATES : DATES);
            case "timeOfDay" -> pick(bad ? BAD_TIMES_OF_DAY : TIMES_OF_DAY);
            case "side" -> pick(bad ? BAD_SIDES : SIDES);
            case "is_buyer_maker" -> pick(bad ? BAD_MAKERS : MAKERS);
            case "correction" -> pick(bad ? BAD_CORRECTIONS : CORRECTIONS);
            case "action" -> oneIn(60) ? "A" : "T";
            default -> pick(NOTES);
        };
        if (oneIn(20)) {
            value = padded(value);
        }
        if (!oneIn(20)) {
            return value;
        }
        String inside = kind.equals("note") && random.nextBoolean() ? value + "\n,x" : value;
        String quoted = '"' + inside.replace("\"", "\"\"") + '"' + (oneIn(20) ? "x" : "");
        return oneIn(3) ? padded(quoted) : quoted;
    }

    private String padded(String value) {
        return " ".repeat(random.nextInt(3)) + value + " ".repeat(random.nextInt(3));
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
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

    private String time(int badness) {
        if (oneIn(options.zone().isEmpty() ? 20 * badness : 2)) {
            return pick(LOCAL_TIMES);
        }
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

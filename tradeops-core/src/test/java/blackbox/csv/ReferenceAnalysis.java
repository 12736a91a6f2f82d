package blackbox.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A slow, obvious reference for the analysis of a CSV file. It reads the whole file as a string, one character at a
 * time, and uses {@link BigDecimal}, regular expressions and {@code java.time}. It shares no code with the analyzer.
 */
final class ReferenceAnalysis {

    private static final String[] TICKERS = {"ticker", "symbol", "sym", "stock", "instrument"};
    private static final String[] PRICES = {"price", "px", "tradeprice", "executionprice", "last"};
    private static final String[] QUANTITIES = {"quantity", "qty", "decimalsize", "size", "volume", "shares", "amount"};
    private static final String[] TIMES = {"timestamp", "time", "date", "executedat", "siptimestamp", "transacttime"};
    private static final Pattern TICKER = Pattern.compile("[A-Za-z0-9^][A-Za-z0-9.\\-/^=_:&]{0,31}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern EPOCH = Pattern.compile("(-?)(\\d+)(\\.\\d+)?");
    private static final Pattern RFC_3339 =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[Tt ](\\d{2}:\\d{2}:\\d{2})(\\.\\d+)?([Zz]|[+-]\\d{2}:\\d{2})");
    private static final BigDecimal LIMIT = new BigDecimal("10000000000");
    private static final BigDecimal BILLION = new BigDecimal("1000000000");
    private static final BigDecimal TIME_END = new BigDecimal("9223372036").multiply(BILLION);

    /** The rejected rows, each as {@code line,code,row}. */
    final List<String> rejects = new ArrayList<>();

    /** The lines of the analysis below its header. */
    final List<String> lines = new ArrayList<>();

    /** The error as {@code line: problem}; empty if there is none. */
    String error = "";

    long rows;

    private final String text;
    private int at;
    private long line = 1;
    private final Map<String, Sums> sums = new TreeMap<>();

    private static final class Sums {
        private final List<BigDecimal> prices = new ArrayList<>();
        private BigDecimal volume = BigDecimal.ZERO;
        private BigDecimal notional = BigDecimal.ZERO;
        private BigDecimal priceSum = BigDecimal.ZERO;
        private BigDecimal firstTime = new BigDecimal("1e30");
        private BigDecimal firstPrice = BigDecimal.ZERO;
        private BigDecimal lastTime = new BigDecimal("-1e30");
        private BigDecimal lastPrice = BigDecimal.ZERO;
    }

    private record Row(long line, String raw, List<String> fields, boolean misplaced) {}

    ReferenceAnalysis(byte[] file, String ticker, List<String> givenColumns) {
        String all = new String(file, ISO_8859_1);
        text = all.startsWith("\u00ef\u00bb\u00bf") ? all.substring(3) : all;
        try {
            analyze(ticker, givenColumns);
        } catch (IllegalStateException e) {
            error = requireNonNull(e.getMessage());
        }
        if (error.isEmpty()) {
            sums.forEach((name, sum) -> lines.add(line(name, sum)));
        }
    }

    private void analyze(String ticker, List<String> givenColumns) {
        List<String> names = givenColumns;
        long headerLine = 1;
        if (names.isEmpty()) {
            Row header = nextRow();
            if (header == null) {
                throw new IllegalStateException("1: the file is empty");
            }
            names = header.fields;
            headerLine = header.line;
        }
        names = names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT).replaceAll("[_ \t-]", ""))
                .toList();
        requireColumns(names, ticker, headerLine);
        for (Row row = nextRow(); row != null; row = nextRow()) {
            String reason = read(row, names, ticker);
            if (!reason.isEmpty()) {
                String shown = new String(row.raw.getBytes(ISO_8859_1), UTF_8);
                int[] characters = shown.codePoints().limit(200).toArray();
                rejects.add(row.line + "," + reason + "," + new String(characters, 0, characters.length));
            }
        }
    }

    private @Nullable Row nextRow() {
        while (at < text.length()) {
            Row row = row();
            if (!row.raw.isEmpty()) {
                return row;
            }
        }
        return null;
    }

    private Row row() {
        int start = at;
        long startLine = line;
        List<String> fields = new ArrayList<>();
        boolean misplaced = false;
        while (true) {
            @Nullable String quoted = null;
            if (at < text.length() && text.charAt(at) == '"') {
                quoted = quoted(startLine);
            }
            int rest = at;
            while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
                at++;
            }
            boolean ended = at == text.length() || text.charAt(at) == '\n';
            String plain = text.substring(rest, at);
            if (ended && plain.endsWith("\r")) {
                plain = plain.substring(0, plain.length() - 1);
            }
            misplaced |= quoted != null && !plain.isEmpty();
            fields.add(quoted == null ? plain : quoted);
            if (ended) {
                String raw = text.substring(start, rest) + plain;
                if (at < text.length()) {
                    at++;
                    line++;
                }
                return new Row(startLine, raw, fields, misplaced);
            }
            at++;
        }
    }

    private String quoted(long startLine) {
        StringBuilder field = new StringBuilder();
        at++;
        while (true) {
            if (at == text.length()) {
                throw new IllegalStateException(startLine + ": a quote is opened");
            }
            char c = text.charAt(at++);
            if (c == '\n') {
                line++;
            }
            if (c != '"') {
                field.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                field.append('"');
                at++;
            } else {
                return field.toString();
            }
        }
    }

    private String read(Row row, List<String> names, String givenTicker) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(row.raw.getBytes(ISO_8859_1)));
        } catch (CharacterCodingException e) {
            return "invalid_utf8";
        }
        if (row.misplaced) {
            return "misplaced_quote";
        }
        if (row.fields.size() != names.size()) {
            return row.fields.size() < names.size() ? "too_few_fields" : "too_many_fields";
        }
        return readFields(row, names, givenTicker);
    }

    private String readFields(Row row, List<String> names, String givenTicker) {
        String ticker = value(row, names, TICKERS);
        if (ticker == null) {
            ticker = givenTicker;
        }
        if (!TICKER.matcher(ticker).matches()) {
            return ticker.isEmpty() ? "ticker_missing" : "ticker_invalid";
        }
        String price = requireNonNull(value(row, names, PRICES));
        String priceProblem = problem(price);
        if (!priceProblem.isEmpty()) {
            return "price" + priceProblem;
        }
        String quantity = requireNonNull(value(row, names, QUANTITIES));
        String quantityProblem = problem(quantity);
        if (!quantityProblem.isEmpty()) {
            return "quantity" + quantityProblem;
        }
        String timeText = value(row, names, TIMES);
        if (timeText != null && timeText.isEmpty()) {
            return "timestamp_missing";
        }
        @Nullable BigDecimal time = timeText == null ? BigDecimal.ZERO : time(timeText);
        if (time == null) {
            return "timestamp_invalid";
        }
        if (time.signum() < 0 || time.compareTo(TIME_END) >= 0) {
            return "timestamp_out_of_range";
        }
        if (!isSideValid(value(row, names, "side"), value(row, names, "isbuyermaker"))) {
            return "side_invalid";
        }
        add(sums.computeIfAbsent(ticker, t -> new Sums()), new BigDecimal(price), new BigDecimal(quantity), time);
        return "";
    }

    private static boolean isSideValid(@Nullable String side, @Nullable String buyerMaker) {
        if (side != null) {
            return side.toLowerCase(Locale.ROOT).matches("|buy|b|sell|s");
        }
        return buyerMaker == null || buyerMaker.toLowerCase(Locale.ROOT).matches("|true|false|1|0");
    }

    private static void requireColumns(List<String> names, String ticker, long line) {
        boolean missing = column(names, PRICES) == -1
                || column(names, QUANTITIES) == -1
                || (column(names, TICKERS) == -1 && ticker.isEmpty());
        boolean twice = column(names, TICKERS) == -2
                || column(names, PRICES) == -2
                || column(names, QUANTITIES) == -2
                || column(names, TIMES) == -2
                || column(names, "side") == -2
                || (column(names, "side") == -1 && column(names, "isbuyermaker") == -2)
                || column(names, "id") == -2
                || column(names, "tradeid") == -2;
        if (missing || twice) {
            throw new IllegalStateException(line + ": columns");
        }
    }

    /** The position of the first alias that is a name; -1 if none is, -2 if that name occurs twice. */
    private static int column(List<String> names, String... aliases) {
        for (String alias : aliases) {
            if (names.contains(alias)) {
                return names.indexOf(alias) == names.lastIndexOf(alias) ? names.indexOf(alias) : -2;
            }
        }
        return -1;
    }

    private static @Nullable String value(Row row, List<String> names, String... aliases) {
        int column = column(names, aliases);
        return column < 0 ? null : row.fields.get(column);
    }

    private static String problem(String number) {
        if (number.isEmpty()) {
            return "_missing";
        }
        Matcher matcher = DECIMAL.matcher(number);
        if (!matcher.matches()) {
            return "_not_a_number";
        }
        if (!matcher.group(1).matches(".*[1-9].*")) {
            return "_not_positive";
        }
        if (matcher.group(2) != null) {
            BigInteger exponent = new BigInteger(matcher.group(2).substring(1));
            if (exponent.abs().bitLength() > 20) {
                return exponent.signum() > 0 ? "_too_large" : "_too_many_decimals";
            }
        }
        BigDecimal value = new BigDecimal(number);
        if (value.abs().compareTo(LIMIT) >= 0) {
            return "_too_large";
        }
        if (value.stripTrailingZeros().scale() > 8) {
            return "_too_many_decimals";
        }
        return value.signum() <= 0 ? "_not_positive" : "";
    }

    /** Nanoseconds since the epoch; null if the text is not a time. */
    private static @Nullable BigDecimal time(String time) {
        Matcher number = EPOCH.matcher(time);
        if (number.matches()) {
            BigDecimal whole = new BigDecimal(number.group(2));
            int decimals = whole.precision() <= 10 ? 9 : whole.precision() <= 13 ? 6 : whole.precision() <= 16 ? 3 : 0;
            BigDecimal nanos = new BigDecimal(time).abs().movePointRight(decimals);
            if (nanos.stripTrailingZeros().scale() > 0) {
                return null;
            }
            return number.group(1).isEmpty() ? nanos : BigDecimal.ONE.negate();
        }
        Matcher rfc = RFC_3339.matcher(time);
        if (!rfc.matches() || rfc.group(2).startsWith("24")) {
            return null;
        }
        try {
            String zone = rfc.group(4).toUpperCase(Locale.ROOT);
            long offset = 0;
            if (!zone.equals("Z")) {
                int hours = Integer.parseInt(zone, 1, 3, 10);
                int minutes = Integer.parseInt(zone, 4, 6, 10);
                if (hours > 23 || minutes > 59) {
                    return null;
                }
                offset = (hours * 60L + minutes) * (zone.startsWith("-") ? -60 : 60);
            }
            long seconds = OffsetDateTime.parse(rfc.group(1) + "T" + rfc.group(2) + "Z")
                            .toEpochSecond()
                    - offset;
            BigDecimal fraction = rfc.group(3) == null ? BigDecimal.ZERO : new BigDecimal("0" + rfc.group(3));
            BigDecimal nanos = BigDecimal.valueOf(seconds).multiply(BILLION).add(fraction.multiply(BILLION));
            return fraction.multiply(BILLION).stripTrailingZeros().scale() > 0 ? null : nanos;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void add(Sums sum, BigDecimal price, BigDecimal quantity, BigDecimal time) {
        rows++;
        sum.prices.add(price);
        sum.priceSum = sum.priceSum.add(price);
        sum.volume = sum.volume.add(quantity);
        sum.notional = sum.notional.add(price.multiply(quantity));
        if (time.compareTo(sum.firstTime) < 0) {
            sum.firstTime = time;
            sum.firstPrice = price;
        }
        if (time.compareTo(sum.lastTime) >= 0) {
            sum.lastTime = time;
            sum.lastPrice = price;
        }
    }

    private static String line(String ticker, Sums sum) {
        BigDecimal count = BigDecimal.valueOf(sum.prices.size());
        return String.join(
                ",",
                ticker,
                plain(sum.volume),
                plain(sum.priceSum.divide(count, 8, RoundingMode.HALF_EVEN)),
                plain(sum.notional.divide(sum.volume, 8, RoundingMode.HALF_EVEN)),
                count.toPlainString(),
                plain(sum.prices.stream().min(BigDecimal::compareTo).orElseThrow()),
                plain(sum.prices.stream().max(BigDecimal::compareTo).orElseThrow()),
                plain(sum.firstPrice),
                plain(sum.lastPrice),
                plain(sum.notional));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}

package blackbox.csv;

import static blackbox.csv.ReferenceColumns.NONE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
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

    private static final String MARK = "\u00ef\u00bb\u00bf";
    private static final Pattern TICKER = Pattern.compile("[A-Za-z0-9^][A-Za-z0-9.\\-/^=_:&]{0,31}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern EPOCH = Pattern.compile("(-?)(\\d+)(\\.\\d+)?");
    private static final Pattern SPACES_AND_QUOTE = Pattern.compile(" *\"");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
    private static final Pattern LOCAL =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[Tt ](\\d{2}:\\d{2}:\\d{2})(\\.\\d+)?(.*)", Pattern.DOTALL);
    private static final Pattern OFFSET = Pattern.compile(" ?(?:[Zz]|UTC|([+-])(\\d{2})(?::?(\\d{2}))?)");
    private static final BigDecimal LIMIT = new BigDecimal("10000000000");
    private static final BigDecimal BILLION = new BigDecimal("1000000000");
    private static final BigDecimal TIME_END = new BigDecimal("9223372036").multiply(BILLION);
    private static final BigDecimal NOT_IN_ZONE = new BigDecimal("0.5");
    private static final DateTimeFormatter STRICT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final BigDecimal YEAR_1990 = BigDecimal.valueOf(
                    Instant.parse("1990-01-01T00:00:00Z").getEpochSecond())
            .multiply(BILLION);

    /** The rejected rows, each as {@code line,code,row}. */
    final List<String> rejects = new ArrayList<>();

    /** The lines of the analysis below its header. */
    final List<String> lines = new ArrayList<>();

    /** The error as {@code line: problem}; empty if there is none. */
    String error = "";

    long rows;
    long cancelled;

    private final String text;
    private final FileOptions options;
    private int at;
    private long line = 1;
    private @Nullable String timeProblem;
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

    ReferenceAnalysis(byte[] file, FileOptions options) {
        String all = new String(file, ISO_8859_1);
        this.text = all.startsWith(MARK) ? all.substring(3) : all;
        this.options = options;
        try {
            analyze();
        } catch (IllegalStateException e) {
            error = requireNonNull(e.getMessage());
        }
        if (error.isEmpty()) {
            sums.forEach((name, sum) -> lines.add(line(name, sum)));
        }
    }

    private void analyze() {
        List<String> header = options.columns();
        long headerLine = 1;
        if (header.isEmpty()) {
            Row row = nextRow();
            if (row == null) {
                throw new IllegalStateException("1: the file is empty");
            }
            header = decoded(row.fields);
            headerLine = row.line;
            requireReadable(row, header);
        }
        ReferenceColumns columns;
        try {
            columns = new ReferenceColumns(header, options);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(headerLine + ": " + e.getMessage());
        }
        analyzeRows(columns);
    }

    private static void requireReadable(Row row, List<String> header) {
        boolean json = header.get(0).startsWith("{") || header.get(0).startsWith("[");
        boolean unreadable = String.join("", header).chars().anyMatch(c -> c != '\t' && Character.isISOControl(c));
        if (json || unreadable || row.misplaced || String.join("", header).contains("\"")) {
            throw new IllegalStateException(row.line + ": the header cannot be read");
        }
    }

    private void analyzeRows(ReferenceColumns columns) {
        boolean first = true;
        boolean given = !options.columns().isEmpty();
        for (Row row = nextRow(); row != null; row = nextRow()) {
            if (given && contradicts(row, columns)) {
                throw new IllegalStateException(row.line + ": another header");
            }
            given = false;
            if (isHeader(row, columns)) {
                continue;
            }
            String reason = read(row, columns);
            if (first && timeProblem != null) {
                throw new IllegalStateException(row.line + ": " + timeProblem);
            }
            first = false;
            if (reason.equals("cancelled")) {
                cancelled++;
            } else if (!reason.isEmpty()) {
                rejects.add(row.line + "," + reason + "," + shown(row));
            }
        }
    }

    private static String shown(Row row) {
        int[] characters = decoded(row.raw).codePoints().limit(200).toArray();
        return new String(characters, 0, characters.length);
    }

    private static String decoded(String bytes) {
        return new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }

    private static List<String> decoded(List<String> fields) {
        return fields.stream().map(ReferenceAnalysis::decoded).toList();
    }

    /** Tells whether the row is the header again, maybe of another file with its byte order mark. */
    private static boolean isHeader(Row row, ReferenceColumns columns) {
        List<String> fields = new ArrayList<>(row.fields);
        if (fields.get(0).startsWith(MARK)) {
            fields.set(0, fields.get(0).substring(3).replaceAll("^\"(.*)\"$", "$1"));
        }
        return !row.misplaced
                && decoded(fields).stream()
                        .map(ReferenceColumns::normalize)
                        .toList()
                        .equals(columns.names);
    }

    /** Tells whether the first row is a header, but not the given one: it has a name, and no price and quantity. */
    private static boolean contradicts(Row row, ReferenceColumns columns) {
        return row.fields.size() > Math.max(columns.price, columns.quantity)
                && isText(row.fields.get(columns.price))
                && isText(row.fields.get(columns.quantity))
                && decoded(row.fields).stream()
                        .anyMatch(field -> ReferenceColumns.isKnownName(field)
                                || columns.names.contains(ReferenceColumns.normalize(field)))
                && !isHeader(row, columns);
    }

    private static boolean isText(String field) {
        return !trimmed(field).isEmpty() && !DECIMAL.matcher(trimmed(field)).matches();
    }

    private static String trimmed(String field) {
        return field.replaceAll("^ +| +$", "");
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
            Matcher spacesAndQuote = SPACES_AND_QUOTE.matcher(text).region(at, text.length());
            if (spacesAndQuote.lookingAt()) {
                at = spacesAndQuote.end() - 1;
                quoted = quoted(startLine);
            }
            int rest = at;
            while (at < text.length() && text.charAt(at) != options.delimiter() && text.charAt(at) != '\n') {
                at++;
            }
            boolean ended = at == text.length() || text.charAt(at) == '\n';
            String plain = text.substring(rest, at);
            if (ended) {
                plain = plain.replaceAll("\r+$", "");
            }
            misplaced |= quoted != null && !trimmed(plain).isEmpty();
            fields.add(quoted == null ? trimmed(plain) : quoted);
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

    /** Why the row is not a trade; empty if it is one, and was added. */
    private String read(Row row, ReferenceColumns columns) {
        timeProblem = null;
        String shape = shapeProblem(row, columns);
        if (!shape.isEmpty()) {
            return shape;
        }
        requireTrade(row, columns);
        @Nullable BigDecimal time = columns.timestamp == NONE ? BigDecimal.ZERO : time(row, columns);
        if (value(row, columns.correction).matches("0?[78]|1[012]")) {
            return "cancelled";
        }
        String ticker = columns.ticker == NONE ? options.ticker() : value(row, columns.ticker);
        if (!TICKER.matcher(ticker).matches()) {
            return ticker.isEmpty() ? "ticker_missing" : "ticker_invalid";
        }
        String price = value(row, columns.price);
        if (!problem(price).isEmpty()) {
            return "price" + problem(price);
        }
        String large = value(row, columns.quantity);
        String quantity = large.isEmpty() ? value(row, columns.smallQuantity) : large;
        if (!problem(quantity).isEmpty()) {
            return "quantity" + problem(quantity);
        }
        String timeReason = columns.timestamp == NONE ? "" : timeReason(row, columns, time);
        if (!timeReason.isEmpty()) {
            return timeReason;
        }
        if (!value(row, columns.correction).matches("|0?[012]")) {
            return "correction_unknown";
        }
        add(
                sums.computeIfAbsent(ticker, t -> new Sums()),
                new BigDecimal(price),
                new BigDecimal(quantity),
                requireNonNull(time));
        return "";
    }

    private static String shapeProblem(Row row, ReferenceColumns columns) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(row.raw.getBytes(ISO_8859_1)));
        } catch (CharacterCodingException e) {
            return "invalid_utf8";
        }
        if (row.misplaced) {
            return "misplaced_quote";
        }
        int missing = columns.names.size() - row.fields.size();
        return missing == 0 ? "" : missing > 0 ? "too_few_fields" : "too_many_fields";
    }

    private static void requireTrade(Row row, ReferenceColumns columns) {
        boolean order = columns.action != NONE && !value(row, columns.action).equals("T");
        boolean raw =
                columns.databento && WHOLE.matcher(value(row, columns.price)).matches();
        if (order || raw) {
            throw new IllegalStateException(row.line + ": orders or raw prices");
        }
    }

    private static String value(Row row, int column) {
        return column == NONE ? "" : trimmed(row.fields.get(column));
    }

    private String timeReason(Row row, ReferenceColumns columns, @Nullable BigDecimal time) {
        if (value(row, columns.timestamp).isEmpty()) {
            return "timestamp_missing";
        }
        if (timeProblem != null) {
            return timeProblem;
        }
        if (time == null) {
            return "timestamp_invalid";
        }
        boolean outside = time.signum() < 0 || time.compareTo(TIME_END) >= 0;
        return outside ? "timestamp_out_of_range" : time.compareTo(NOT_IN_ZONE) == 0 ? "timestamp_not_in_zone" : "";
    }

    /** Nanoseconds since the epoch; null if the text is not a time. */
    private @Nullable BigDecimal time(Row row, ReferenceColumns columns) {
        String text = value(row, columns.timestamp);
        if (columns.timeOfDay == NONE) {
            return EPOCH.matcher(text).matches() ? epochTime(text) : clockTime(text);
        }
        String date = text.replaceAll("^(\\d{4})(\\d{2})(\\d{2})$", "$1-$2-$3");
        return date.length() == 10 ? clockTime(date + " " + value(row, columns.timeOfDay)) : null;
    }

    private @Nullable BigDecimal epochTime(String text) {
        Matcher number = EPOCH.matcher(text);
        if (!number.matches()) {
            return null;
        }
        BigDecimal whole = new BigDecimal(number.group(2));
        int decimals = whole.precision() <= 10 ? 9 : whole.precision() <= 13 ? 6 : whole.precision() <= 16 ? 3 : 0;
        BigDecimal nanos = new BigDecimal(text).abs().movePointRight(decimals);
        if (nanos.stripTrailingZeros().scale() > 0) {
            return null;
        }
        if (!number.group(1).isEmpty()) {
            return BigDecimal.ONE.negate();
        }
        timeProblem = nanos.compareTo(YEAR_1990) < 0 ? "timestamp_before_1990" : null;
        return nanos;
    }

    private @Nullable BigDecimal clockTime(String text) {
        Matcher local = LOCAL.matcher(text);
        if (!local.matches()) {
            return null;
        }
        LocalDateTime seconds;
        try {
            seconds = LocalDateTime.parse(local.group(1) + "T" + local.group(2), STRICT);
        } catch (DateTimeException e) {
            return null;
        }
        BigDecimal fraction = new BigDecimal(local.group(3) == null ? "0" : "0" + local.group(3)).multiply(BILLION);
        if (fraction.stripTrailingZeros().scale() > 0) {
            return null;
        }
        if (local.group(4).isEmpty()) {
            return localTime(seconds, fraction);
        }
        Matcher offset = OFFSET.matcher(local.group(4));
        return offset.matches() ? at(seconds, offset, fraction) : null;
    }

    private static @Nullable BigDecimal at(LocalDateTime seconds, Matcher offset, BigDecimal fraction) {
        int hours = offset.group(2) == null ? 0 : Integer.parseInt(offset.group(2));
        int minutes = offset.group(3) == null ? 0 : Integer.parseInt(offset.group(3));
        if (hours > 23 || minutes > 59) {
            return null;
        }
        long east = (hours * 60L + minutes) * ("-".equals(offset.group(1)) ? -60 : 60);
        return nanos(seconds.toEpochSecond(ZoneOffset.UTC) - east, fraction);
    }

    private @Nullable BigDecimal localTime(LocalDateTime seconds, BigDecimal fraction) {
        BigDecimal utc = nanos(seconds.toEpochSecond(ZoneOffset.UTC), fraction);
        if (utc.signum() < 0 || utc.compareTo(TIME_END) >= 0) {
            return utc;
        }
        if (options.zone().isEmpty()) {
            timeProblem = "timestamp_without_zone";
            return utc;
        }
        ZonedDateTime zoned = seconds.atZone(ZoneId.of(options.zone()));
        boolean gap = !zoned.toLocalDateTime().equals(seconds);
        boolean overlap = !zoned.withEarlierOffsetAtOverlap().equals(zoned.withLaterOffsetAtOverlap());
        return gap || overlap ? NOT_IN_ZONE : nanos(zoned.toEpochSecond(), fraction);
    }

    private static BigDecimal nanos(long seconds, BigDecimal fraction) {
        return BigDecimal.valueOf(seconds).multiply(BILLION).add(fraction);
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

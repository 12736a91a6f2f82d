package io.tradeops.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The analysis of a one-ticker file without quotes: slow, obvious, and without any code of the real one. */
public final class ReferenceAnalysis {

    private ReferenceAnalysis() {}

    public static byte[] file(String name) throws IOException {
        try (InputStream in = ReferenceAnalysis.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IOException("no test resource " + name);
            }
            return in.readAllBytes();
        }
    }

    /** The same rows with a first column that holds the ticker. */
    public static byte[] withTicker(String ticker, byte[] csv) {
        StringBuilder text = new StringBuilder();
        for (String line : new String(csv, UTF_8).lines().toList()) {
            text.append(text.isEmpty() ? "ticker" : ticker)
                    .append(',')
                    .append(line)
                    .append('\n');
        }
        return text.toString().getBytes(UTF_8);
    }

    public static String of(byte[] csv, String priceColumn, String quantityColumn, String ticker) {
        List<String> lines = new String(csv, UTF_8).lines().toList();
        List<String> header = Arrays.asList(lines.get(0).split(",", -1));
        int price = header.indexOf(priceColumn);
        int quantity = header.indexOf(quantityColumn);
        int time = header.indexOf("time");
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            rows.add(new Row(fields[time], new BigDecimal(fields[price]), new BigDecimal(fields[quantity])));
        }
        return "ticker,total_volume,average_price,vwap,trade_count,min_price,max_price,first_price,last_price,"
                + "total_notional\n" + ticker + ',' + summary(rows) + '\n';
    }

    private static String summary(List<Row> rows) {
        List<Row> byTime = new ArrayList<>(rows);
        byTime.sort(Comparator.comparing(Row::time));
        List<Row> byPrice = new ArrayList<>(rows);
        byPrice.sort(Comparator.comparing(Row::price));
        BigDecimal volume = sum(rows, Row::quantity);
        BigDecimal notional = sum(rows, row -> row.price().multiply(row.quantity()));
        int last = rows.size() - 1;
        return String.join(
                ",",
                plain(volume),
                plain(divide(sum(rows, Row::price), BigDecimal.valueOf(rows.size()))),
                plain(divide(notional, volume)),
                Integer.toString(rows.size()),
                plain(byPrice.get(0).price()),
                plain(byPrice.get(last).price()),
                plain(byTime.get(0).price()),
                plain(byTime.get(last).price()),
                plain(notional));
    }

    private static BigDecimal sum(List<Row> rows, Function<Row, BigDecimal> value) {
        return rows.stream().map(value).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal divide(BigDecimal numerator, BigDecimal denominator) {
        return numerator.divide(denominator, 8, RoundingMode.HALF_EVEN);
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    /** Times of one file have one length, so their text order is their time order. */
    private record Row(String time, BigDecimal price, BigDecimal quantity) {}
}

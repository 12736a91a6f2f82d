package blackbox.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The columns of a file, for {@link ReferenceAnalysis}. Throws an {@link IllegalStateException} for a refused file. */
final class ReferenceColumns {

    static final int NONE = -1;

    private static final Map<String, String> NAMES = Map.of(
            "ticker", "ticker symbol sym stock instrument instrumentname pair",
            "price", "price px tradeprice executionprice last",
            "quantity", "quantity qty size decimalsize volume vol shares amount",
            "timestamp",
                    "timestamp time datetime date executedat createdat siptimestamp participanttimestamp tsevent"
                            + " transacttime",
            "side", "side isbuyermaker",
            "id", "id",
            "tradeid", "tradeid",
            "correction", "correction corr trcorr tradecorrectionindicator");

    final int ticker;
    final int price;
    final int quantity;
    final int smallQuantity;
    final int timestamp;
    final int timeOfDay;
    final int correction;
    final int action;
    final boolean databento;
    final List<String> names;

    private final Map<String, String> mapped;

    ReferenceColumns(List<String> header, FileOptions options) {
        names = header.stream().map(ReferenceColumns::normalize).toList();
        mapped = options.mapped();
        requireTrades();
        List<Integer> times = preferred("timestamp", "siptimestamp", "participanttimestamp");
        timestamp = times.isEmpty() ? NONE : times.get(0);
        timeOfDay = times.size() == 2 && mapped.containsKey("timestamp") ? times.get(1) : NONE;
        List<Integer> quantities = preferred("quantity", "decimalsize", "size");
        quantity = quantities.isEmpty() ? refused() : quantities.get(0);
        smallQuantity = quantities.size() == 2 ? quantities.get(1) : NONE;
        ticker = one("ticker");
        price = one("price");
        if (price == NONE || (ticker == NONE && options.ticker().isEmpty())) {
            refused();
        }
        int side = one("side");
        one("id");
        one("tradeid");
        correction = one("correction");
        action = names.indexOf("action") == side ? NONE : names.indexOf("action");
        databento = names.contains("rtype") && names.contains("publisherid");
    }

    static String normalize(String name) {
        StringBuilder normalized = new StringBuilder();
        name.replaceAll("[ \t_-]", "")
                .chars()
                .forEach(c -> normalized.append((char) (c < 128 ? Character.toLowerCase(c) : c)));
        return normalized.toString();
    }

    static boolean isKnownName(String name) {
        return NAMES.entrySet().stream()
                .filter(field -> !field.getKey().equals("correction"))
                .anyMatch(field -> Arrays.asList(field.getValue().split(" ")).contains(normalize(name)));
    }

    private void requireTrades() {
        boolean quotes = names.containsAll(List.of("bid", "ask")) || names.containsAll(List.of("bidprice", "askprice"));
        boolean bars = names.containsAll(List.of("open", "high", "low"));
        boolean chosen = mapped.containsKey("price") && mapped.containsKey("quantity");
        if (!chosen && (quotes || bars || names.contains("issnapshot"))) {
            refused();
        }
    }

    private int one(String field) {
        List<Integer> found = all(field);
        return found.size() > 1 ? refused() : found.isEmpty() ? NONE : found.get(0);
    }

    /** The columns of a field; two only if they are mapped, or the first is preferred to the second. */
    private List<Integer> preferred(String field, String first, String second) {
        List<Integer> found = all(field);
        List<String> foundNames = found.stream().map(names::get).sorted().toList();
        if (found.size() > 1 && !mapped.containsKey(field)) {
            return foundNames.equals(Stream.of(first, second).sorted().toList())
                    ? List.of(names.indexOf(first), names.indexOf(second))
                    : List.of(refused());
        }
        return found;
    }

    private List<Integer> all(String field) {
        String columns = mapped.get(field.equals("tradeid") ? "trade_id" : field);
        if (columns == null) {
            List<Integer> ofOthers = new ArrayList<>();
            mapped.forEach((other, name) -> ofOthers.addAll(mappedColumns(other, name)));
            return IntStream.range(0, names.size())
                    .filter(i -> Arrays.asList(NAMES.get(field).split(" ")).contains(names.get(i)))
                    .filter(i -> !ofOthers.contains(i))
                    .boxed()
                    .toList();
        }
        return mappedColumns(field, columns);
    }

    private List<Integer> mappedColumns(String field, String columns) {
        List<Integer> found = new ArrayList<>();
        for (String column : field.equals("timestamp") ? columns.split("[+]") : new String[] {columns}) {
            int index = names.indexOf(normalize(column));
            found.add(index < 0 || names.lastIndexOf(normalize(column)) > index ? refused() : index);
        }
        return found;
    }

    private static int refused() {
        throw new IllegalStateException("columns");
    }
}

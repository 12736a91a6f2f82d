package io.tradeops.app.tick;

import io.tradeops.app.db.Database;
import io.tradeops.core.average.TimeWindow;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.jobs.average.FinalizeAverages;
import io.tradeops.jobs.tick.OpenWindow;
import io.tradeops.jobs.tick.TickHistory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/** The feed's ticks in PostgreSQL, one partition per day. Thread-safe. */
public final class TickRepository implements TickHistory {

    private static final String PARTITION_PREFIX = "price_ticks_";
    private static final DateTimeFormatter PARTITION_DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int FETCH_SIZE = 10_000;
    static final int COPY_BUFFER = 1 << 16;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    static final String COLUMNS = "ticker, occurred_at, seq, price, quantity";

    private static final String COPY = "copy %s (" + COLUMNS + ", feed) from stdin (format binary)";

    private static final String STAGE =
            "create temp table staged_ticks (like price_ticks including defaults) on commit drop";

    private static final String INSERT = "insert into price_ticks (" + COLUMNS + ", feed) select " + COLUMNS
            + ", feed from staged_ticks on conflict do nothing";

    private static final String UNIQUE_VIOLATION = "23505";

    /** Ordered, so that two writers never wait for each other in a circle. */
    private static final String OPEN_WINDOWS = """
            insert into open_windows (ticker, window_start, width_seconds)
            select ticker, timestamptz 'epoch' + micros * interval '1 microsecond', ?
            from unnest(?::text[], ?::bigint[]) as tick(ticker, micros)
            order by 2, 1
            on conflict (window_start, ticker, width_seconds) do update set version = open_windows.version + 1
            """;

    private final Database database;
    private final Set<LocalDate> knownPartitions = ConcurrentHashMap.newKeySet();

    /** Ticks of a database. */
    public TickRepository(Database database) {
        this.database = database;
    }

    /** Makes the partitions that some ticks need, in the caller's transaction, which is to be of their own. */
    public void createPartitions(Connection connection, Set<LocalDate> days) throws SQLException {
        for (LocalDate day : days) {
            execute(
                    connection,
                    "create table if not exists " + PARTITION_PREFIX + PARTITION_DAY.format(day)
                            + " partition of price_ticks for values from ('" + day + "T00:00:00Z') to ('"
                            + day.plusDays(1) + "T00:00:00Z')");
        }
    }

    /** The days whose partitions {@link #createPartitions} should make first. */
    public Set<LocalDate> missingPartitions(Collection<Tick> ticks) {
        Set<LocalDate> missing = new HashSet<>();
        long lastDay = -1;
        for (Tick tick : ticks) {
            long day = tick.epochNanos() / NANOS_PER_DAY;
            if (day != lastDay) {
                missing.add(LocalDate.ofEpochDay(day));
                lastDay = day;
            }
        }
        missing.removeAll(knownPartitions);
        return missing;
    }

    /** Says that partitions are there. */
    public void rememberPartitions(Set<LocalDate> days) {
        knownPartitions.addAll(days);
    }

    /** Takes no partition for granted any longer: one may have been dropped by another process, or another object of this. */
    public void forgetPartitions() {
        knownPartitions.clear();
    }

    /**
     * Stores ticks of a feed in the caller's transaction and opens their windows; ticks that are stored already are left.
     *
     * @param feed the feed's id
     */
    public void insert(Connection connection, List<Tick> ticks, int feed) throws SQLException {
        byte[] rows = BinaryTicks.encode(ticks, feed);
        Savepoint before = connection.setSavepoint();
        try {
            copy(connection, "price_ticks", rows);
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            execute(connection, STAGE);
            copy(connection, "staged_ticks", rows);
            execute(connection, INSERT);
        }
        openWindows(connection, ticks);
    }

    private static void copy(Connection connection, String table, byte[] rows) throws SQLException {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(COPY.formatted(table), new ByteArrayInputStream(rows), COPY_BUFFER);
        } catch (IOException e) {
            throw new IllegalStateException("reading an array can't fail", e);
        }
    }

    private static void openWindows(Connection connection, List<Tick> ticks) throws SQLException {
        record Window(String ticker, long startMicros) {}
        long width = FinalizeAverages.WIDTH.toMillis() * 1_000;
        Set<Window> windows = new HashSet<>();
        for (Tick tick : ticks) {
            long micros = tick.epochNanos() / NANOS_PER_MICRO;
            windows.add(new Window(tick.ticker(), micros - micros % width));
        }
        try (PreparedStatement statement = connection.prepareStatement(OPEN_WINDOWS)) {
            statement.setLong(1, FinalizeAverages.WIDTH.toSeconds());
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", windows.stream().map(Window::ticker).toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "bigint", windows.stream().map(Window::startMicros).toArray()));
            statement.executeUpdate();
        }
    }

    /** Each ticker's newest price in 10⁻⁸ units among the ticks of the last {@code span} before the newest. */
    public Map<String, Long> newestPrices(Duration span) {
        String sql = """
                select distinct on (ticker) ticker, price from price_ticks
                where occurred_at >= (select max(occurred_at) from price_ticks) - ? * interval '1 millisecond'
                order by ticker, occurred_at desc, seq desc
                """;
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, span.toMillis());
                Map<String, Long> prices = new HashMap<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        prices.put(rows.getString(1), FixedDecimal.of(rows.getBigDecimal(2)));
                    }
                }
                return prices;
            }
        });
    }

    /** When the newest stored tick was; empty if there is none. */
    public Optional<Instant> newestTime() {
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select max(occurred_at) from price_ticks");
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                return Optional.ofNullable(rows.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant);
            }
        });
    }

    @Override
    public List<OpenWindow> openWindows(Duration width, Instant endedBy, int limit) {
        String sql = """
                select ticker, window_start, version from open_windows
                where width_seconds = ? and window_start <= ? order by window_start, ticker limit ?
                """;
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, width.toSeconds());
                statement.setObject(2, utc(endedBy.minus(width)));
                statement.setInt(3, limit);
                List<OpenWindow> windows = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        TimeWindow window = new TimeWindow(instant(rows, 2), width);
                        windows.add(new OpenWindow(rows.getString(1), window, rows.getLong(3)));
                    }
                }
                return windows;
            }
        });
    }

    @Override
    public void forEachTick(TimeWindow window, Collection<String> tickers, Consumer<Tick> consumer) {
        String sql = """
                select ticker, occurred_at, seq, price, quantity from price_ticks
                where occurred_at >= ? and occurred_at < ? and ticker = any(?)
                """;
        database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCH_SIZE);
                statement.setObject(1, utc(window.start()));
                statement.setObject(2, utc(window.end()));
                statement.setArray(3, connection.createArrayOf("text", tickers.toArray()));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        consumer.accept(tick(rows));
                    }
                }
                return true;
            }
        });
    }

    @Override
    public void settle(Collection<OpenWindow> windows) {
        String sql =
                "delete from open_windows where ticker = ? and window_start = ? and width_seconds = ? and version = ?";
        database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (OpenWindow open : windows) {
                    statement.setString(1, open.ticker());
                    statement.setObject(2, utc(open.window().start()));
                    statement.setLong(3, open.window().width().toSeconds());
                    statement.setLong(4, open.version());
                    statement.addBatch();
                }
                return statement.executeBatch().length;
            }
        });
    }

    @Override
    public void dropBefore(Instant oldest) {
        LocalDate firstKept = LocalDate.ofInstant(oldest, ZoneOffset.UTC);
        for (String partition : partitions()) {
            LocalDate day = LocalDate.parse(partition.substring(PARTITION_PREFIX.length()), PARTITION_DAY);
            if (day.isBefore(firstKept)) {
                database.withConnection(connection -> execute(connection, "drop table if exists " + partition));
                knownPartitions.remove(day);
            }
        }
    }

    private List<String> partitions() {
        String sql = """
                select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
                where inhparent = 'price_ticks'::regclass order by relname
                """;
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet rows = statement.executeQuery()) {
                List<String> names = new ArrayList<>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        });
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return statement.execute();
        }
    }

    private static Tick tick(ResultSet row) throws SQLException {
        return new Tick(
                row.getString(1),
                EpochNanos.of(instant(row, 2)),
                FixedDecimal.of(row.getBigDecimal(4)),
                FixedDecimal.of(row.getBigDecimal(5)),
                row.getLong(3));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

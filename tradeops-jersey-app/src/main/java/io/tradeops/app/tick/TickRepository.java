package io.tradeops.app.tick;

import io.tradeops.app.db.Database;
import io.tradeops.app.db.Row;
import io.tradeops.app.db.Sql;
import io.tradeops.app.db.Sql.ArrayParameter;
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
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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

/** The ticks of all feeds in PostgreSQL, in one partition per day, UTC. Thread-safe. */
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

    /** Ordered, so that concurrent writers can't deadlock. */
    private static final String OPEN_WINDOWS = """
            insert into open_windows (ticker, window_start, width_seconds)
            select ticker, timestamptz 'epoch' + micros * interval '1 microsecond', ?
            from unnest(?::text[], ?::bigint[]) as tick(ticker, micros)
            order by 2, 1
            on conflict (window_start, ticker, width_seconds) do update set version = open_windows.version + 1
            """;

    private final Database database;
    private final Set<LocalDate> knownPartitions = ConcurrentHashMap.newKeySet();

    /** The ticks in a database. */
    public TickRepository(Database database) {
        this.database = database;
    }

    /** Creates the partitions of some days. The caller's transaction should do nothing else. */
    public void createPartitions(Connection connection, Set<LocalDate> days) throws SQLException {
        for (LocalDate day : days) {
            Sql.update(
                    connection,
                    "create table if not exists " + PARTITION_PREFIX + PARTITION_DAY.format(day)
                            + " partition of price_ticks for values from ('" + day + "T00:00:00Z') to ('"
                            + day.plusDays(1) + "T00:00:00Z')");
        }
    }

    /** The days of ticks whose partitions may be missing. Call {@link #createPartitions} before {@link #insert}. */
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

    /** Remembers that the partitions of some days exist; call it after the commit of {@link #createPartitions}. */
    public void rememberPartitions(Set<LocalDate> days) {
        knownPartitions.addAll(days);
    }

    /** Forgets which partitions exist: another process, or another repository in this one, may have dropped one. */
    public void forgetPartitions() {
        knownPartitions.clear();
    }

    /**
     * Stores ticks of a feed in the caller's transaction and opens their windows. A tick that is already stored stays
     * unchanged.
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
            Sql.update(connection, STAGE);
            copy(connection, "staged_ticks", rows);
            Sql.update(connection, INSERT);
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
            throw new IllegalStateException("reading from an array failed", e);
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
        Sql.update(
                connection,
                OPEN_WINDOWS,
                FinalizeAverages.WIDTH.toSeconds(),
                ArrayParameter.texts(windows, Window::ticker),
                ArrayParameter.numbers(windows, Window::startMicros));
    }

    /** The newest price of each ticker, in units of 10⁻⁸, among ticks at most {@code span} older than the newest. */
    public Map<String, Long> newestPrices(Duration span) {
        String sql = """
                select distinct on (ticker) ticker, price from price_ticks
                where occurred_at >= (select max(occurred_at) from price_ticks) - ? * interval '1 millisecond'
                order by ticker, occurred_at desc, seq desc
                """;
        return database.withConnection(connection -> {
            Map<String, Long> prices = new HashMap<>();
            Sql.forEach(
                    connection,
                    sql,
                    0,
                    row -> prices.put(row.text("ticker"), FixedDecimal.of(row.decimal("price"))),
                    span.toMillis());
            return prices;
        });
    }

    /** The time of the newest stored tick; empty if none is stored. */
    public Optional<Instant> newestTime() {
        String sql = "select max(occurred_at) as newest_at from price_ticks";
        return database.withConnection(
                connection -> Sql.single(connection, sql, row -> row.optionalInstant("newest_at")));
    }

    @Override
    public List<OpenWindow> openWindows(Duration width, Instant endedBy, int limit) {
        String sql = """
                select ticker, window_start, version from open_windows
                where width_seconds = ? and window_start <= ? order by window_start, ticker limit ?
                """;
        return database.withConnection(connection -> Sql.list(
                connection,
                sql,
                row -> new OpenWindow(
                        row.text("ticker"), new TimeWindow(row.instant("window_start"), width), row.number("version")),
                width.toSeconds(),
                endedBy.minus(width),
                limit));
    }

    @Override
    public void forEachTick(TimeWindow window, Collection<String> tickers, Consumer<Tick> consumer) {
        String sql = """
                select ticker, occurred_at, seq, price, quantity from price_ticks
                where occurred_at >= ? and occurred_at < ? and ticker = any(?)
                """;
        database.withConnection(connection -> {
            Sql.forEach(
                    connection,
                    sql,
                    FETCH_SIZE,
                    row -> consumer.accept(tick(row)),
                    window.start(),
                    window.end(),
                    ArrayParameter.texts(tickers, ticker -> ticker));
            return true;
        });
    }

    @Override
    public void settle(Collection<OpenWindow> windows) {
        String sql =
                "delete from open_windows where ticker = ? and window_start = ? and width_seconds = ? and version = ?";
        database.withConnection(connection -> {
            Sql.updateEach(connection, sql, windows, TickRepository::parameters);
            return true;
        });
    }

    private static Object[] parameters(OpenWindow open) {
        return new Object[] {
            open.ticker(), open.window().start(), open.window().width().toSeconds(), open.version()
        };
    }

    @Override
    public void dropBefore(Instant oldest) {
        LocalDate firstRetained = LocalDate.ofInstant(oldest, ZoneOffset.UTC);
        for (String partition : partitions()) {
            LocalDate day = LocalDate.parse(partition.substring(PARTITION_PREFIX.length()), PARTITION_DAY);
            if (day.isBefore(firstRetained)) {
                database.withConnection(connection -> Sql.update(connection, "drop table if exists " + partition));
                knownPartitions.remove(day);
            }
        }
    }

    private List<String> partitions() {
        String sql = """
                select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
                where inhparent = 'price_ticks'::regclass order by relname
                """;
        return database.withConnection(connection -> Sql.list(connection, sql, row -> row.text("relname")));
    }

    private static Tick tick(Row row) throws SQLException {
        return new Tick(
                row.text("ticker"),
                EpochNanos.of(row.instant("occurred_at")),
                FixedDecimal.of(row.decimal("price")),
                FixedDecimal.of(row.decimal("quantity")),
                row.number("seq"));
    }
}

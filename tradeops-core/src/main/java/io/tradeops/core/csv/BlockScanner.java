package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Ticker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds the rows of a block of bytes to a {@link TickerTable}. This is the hot loop, so its code is long and not pretty. A
 * row in plain form is read eight bytes at a time. Every other row is read by {@link CsvRow} and {@link TradeFields},
 * which alone decide whether a row is a trade. Not thread-safe.
 */
final class BlockScanner {

    /*
     * How a plain row is read.
     *
     * First the loop finds the ends of the fields, for 64 bytes at once, so that no field waits for the field before
     * it. A field ends at a byte that is below '-' or above 127. Among eight bytes, those are the bytes whose high bit
     * is set in (w - 0x2d..2d) | w; a multiplication gathers the eight bits. The bytes of tickers, plain numbers and
     * UTC times all lie between. So a marked byte is a comma, a line break, or the reason to split the row byte by
     * byte. (A '-' after a marked byte may be marked as well.) Only known tickers are read here, so comparing their
     * bytes is enough; a new ticker is validated on the slow path.
     *
     * The loop is limited by the number of its instructions more than by their latency. So the ends of up to seven
     * columns are found without a loop, whether the row has as many columns or not.
     *
     * Eight digits, moved to the top of a long, become a value by three multiplications (D. Lemire, "Quickly parsing
     * eight digits", 2018). A number of up to eight bytes is one value, after its point is removed. In a longer number
     * the digits before the point and those after it are one value each. Data-dependent branches cost most. So lengths,
     * the position of the point and the carry are computed without branches. The side of a trade does not matter here.
     *
     * A time is split into its second, which is mostly that of the row before, and a fraction.
     */

    /** The number of bytes that must follow a block in its array, because a wide load may read them. */
    static final int PADDING = 64;

    /** The largest number of columns whose ends are found without a loop. */
    private static final int NARROW = 7;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long GATHER = 0x0002_0408_1020_4081L;
    private static final long DASHES = '-' * ONES;
    private static final long COMMAS = ',' * ONES;
    private static final long POINTS = '.' * ONES;
    private static final long ZEROS = '0' * ONES;
    private static final long ABOVE_NINE = 0x76 * ONES;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long[] POWERS = {100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1};

    private final TradeColumns columns;
    private final int[] ends;
    private final TradeFields fields;
    private final List<RejectedRow> rejects = new ArrayList<>();
    private final TickerTable table = new TickerTable();
    private final CsvRow row;
    private final boolean plain;
    private final String givenTicker;
    private final int maxTickers;
    private long lines;
    private long cancelled;
    private boolean tooManyTickers;
    private long cachedDate = -1;
    private long cachedMinute;
    private long cachedSecond;
    private long minuteNanos;
    private long secondNanos;

    /** @param maxTickers the largest number of tickers in the table */
    BlockScanner(TradeColumns columns, CsvSettings settings, int maxTickers) {
        this.columns = columns;
        this.maxTickers = maxTickers;
        row = new CsvRow(settings.delimiter);
        fields = new TradeFields(columns, settings, row);
        plain = columns.arePlain() && settings.delimiter == ',';
        givenTicker = columns.ticker == TradeColumns.NONE ? settings.ticker : "";
        ends = new int[Math.max(columns.count(), NARROW) + 1];
    }

    TickerTable table() {
        return table;
    }

    /** The row at which the last scan stopped; it shows why. */
    CsvRow row() {
        return row;
    }

    /** The number of lines of the rows before the one at which the last scan stopped. */
    long lines() {
        return lines;
    }

    /** The rows that the last scan has rejected. Their lines are counted from 0, where the scan began. */
    List<RejectedRow> rejects() {
        return rejects;
    }

    /** The number of rows that were left out because they are cancelled or erroneous. */
    long cancelled() {
        return cancelled;
    }

    /** Why the file is refused at the row at which the last scan stopped; empty if it is not. */
    String refusal() {
        return fields.refusal();
    }

    /** Adds what another scanner has found in other blocks of the same file. */
    void addBlocks(BlockScanner other) {
        table.addBlocks(other.table);
        cancelled += other.cancelled;
    }

    /** Tells whether the last scan stopped at a row whose ticker exceeds the limit of tickers. */
    boolean hasTooManyTickers() {
        return tooManyTickers;
    }

    /**
     * Adds the rows between two positions.
     *
     * @param block the number of the block, which orders rows of equal times
     * @param bytes the bytes, at least {@link #PADDING} longer than {@code to}
     * @param endOfFile whether the file ends at {@code to}
     * @return {@code to}, or the start of a row that is incomplete, too long, {@linkplain #refusal refused}, or
     *     {@link #hasTooManyTickers}
     */
    int scan(long block, byte[] bytes, int from, int to, boolean endOfFile) {
        lines = 0;
        rejects.clear();
        int linesEnd = to;
        while (linesEnd > from && bytes[linesEnd - 1] != '\n') {
            linesEnd--;
        }
        if (linesEnd - from > RowSource.MAX_ROW) {
            linesEnd = from;
        }
        int at = from;
        while (at < to) {
            if (plain && at < linesEnd) {
                at = scanPlainRows(block, bytes, at, linesEnd);
            }
            if (at < to) {
                int next = scanRow(block, bytes, at, to, endOfFile);
                if (next < 0) {
                    return at;
                }
                at = next;
            }
        }
        return at;
    }

    /** Adds or rejects one row. Returns the start of the next row, or less than 0 if the scan must stop at this row. */
    private int scanRow(long block, byte[] bytes, int at, int to, boolean endOfFile) {
        int next = row.split(bytes, at, to, endOfFile);
        if (next == CsvRow.INCOMPLETE || row.length() > RowSource.MAX_ROW) {
            return CsvRow.INCOMPLETE;
        }
        if (row.length() > 0 && !take(block)) {
            return CsvRow.INCOMPLETE;
        }
        lines += row.lineBreaks();
        return next;
    }

    /** Adds, rejects or skips the row; false if the scan must stop at it. */
    private boolean take(long block) {
        if (fields.read()) {
            return add(block);
        }
        if (!fields.refusal().isEmpty()) {
            return false;
        }
        if (fields.isCancelled()) {
            cancelled++;
        } else if (!fields.reasons().isEmpty()) {
            rejects.add(new RejectedRow(lines, fields.reasons().get(0), row.beginning()));
        }
        return true;
    }

    private boolean add(long block) {
        tooManyTickers = table.size() >= maxTickers && table.find(fields.ticker()) == 0;
        if (!tooManyTickers) {
            int number = table.numberFor(fields.ticker());
            table.add(number, fields.epochNanos(), fields.priceUnits(), fields.quantityUnits(), block);
        }
        return !tooManyTickers;
    }

    /** Adds rows in plain form. Returns the start of the first row in another form, or {@code to}. */
    private int scanPlainRows(long block, byte[] bytes, int from, int to) {
        int[] fieldEnds = ends;
        int columnCount = columns.count();
        long separators = (1L << ((columnCount - 1) << 3)) - 1;
        int tickerAt = columns.ticker;
        int priceAt = columns.price;
        int quantityAt = columns.quantity;
        int timeAt = columns.timestamp;
        int[] index = table.index();
        long[][] chunks = table.chunks();
        int shift = table.shift();
        int mask = index.length - 1;
        int number = givenTicker.isEmpty() ? 0 : table.find(givenTicker);
        long[] slots = table.chunk(number);
        int slot = TickerTable.offset(number);
        int rowStart = from;
        long rows = 0;
        while (rowStart < to) {
            int base = rowStart;
            long special = specials(bytes, base);
            long wrong = 0;
            int end = rowStart - 1;
            fieldEnds[0] = end;
            if (columnCount <= NARROW && Long.bitCount(special) >= columnCount) {
                wrong = (findNarrowEnds(bytes, base, special) ^ COMMAS) & separators;
                end = fieldEnds[columnCount];
            } else {
                for (int column = 1; ; column++) {
                    while (special == 0 && base + 64 < to) {
                        base += 64;
                        special = specials(bytes, base);
                    }
                    end = base + Long.numberOfTrailingZeros(special);
                    special &= special - 1;
                    fieldEnds[column] = end;
                    if (column == columnCount) {
                        break;
                    }
                    wrong |= bytes[end] ^ ',';
                }
            }
            int next = end + 1;
            if (wrong != 0 || (bytes[end] != '\n' && (bytes[end] != '\r' || bytes[next++] != '\n'))) {
                next = splitSlowly(bytes, rowStart);
                if (next < 0) {
                    break;
                }
            }
            int at;
            int length;
            if (tickerAt >= 0) {
                at = fieldEnds[tickerAt] + 1;
                length = fieldEnds[tickerAt + 1] - at;
                if (length < 8) {
                    long key = (long) LONGS.get(bytes, at) & ~(-1L << (length << 3));
                    int entry = (int) (TickerTable.hash(key) >>> shift);
                    number = index[entry];
                    slots = chunks[number >>> TickerTable.CHUNK_BITS];
                    slot = (number & TickerTable.CHUNK_MASK) << TickerTable.SLOT_SHIFT;
                    while (slots[slot] != key && number != 0) {
                        entry = (entry + 1) & mask;
                        number = index[entry];
                        slots = chunks[number >>> TickerTable.CHUNK_BITS];
                        slot = (number & TickerTable.CHUNK_MASK) << TickerTable.SLOT_SHIFT;
                    }
                } else {
                    number = findLongTicker(bytes, at, length);
                    slots = table.chunk(number);
                    slot = TickerTable.offset(number);
                }
            }
            at = fieldEnds[priceAt] + 1;
            long price = units(bytes, at, fieldEnds[priceAt + 1] - at);
            at = fieldEnds[quantityAt] + 1;
            long quantity = units(bytes, at, fieldEnds[quantityAt + 1] - at);
            if (number == 0 || price <= 0 || quantity <= 0) {
                break;
            }
            long time = TradeRow.NO_TIMESTAMP;
            if (timeAt >= 0) {
                at = fieldEnds[timeAt] + 1;
                length = fieldEnds[timeAt + 1] - at;
                time = length < 20 ? epochTime(bytes, at, length) : time(bytes, at, length);
                if (time < 0) {
                    break;
                }
            }
            long low = price * quantity;
            long lowBefore = slots[slot + TickerTable.NOTIONAL_LOW];
            long lowSum = lowBefore + low;
            long carry = ((low & lowBefore) | ((low | lowBefore) & ~lowSum)) >>> 63;
            long high = slots[slot + TickerTable.NOTIONAL_HIGH] + Math.multiplyHigh(price, quantity) + carry;
            long priceSum = slots[slot + TickerTable.PRICE_SUM] + price;
            long quantitySum = slots[slot + TickerTable.QUANTITY_SUM] + quantity;
            if ((priceSum | quantitySum | high) < 0) {
                break;
            }
            slots[slot + TickerTable.COUNT]++;
            slots[slot + TickerTable.PRICE_SUM] = priceSum;
            slots[slot + TickerTable.QUANTITY_SUM] = quantitySum;
            slots[slot + TickerTable.NOTIONAL_LOW] = lowSum;
            slots[slot + TickerTable.NOTIONAL_HIGH] = high;
            if (price < slots[slot + TickerTable.MIN]) {
                slots[slot + TickerTable.MIN] = price;
            }
            if (price > slots[slot + TickerTable.MAX]) {
                slots[slot + TickerTable.MAX] = price;
            }
            if (time >= slots[slot + TickerTable.LAST_TIME]) {
                slots[slot + TickerTable.LAST_TIME] = time;
                slots[slot + TickerTable.LAST_PRICE] = price;
                slots[slot + TickerTable.BLOCKS] =
                        (slots[slot + TickerTable.BLOCKS] & ~TickerTable.LAST_BLOCK_MASK) | block;
            } else if (time < slots[slot + TickerTable.FIRST_TIME]) {
                slots[slot + TickerTable.FIRST_TIME] = time;
                slots[slot + TickerTable.FIRST_PRICE] = price;
                slots[slot + TickerTable.BLOCKS] =
                        block << 32 | (slots[slot + TickerTable.BLOCKS] & TickerTable.LAST_BLOCK_MASK);
            }
            rows++;
            rowStart = next;
        }
        lines += rows;
        return rowStart;
    }

    /**
     * Finds the ends of {@link #NARROW} fields. The ends after the row's last field have no meaning. Returns the bytes
     * at these ends, without the last.
     */
    private long findNarrowEnds(byte[] bytes, int from, long special) {
        int end = from + Long.numberOfTrailingZeros(special);
        long rest = special & (special - 1);
        ends[1] = end;
        long found = bytes[end] & 0xff;
        end = from + Long.numberOfTrailingZeros(rest);
        rest &= rest - 1;
        ends[2] = end;
        found |= (bytes[end] & 0xffL) << 8;
        end = from + Long.numberOfTrailingZeros(rest);
        rest &= rest - 1;
        ends[3] = end;
        found |= (bytes[end] & 0xffL) << 16;
        end = from + Long.numberOfTrailingZeros(rest);
        rest &= rest - 1;
        ends[4] = end;
        found |= (bytes[end] & 0xffL) << 24;
        end = from + Long.numberOfTrailingZeros(rest);
        rest &= rest - 1;
        ends[5] = end;
        found |= (bytes[end] & 0xffL) << 32;
        end = from + Long.numberOfTrailingZeros(rest);
        rest &= rest - 1;
        ends[6] = end;
        found |= (bytes[end] & 0xffL) << 40;
        ends[7] = from + Long.numberOfTrailingZeros(rest);
        return found;
    }

    /** A bit for each of the next 64 bytes, which tells whether the byte may end a field. */
    private static long specials(byte[] bytes, int at) {
        return specials((long) LONGS.get(bytes, at))
                | specials((long) LONGS.get(bytes, at + 8)) << 8
                | specials((long) LONGS.get(bytes, at + 16)) << 16
                | specials((long) LONGS.get(bytes, at + 24)) << 24
                | specials((long) LONGS.get(bytes, at + 32)) << 32
                | specials((long) LONGS.get(bytes, at + 40)) << 40
                | specials((long) LONGS.get(bytes, at + 48)) << 48
                | specials((long) LONGS.get(bytes, at + 56)) << 56;
    }

    /** A bit for each of eight bytes. */
    private static long specials(long word) {
        return ((((word - DASHES) | word) & HIGH_BITS) * GATHER) >>> 56;
    }

    /**
     * Finds the ends of the fields of a row that has special bytes inside its fields, too. Returns the start of the
     * next row, or less than 0 if the row is not plain.
     */
    private int splitSlowly(byte[] bytes, int from) {
        int at = from;
        for (int column = 1; column <= columns.count(); column++) {
            int length = fieldLength(bytes, at);
            at += length;
            if (length < 0 || (bytes[at] == ',') == (column == columns.count())) {
                return -1;
            }
            ends[column] = at++;
        }
        return bytes[at - 1] == '\n' ? at : bytes[at] == '\n' ? at + 1 : -1;
    }

    /** The units of a number; 0 or less if it is not a plain number greater than 0. */
    private static long units(byte[] bytes, int from, int length) {
        if (length > 8 || length < 1) {
            return unitsInTwoParts(bytes, from, length);
        }
        long word = (long) LONGS.get(bytes, from);
        int unused = 64 - (length << 3);
        long digits = (word ^ ZEROS) << unused;
        long point = points(word) << unused;
        if (point == 0) {
            return hasNonDigit(digits) ? -1 : value(digits) * FixedDecimal.ONE;
        }
        int pointAt = Long.numberOfTrailingZeros(point) & 56;
        long decimals = -2L << (pointAt + 7);
        digits = (digits & decimals) | ((digits << 8) & ~decimals);
        return hasNonDigit(digits) || pointAt == 56 || pointAt == unused
                ? FixedDecimal.tryParse(bytes, from, from + length)
                : value(digits) * POWERS[7 - (pointAt >>> 3)];
    }

    private static long unitsInTwoParts(byte[] bytes, int from, int length) {
        long word = (long) LONGS.get(bytes, from);
        int whole = Long.numberOfTrailingZeros(points(word)) >>> 3;
        int decimals = length - whole - 1;
        if (whole == 0 || whole == 8 || decimals < 1 || decimals > 8) {
            return FixedDecimal.tryParse(bytes, from, from + length);
        }
        long digits = (word ^ ZEROS) << (64 - (whole << 3));
        long fraction = ((long) LONGS.get(bytes, from + whole + 1) ^ ZEROS) & (-1L >>> (64 - (decimals << 3)));
        return hasNonDigit(digits) || hasNonDigit(fraction) ? -1 : value(digits) * FixedDecimal.ONE + value(fraction);
    }

    /** The high bit of every byte that is a point, and possibly of bytes above the lowest point. */
    private static long points(long word) {
        long notPoint = word ^ POINTS;
        return (notPoint - ONES) & ~notPoint & HIGH_BITS;
    }

    /** Tells whether one of eight bytes is not the value of a digit. */
    private static boolean hasNonDigit(long digits) {
        return (((digits + ABOVE_NINE) | digits) & HIGH_BITS) != 0;
    }

    /** The value of eight digits, the first of them in the lowest byte. */
    private static long value(long digits) {
        long pairs = ((digits * 2561) >>> 8) & 0x00ff_00ff_00ff_00ffL;
        long quads = ((pairs * 6_553_601) >>> 16) & 0x0000_ffff_0000_ffffL;
        return (quads * 42_949_672_960_001L) >>> 32;
    }

    /**
     * The length of a field; -1 if it is quoted, begins with a space, is not ASCII, or has control characters, which the
     * key of a ticker could not tell from its end.
     */
    private static int fieldLength(byte[] bytes, int from) {
        if (bytes[from] == '"' || bytes[from] == ' ') {
            return -1;
        }
        int at = from;
        while (true) {
            long word = (long) LONGS.get(bytes, at);
            long special = ((word - DASHES) | word) & HIGH_BITS;
            at += Long.numberOfTrailingZeros(special) >>> 3;
            if (special != 0) {
                byte value = bytes[at];
                if (value == ',' || value == '\n' || value == '\r') {
                    return at - from;
                }
                if (value < ' ') {
                    return -1;
                }
                at++;
            }
        }
    }

    private int findLongTicker(byte[] bytes, int at, int length) {
        return length > Ticker.MAX_LENGTH
                ? 0
                : table.find(
                        word(bytes, at, length),
                        word(bytes, at + 8, length - 8),
                        word(bytes, at + 16, length - 16),
                        word(bytes, at + 24, length - 24));
    }

    /** Up to eight bytes, filled with zeros. */
    private static long word(byte[] bytes, int at, int length) {
        if (length <= 0) {
            return 0;
        }
        return (long) LONGS.get(bytes, at) & (length < 8 ? ~(-1L << (length << 3)) : -1L);
    }

    /** The time of a whole number of seconds, milliseconds, microseconds or nanoseconds since the epoch. */
    private static long epochTime(byte[] bytes, int from, int length) {
        if (length < 1 || length > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < from + length; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return TradeTime.ofNumber(value);
    }

    /** The nanoseconds of a time such as 2026-11-20T14:30:00.123456Z; less than 0 if it has another form. */
    private long time(byte[] bytes, int from, int length) {
        long date = (long) LONGS.get(bytes, from);
        long minute = (long) LONGS.get(bytes, from + 8);
        long second = (long) LONGS.get(bytes, from + 16) << 32;
        if (((date ^ cachedDate) | (minute ^ cachedMinute) | (second ^ cachedSecond)) != 0
                && !readSecond(bytes, from, date, minute, second)) {
            return -1;
        }
        int decimals = length - 21;
        int unused = 64 - (decimals << 3);
        long fraction = ((long) LONGS.get(bytes, from + 20) ^ ZEROS) << unused >>> unused;
        boolean fractional = decimals > 0 && decimals <= 8 && second >>> 56 == '.' && !hasNonDigit(fraction);
        if (bytes[from + length - 1] != 'Z' || !(fractional || decimals < 0)) {
            return -1;
        }
        return decimals < 0 ? secondNanos : secondNanos + value(fraction) * 10;
    }

    private boolean readSecond(byte[] bytes, int from, long date, long minute, long second) {
        if (date != cachedDate || minute != cachedMinute) {
            long nanos = EpochNanos.tryParse(new String(bytes, from, 16, ISO_8859_1) + ":00Z");
            if (nanos < 0 || nanos > TradeTime.END - 60 * NANOS_PER_SECOND) {
                return false;
            }
            cachedDate = date;
            cachedMinute = minute;
            minuteNanos = nanos;
        }
        int tens = bytes[from + 17] - '0';
        int ones = bytes[from + 18] - '0';
        cachedSecond = second;
        secondNanos = bytes[from + 16] != ':' || tens < 0 || tens > 5 || ones < 0 || ones > 9
                ? Long.MIN_VALUE
                : minuteNanos + (tens * 10 + ones) * NANOS_PER_SECOND;
        return true;
    }
}

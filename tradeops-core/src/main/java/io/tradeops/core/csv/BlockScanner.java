package io.tradeops.core.csv;

import io.tradeops.core.trade.FixedDecimal;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Adds the rows of a block of bytes to a {@link SlotTable}. Long and ugly because it is the hot loop: a row in plain
 * form is taken eight bytes at a time, every other row by {@link CsvRow} and {@link TradeFields}, which alone decide
 * what is a trade. Not thread-safe.
 */
final class BlockScanner {

    /*
     * How the plain row is read. First where its fields end, for 64 bytes at once, so that no field waits for the one in
     * front of it: a field ends at a byte that is below '-' or above 127, which of eight bytes are those with a high bit in
     * (w - 0x2d..2d) | w, and a multiplication gathers the eight bits. Bytes of tickers, plain numbers and UTC times are
     * all between; so what is marked is a comma, a line break, or the reason to split the row byte by byte (a '-' behind
     * a marked byte may be marked as well). Only a known ticker is taken here, so nothing but its bytes needs to be
     * compared, and new ones are validated the slow way.
     *
     * The loop is bound by how many instructions it has, more than by what they wait for. So the ends of up to seven
     * columns are taken without a loop, whether the row has so many or not.
     *
     * Eight digits, moved to the top of a long, are made a value by three multiplications (D. Lemire, "Quickly parsing
     * eight digits", 2018). A number of up to eight bytes is one value, once its point is taken out; of a longer one what
     * stands before the point and after it is one value each. Data-dependent branches cost most, so lengths, the point's
     * place, the side and the carry are computed and not branched on.
     *
     * A time is split into a second, which is mostly the last row's, and a fraction.
     */

    /** The bytes that must follow a block in its array: what a wide load may touch behind the end. */
    static final int PADDING = 64;

    /** The most columns whose ends are taken without a loop. */
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
    private static final long LOWER_CASE = 0x20 * ONES;
    private static final long BUY = 0x79_7562L;
    private static final long SELL = 0x6c6c_6573L;
    private static final long TRUE = 0x6575_7274L;
    private static final long FALSE = 0x65_736c_6166L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long[] POWERS = {100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1};

    private final TradeColumns columns;
    private final int[] ends;
    private final TradeFields fields;
    private final RejectLog rejects;
    private final SlotTable table = new SlotTable();
    private final CsvRow row = new CsvRow();
    private final long[] givenKey;
    private long line;
    private boolean tooManyTickers;
    private long cachedDate = -1;
    private long cachedMinute;
    private long cachedSecond;
    private long minuteNanos;
    private long secondNanos;

    BlockScanner(TradeColumns columns, String givenTicker, RejectLog rejects) {
        this.rejects = rejects;
        fields = new TradeFields(columns, givenTicker, false);
        givenKey = columns.ticker() == TradeColumns.NONE ? SlotTable.key(givenTicker) : new long[0];
        this.columns = columns;
        ends = new int[Math.max(columns.count(), NARROW) + 1];
    }

    SlotTable table() {
        return table;
    }

    /** The row at which the last scan stopped, for why it did. */
    CsvRow row() {
        return row;
    }

    /** The line of the next row. */
    long line() {
        return line;
    }

    void setLine(long newLine) {
        line = newLine;
    }

    /** Whether the last scan stopped at a row that has one ticker too many. */
    boolean hasTooManyTickers() {
        return tooManyTickers;
    }

    /**
     * Adds the rows between two places.
     *
     * @param block the block's number: what comes first of rows at equal times
     * @param bytes longer than {@code to} by {@link #PADDING}
     * @param last whether the file ends at {@code to}
     * @return {@code to}, or where a row starts that is not complete, too long, or {@link #hasTooManyTickers}
     */
    int scan(long block, byte[] bytes, int from, int to, boolean last) throws IOException {
        int linesEnd = to;
        while (linesEnd > from && bytes[linesEnd - 1] != '\n') {
            linesEnd--;
        }
        if (linesEnd - from > ByteWindow.MAX_ROW) {
            linesEnd = from;
        }
        int at = from;
        while (at < to) {
            if (at < linesEnd) {
                at = plainRows(block, bytes, at, linesEnd);
            }
            if (at < to) {
                int next = anyRow(block, bytes, at, to, last);
                if (next < 0) {
                    return at;
                }
                at = next;
            }
        }
        return at;
    }

    /** Adds or rejects one row: the next one's place, or less than 0 if that can't be done. */
    private int anyRow(long block, byte[] bytes, int at, int to, boolean last) throws IOException {
        int next = row.split(bytes, at, to, last);
        if (next == CsvRow.INCOMPLETE || row.length() > ByteWindow.MAX_ROW) {
            return CsvRow.INCOMPLETE;
        }
        if (row.length() > 0) {
            Optional<RejectReason> reason = fields.read(row);
            if (reason.isPresent()) {
                rejects.add(line, reason.get(), row);
            } else if (!add(block)) {
                return CsvRow.INCOMPLETE;
            }
        }
        line += row.lineBreaks();
        return next;
    }

    private boolean add(long block) {
        long[] key = SlotTable.key(fields.ticker());
        tooManyTickers = table.size() == TradeCsvAnalyzer.MAX_TICKERS && table.find(key) < 0;
        if (!tooManyTickers) {
            table.add(table.slotFor(key), fields.priceUnits(), fields.quantityUnits(), fields.epochNanos(), block);
        }
        return !tooManyTickers;
    }

    /** Adds rows in plain form: the place of the first that isn't, or {@code to}. */
    private int plainRows(long block, byte[] bytes, int from, int to) {
        int[] fieldEnds = ends;
        int last = columns.count();
        long separators = (1L << ((last - 1) << 3)) - 1;
        int tickerAt = columns.ticker();
        int priceAt = columns.price();
        int quantityAt = columns.quantity();
        int timeAt = columns.timestamp();
        int sideAt = columns.side();
        long bought = columns.buyerMaker() ? FALSE : BUY;
        long sold = columns.buyerMaker() ? TRUE : SELL;
        long boughtLetter = columns.buyerMaker() ? '0' : 'b';
        long soldLetter = columns.buyerMaker() ? '1' : 's';
        long[] slots = table.slots();
        int shift = table.shift();
        int mask = (1 << (Long.SIZE - shift)) - 1;
        int slot = givenKey.length > 0 ? table.find(givenKey) : -1;
        int rowStart = from;
        long rows = 0;
        while (rowStart < to) {
            int base = rowStart;
            long special = specials(bytes, base);
            long wrong = 0;
            int end = rowStart - 1;
            fieldEnds[0] = end;
            if (last <= NARROW && Long.bitCount(special) >= last) {
                wrong = (narrowEnds(bytes, base, special) ^ COMMAS) & separators;
                end = fieldEnds[last];
            } else {
                for (int column = 1; ; column++) {
                    while (special == 0 && base + 64 < to) {
                        base += 64;
                        special = specials(bytes, base);
                    }
                    end = base + Long.numberOfTrailingZeros(special);
                    special &= special - 1;
                    fieldEnds[column] = end;
                    if (column == last) {
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
                    int number = (int) ((key * SlotTable.HASH) >>> shift);
                    slot = number << SlotTable.SLOT_SHIFT;
                    long found = slots[slot];
                    while (found != key && found != 0) {
                        number = (number + 1) & mask;
                        slot = number << SlotTable.SLOT_SHIFT;
                        found = slots[slot];
                    }
                    slot = found == 0 ? -1 : slot;
                } else {
                    slot = findLong(bytes, at, length);
                }
            }
            at = fieldEnds[priceAt] + 1;
            long price = units(bytes, at, fieldEnds[priceAt + 1] - at);
            at = fieldEnds[quantityAt] + 1;
            long quantity = units(bytes, at, fieldEnds[quantityAt + 1] - at);
            if (slot < 0 || price <= 0 || quantity <= 0) {
                break;
            }
            if (sideAt >= 0) {
                at = fieldEnds[sideAt] + 1;
                length = fieldEnds[sideAt + 1] - at;
                long name = ((long) LONGS.get(bytes, at) | LOWER_CASE) & ~(-1L << (length << 3));
                long notBought = name ^ bought;
                long notSold = name ^ sold;
                boolean neither = ((notBought | -notBought) & (notSold | -notSold)) < 0;
                if (length > 7 || (neither && name != 0 && name != boughtLetter && name != soldLetter)) {
                    break;
                }
            }
            long time = TradeRow.NO_TIMESTAMP;
            if (timeAt >= 0) {
                at = fieldEnds[timeAt] + 1;
                length = fieldEnds[timeAt + 1] - at;
                time = length < 20 ? timeOfNumber(bytes, at, length) : time(bytes, at, length);
                if (time < 0) {
                    break;
                }
            }
            long low = price * quantity;
            long lowBefore = slots[slot + SlotTable.NOTIONAL_LOW];
            long lowSum = lowBefore + low;
            long carry = ((low & lowBefore) | ((low | lowBefore) & ~lowSum)) >>> 63;
            long high = slots[slot + SlotTable.NOTIONAL_HIGH] + Math.multiplyHigh(price, quantity) + carry;
            long priceSum = slots[slot + SlotTable.PRICE_SUM] + price;
            long quantitySum = slots[slot + SlotTable.QUANTITY_SUM] + quantity;
            if ((priceSum | quantitySum | high) < 0) {
                break;
            }
            slots[slot + SlotTable.COUNT]++;
            slots[slot + SlotTable.PRICE_SUM] = priceSum;
            slots[slot + SlotTable.QUANTITY_SUM] = quantitySum;
            slots[slot + SlotTable.NOTIONAL_LOW] = lowSum;
            slots[slot + SlotTable.NOTIONAL_HIGH] = high;
            if (price < slots[slot + SlotTable.MIN]) {
                slots[slot + SlotTable.MIN] = price;
            }
            if (price > slots[slot + SlotTable.MAX]) {
                slots[slot + SlotTable.MAX] = price;
            }
            if (time >= slots[slot + SlotTable.LAST_TIME]) {
                slots[slot + SlotTable.LAST_TIME] = time;
                slots[slot + SlotTable.LAST_PRICE] = price;
                slots[slot + SlotTable.LAST_BLOCK] = block;
            } else if (time < slots[slot + SlotTable.FIRST_TIME]) {
                slots[slot + SlotTable.FIRST_TIME] = time;
                slots[slot + SlotTable.FIRST_PRICE] = price;
                slots[slot + SlotTable.FIRST_BLOCK] = block;
            }
            rows++;
            rowStart = next;
        }
        line += rows;
        return rowStart;
    }

    /** Finds the ends of {@link #NARROW} fields, of which those behind the row's last one mean nothing: the bytes that are
     * there, without the last. */
    private long narrowEnds(byte[] bytes, int from, long special) {
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

    /** A bit for each of the next 64 bytes: whether it may end a field. */
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

    /** Finds the ends of a row's fields that has special bytes elsewhere, too: the next row's place, or less than 0 if it
     * isn't plain. */
    private int splitSlowly(byte[] bytes, int from) {
        int at = from;
        for (int column = 1; column <= columns.count(); column++) {
            int length = lengthOfAny(bytes, at);
            at += length;
            if (length < 0 || (bytes[at] == ',') == (column == columns.count())) {
                return -1;
            }
            ends[column] = at++;
        }
        return bytes[at - 1] == '\n' ? at : bytes[at] == '\n' ? at + 1 : -1;
    }

    /** The units of a number, or 0 or less if it isn't plain. */
    private static long units(byte[] bytes, int from, int length) {
        if (length > 8 || length < 1) {
            return unitsInTwoParts(bytes, from, length);
        }
        long word = (long) LONGS.get(bytes, from);
        int unused = 64 - (length << 3);
        long digits = (word ^ ZEROS) << unused;
        long point = points(word) << unused;
        if (point == 0) {
            return isNoNumber(digits) ? -1 : value(digits) * FixedDecimal.ONE;
        }
        int pointAt = Long.numberOfTrailingZeros(point) & 56;
        long decimals = -2L << (pointAt + 7);
        digits = (digits & decimals) | ((digits << 8) & ~decimals);
        return isNoNumber(digits) || pointAt == 56 || pointAt == unused
                ? unitsByteByByte(bytes, from, length)
                : value(digits) * POWERS[7 - (pointAt >>> 3)];
    }

    private static long unitsInTwoParts(byte[] bytes, int from, int length) {
        long word = (long) LONGS.get(bytes, from);
        int whole = Long.numberOfTrailingZeros(points(word)) >>> 3;
        int decimals = length - whole - 1;
        if (whole == 0 || whole == 8 || decimals < 1 || decimals > 8) {
            return unitsByteByByte(bytes, from, length);
        }
        long digits = (word ^ ZEROS) << (64 - (whole << 3));
        long fraction = ((long) LONGS.get(bytes, from + whole + 1) ^ ZEROS) & (-1L >>> (64 - (decimals << 3)));
        return isNoNumber(digits) || isNoNumber(fraction) ? -1 : value(digits) * FixedDecimal.ONE + value(fraction);
    }

    /** The high bit of every byte that is a point, and perhaps of bytes above the lowest of them. */
    private static long points(long word) {
        long notPoint = word ^ POINTS;
        return (notPoint - ONES) & ~notPoint & HIGH_BITS;
    }

    /** Whether one of eight bytes is no digit's value. */
    private static boolean isNoNumber(long digits) {
        return (((digits + ABOVE_NINE) | digits) & HIGH_BITS) != 0;
    }

    /** The value of eight digits, the first in the lowest byte. */
    private static long value(long digits) {
        long pairs = ((digits * 2561) >>> 8) & 0x00ff_00ff_00ff_00ffL;
        long quads = ((pairs * 6_553_601) >>> 16) & 0x0000_ffff_0000_ffffL;
        return (quads * 42_949_672_960_001L) >>> 32;
    }

    private static long unitsByteByByte(byte[] bytes, int from, int length) {
        if (length > 19) {
            return -1;
        }
        long value = 0;
        int point = length;
        for (int i = 0; i < length; i++) {
            int digit = bytes[from + i] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
            } else if (bytes[from + i] == '.' && point == length) {
                point = i;
            } else {
                return -1;
            }
        }
        int decimals = length - point - 1;
        if (point > 10 || decimals > 8) {
            return -1;
        }
        return decimals < 0 ? value * FixedDecimal.ONE : value * POWERS[decimals];
    }

    /** The bytes of a field, or -1 if it has quotes, isn't ASCII, or has control characters, which a ticker's key and a
     * side in lower case would not tell from others. */
    private static int lengthOfAny(byte[] bytes, int from) {
        if (bytes[from] == '"') {
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

    private int findLong(byte[] bytes, int from, int length) {
        return length > 32 ? -1 : table.find(SlotTable.key(new AsciiText().of(bytes, from, from + length)));
    }

    /** Whole units since the epoch. */
    private static long timeOfNumber(byte[] bytes, int from, int length) {
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

    /** A time such as 2026-11-20T14:30:00.123456Z: nanoseconds, or less than 0 if it isn't of this form. */
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
        boolean fractional = decimals > 0 && decimals <= 8 && second >>> 56 == '.' && !isNoNumber(fraction);
        if (bytes[from + length - 1] != 'Z' || !(fractional || decimals < 0)) {
            return -1;
        }
        return decimals < 0 ? secondNanos : secondNanos + value(fraction) * 10;
    }

    private boolean readSecond(byte[] bytes, int from, long date, long minute, long second) {
        if (date != cachedDate || minute != cachedMinute) {
            long nanos = TradeTime.tryParse(new AsciiText().of(bytes, from, from + 16) + ":00Z");
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

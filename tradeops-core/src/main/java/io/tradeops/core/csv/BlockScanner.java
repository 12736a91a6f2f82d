package io.tradeops.core.csv;

import io.tradeops.core.trade.FixedDecimal;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Adds the rows of a block of bytes to a {@link SlotTable}. Long and ugly because it is the hot loop: a row in plain
 * form is taken eight bytes at a time, every other row by {@link CsvRow} and {@link TradeFields}, which alone decide
 * what is a trade. Not thread-safe.
 */
final class BlockScanner {

    /*
     * How the plain row is read. A field ends at the first byte that is below '-' or above 127: in eight bytes at once,
     * that is the lowest set high bit of (w - 0x2d..2d) | w. Bytes of tickers, plain numbers and UTC times are all
     * between; so what ends a field is a comma, a line break, or the reason to leave the row to the slow way. Only a known
     * ticker is taken here, so nothing but its bytes needs to be compared, and new ones are validated the slow way.
     *
     * Up to 8 bytes of a number are moved to the top of a long, the point is squeezed out, and the eight digits are made
     * a value by three multiplications (D. Lemire, "Quickly parsing eight digits", 2018). Data-dependent branches cost
     * most, so lengths, the point's place, the side and the carry are computed and not branched on.
     *
     * A time is split into a minute, which is mostly the last row's, and seconds and fraction.
     */

    /** The bytes that must follow a block in its array: what a wide load may touch behind the end. */
    static final int PADDING = 64;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte SKIP = 0;
    private static final byte TICKER = 1;
    private static final byte PRICE = 2;
    private static final byte QUANTITY = 3;
    private static final byte TIME = 4;
    private static final byte SIDE = 5;
    private static final byte BUYER_MAKER = 6;

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long DASHES = '-' * ONES;
    private static final long POINTS = '.' * ONES;
    private static final long ZEROS = '0' * ONES;
    private static final long ABOVE_NINE = 0x76 * ONES;
    private static final long LOWER_CASE = 0x20 * ONES;
    private static final long BUY = 0x79_7562L;
    private static final long SELL = 0x6c6c_6573L;
    private static final long TRUE = 0x6575_7274L;
    private static final long FALSE = 0x65_736c_6166L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MINUTE = 60 * NANOS_PER_SECOND;
    private static final long[] POWERS = {100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1};

    private final byte[] kinds;
    private final TradeFields fields;
    private final RejectLog rejects;
    private final SlotTable table = new SlotTable();
    private final CsvRow row = new CsvRow();
    private final long[] givenKey;
    private long line;
    private boolean tooManyTickers;
    private long cachedDate;
    private long cachedMinute;
    private long minuteNanos;

    BlockScanner(TradeColumns columns, String givenTicker, RejectLog rejects) {
        this.rejects = rejects;
        fields = new TradeFields(columns, givenTicker);
        givenKey = columns.ticker() == TradeColumns.NONE ? SlotTable.key(givenTicker) : new long[0];
        kinds = kinds(columns);
    }

    private static byte[] kinds(TradeColumns columns) {
        byte[] kinds = new byte[columns.count()];
        Arrays.fill(kinds, SKIP);
        if (columns.ticker() != TradeColumns.NONE) {
            kinds[columns.ticker()] = TICKER;
        }
        kinds[columns.price()] = PRICE;
        kinds[columns.quantity()] = QUANTITY;
        if (columns.timestamp() != TradeColumns.NONE) {
            kinds[columns.timestamp()] = TIME;
        }
        if (columns.side() != TradeColumns.NONE) {
            kinds[columns.side()] = columns.buyerMaker() ? BUYER_MAKER : SIDE;
        }
        return kinds;
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
        byte[] columnKinds = kinds;
        int lastColumn = columnKinds.length - 1;
        long[] slots = table.slots();
        int shift = table.shift();
        int mask = (1 << (Long.SIZE - shift)) - 1;
        int givenSlot = givenKey.length > 0 ? table.find(givenKey) : -1;
        int rowStart = from;
        long rows = 0;
        rows:
        while (rowStart < to) {
            int at = rowStart;
            int slot = givenSlot;
            long price = 0;
            long quantity = 0;
            long time = TradeRow.NO_TIMESTAMP;
            for (int column = 0; column <= lastColumn; column++) {
                long word = (long) LONGS.get(bytes, at);
                long special = ((word - DASHES) | word) & HIGH_BITS;
                int length = Long.numberOfTrailingZeros(special) >>> 3;
                switch (columnKinds[column]) {
                    case TICKER -> {
                        if (length == 8 || length == 0) {
                            length = lengthUpTo32(bytes, at);
                            slot = length <= 0 ? -1 : findLong(bytes, at, length);
                        } else {
                            long key = word & ~(-1L << (length << 3));
                            int number = (int) ((key * SlotTable.HASH) >>> shift);
                            slot = number << SlotTable.SLOT_SHIFT;
                            long found = slots[slot];
                            while (found != key && found != 0) {
                                number = (number + 1) & mask;
                                slot = number << SlotTable.SLOT_SHIFT;
                                found = slots[slot];
                            }
                            slot = found == 0 ? -1 : slot;
                        }
                        if (slot < 0) {
                            break rows;
                        }
                    }
                    case PRICE -> {
                        if (length < 8) {
                            price = units(word, length);
                        } else {
                            length = lengthUpTo32(bytes, at);
                            price = length == 8 ? units(word, 8) : unitsOfLong(bytes, at, length);
                        }
                    }
                    case QUANTITY -> {
                        if (length < 8) {
                            quantity = units(word, length);
                        } else {
                            length = lengthUpTo32(bytes, at);
                            quantity = length == 8 ? units(word, 8) : unitsOfLong(bytes, at, length);
                        }
                    }
                    case TIME -> {
                        length = lengthUpTo32(bytes, at);
                        time = length < 20 ? timeOfNumber(bytes, at, length) : time(bytes, at, length);
                        if (time < 0) {
                            break rows;
                        }
                    }
                    case SIDE -> {
                        long name = (word | LOWER_CASE) & ~(-1L << (length << 3));
                        long notBuy = name ^ BUY;
                        long notSell = name ^ SELL;
                        boolean neither = ((notBuy | -notBuy) & (notSell | -notSell)) < 0;
                        if (length == 8 || (neither && name != 0 && name != 'b' && name != 's')) {
                            break rows;
                        }
                    }
                    case BUYER_MAKER -> {
                        long name = (word | LOWER_CASE) & ~(-1L << (length << 3));
                        long notTrue = name ^ TRUE;
                        long notFalse = name ^ FALSE;
                        boolean neither = ((notTrue | -notTrue) & (notFalse | -notFalse)) < 0;
                        if (length == 8 || (neither && name != 0 && name != '0' && name != '1')) {
                            break rows;
                        }
                    }
                    default -> {
                        if (length == 8 || word >>> (length << 3) << 56 != (long) ',' << 56) {
                            length = lengthOfAny(bytes, at);
                        }
                    }
                }
                if (length < 0) {
                    break rows;
                }
                at += length;
                byte end = bytes[at++];
                if (column < lastColumn) {
                    if (end != ',') {
                        break rows;
                    }
                } else if (end != '\n' && (end != '\r' || bytes[at++] != '\n')) {
                    break rows;
                }
            }
            if (price <= 0 || quantity <= 0 || slot < 0) {
                break;
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
            rowStart = at;
        }
        line += rows;
        return rowStart;
    }

    /** The units of a number of 0 to 8 bytes, the low ones of {@code word}; 0 or less if it isn't plain. */
    private static long units(long word, int length) {
        int shift = 64 - (length << 3);
        long text = length == 0 ? 0 : word << shift;
        long notPoint = text ^ POINTS;
        long point = (notPoint - ONES) & ~notPoint & HIGH_BITS;
        int power = 0;
        if (point != 0) {
            int place = Long.numberOfTrailingZeros(point) - 7;
            long before = (1L << place) - 1;
            text = ((text & before) << 8) | (text & ~before & ~(0xffL << place));
            power = (56 - place) >>> 3;
            shift += 8;
        }
        long digits = text ^ (ZEROS << shift);
        if ((((digits + ABOVE_NINE) | digits) & HIGH_BITS) != 0) {
            return -1;
        }
        return value(digits) * POWERS[power];
    }

    /** The value of eight digits, the first in the lowest byte. */
    private static long value(long digits) {
        long pairs = ((digits * 2561) >>> 8) & 0x00ff_00ff_00ff_00ffL;
        long quads = ((pairs * 6_553_601) >>> 16) & 0x0000_ffff_0000_ffffL;
        return (quads * 42_949_672_960_001L) >>> 32;
    }

    private static long unitsOfLong(byte[] bytes, int from, int length) {
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
        if (length > 19 || point > 10 || decimals > 8) {
            return -1;
        }
        return decimals < 0 ? value * FixedDecimal.ONE : value * POWERS[decimals];
    }

    /** The bytes up to the next special one, or -1 if there are more than 32. */
    private static int lengthUpTo32(byte[] bytes, int at) {
        for (int length = 0; length <= 32; length += 8) {
            long word = (long) LONGS.get(bytes, at + length);
            long special = ((word - DASHES) | word) & HIGH_BITS;
            if (special != 0) {
                int whole = length + (Long.numberOfTrailingZeros(special) >>> 3);
                return whole <= 32 ? whole : -1;
            }
        }
        return -1;
    }

    /** The bytes of a field that isn't read, or -1 if it has quotes or isn't ASCII. */
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
                if (value < 0) {
                    return -1;
                }
                at++;
            }
        }
    }

    private int findLong(byte[] bytes, int from, int length) {
        return table.find(SlotTable.key(new ByteText().of(bytes, from, from + length)));
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
        if ((date != cachedDate || minute != cachedMinute) && !readMinute(bytes, from, date, minute)) {
            return -1;
        }
        long seconds = (long) LONGS.get(bytes, from + 16);
        int tens = (int) (seconds >>> 8 & 0xff) - '0';
        int ones = (int) (seconds >>> 16 & 0xff) - '0';
        int decimals = length - 21;
        if ((seconds & 0xff) != ':'
                || tens < 0
                || tens > 5
                || ones < 0
                || ones > 9
                || bytes[from + length - 1] != 'Z'
                || decimals > 8
                || decimals == 0) {
            return -1;
        }
        long nanos = minuteNanos + (tens * 10 + ones) * NANOS_PER_SECOND;
        if (decimals < 0) {
            return nanos;
        }
        long fraction = (long) LONGS.get(bytes, from + 20) << (64 - (decimals << 3)) >>> (64 - (decimals << 3));
        long digits = fraction ^ (ZEROS << (64 - (decimals << 3)) >>> (64 - (decimals << 3)));
        boolean plain = (((digits + ABOVE_NINE) | digits) & HIGH_BITS) == 0 && bytes[from + 19] == '.';
        return plain ? nanos + value(digits) * 10 : -1;
    }

    private boolean readMinute(byte[] bytes, int from, long date, long minute) {
        long nanos = TradeTime.tryParse(new ByteText().of(bytes, from, from + 16) + ":00Z");
        if (nanos < 0 || nanos > TradeTime.END - NANOS_PER_MINUTE) {
            return false;
        }
        cachedDate = date;
        cachedMinute = minute;
        minuteNanos = nanos;
        return true;
    }
}

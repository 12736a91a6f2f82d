package io.tradeops.core.csv;

import static io.tradeops.core.codec.BytesReader.damaged;
import static io.tradeops.core.codec.BytesReader.requireRange;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.codec.BytesWriter;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Ticker;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The running totals of every ticker, without an object for each. A slot is 16 longs, which are two cache lines. Slots
 * are numbered from 1 and never move; a hash index finds the number of a ticker. The loop of {@link BlockScanner} reads
 * and writes the slots directly, so their layout is visible to it. Not thread-safe.
 */
final class TickerTable {

    /*
     * The key of a ticker is its bytes, little-endian, eight in a long, filled with zeros. So a ticker of up to 7 bytes
     * is its first long alone, whose top byte is 0.
     *
     * The hash is of the whole key, with seeds that differ from process to process, so that no file can be made whose
     * tickers collide. It multiplies pairs of longs to 128 bits and folds the halves (Wang Yi, "wyhash", 2019).
     *
     * Sums in a slot stay below 2^63 (prices, quantities) and 2^127 (notional). Before a rare addition that would
     * exceed this, the slot's sums are moved to BigIntegers.
     */
    static final int SLOT_SHIFT = 4;
    static final int CHUNK_BITS = 8;
    static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;

    static final int KEY = 0;
    static final int COUNT = 4;
    static final int PRICE_SUM = 5;
    static final int QUANTITY_SUM = 6;
    static final int NOTIONAL_LOW = 7;
    static final int NOTIONAL_HIGH = 8;
    static final int LAST_TIME = 9;
    static final int LAST_PRICE = 10;
    static final int FIRST_TIME = 11;
    static final int FIRST_PRICE = 12;
    static final int MIN = 13;
    static final int MAX = 14;

    /** The block of the first trade in the upper half, that of the last trade in the lower half. */
    static final int BLOCKS = 15;

    static final long LAST_BLOCK_MASK = 0xffff_ffffL;

    /** About how many bytes a ticker takes, with the index and with what growing and sorting need. */
    static final int BYTES_PER_TICKER = 160;

    /** The smallest number of bytes that {@link #write} writes. */
    static final int MIN_WRITTEN_BYTES = 15;

    private static final int KEY_LONGS = Ticker.MAX_LENGTH / Long.BYTES;
    private static final int SLOT_LONGS = 1 << SLOT_SHIFT;
    private static final int INITIAL_BITS = 8;

    private static final long SEED_0;
    private static final long SEED_1;
    private static final long SEED_2;
    private static final long SEED_3;

    static {
        SplittableRandom random = new SplittableRandom();
        SEED_0 = random.nextLong();
        SEED_1 = random.nextLong() | 1;
        SEED_2 = random.nextLong();
        SEED_3 = random.nextLong() | 1;
    }

    private int bits = INITIAL_BITS;
    private int[] index = new int[1 << INITIAL_BITS];
    private long[][] chunks = {new long[SLOT_LONGS << CHUNK_BITS]};
    private int size;

    /** The sums that were moved out of slots: of prices, quantities and notionals. */
    private final Map<Integer, BigInteger[]> spills = new HashMap<>();

    /** The number of each entry's slot, 0 in an empty entry. {@link #numberFor} may replace the array. */
    int[] index() {
        return index;
    }

    /** The slots, by the upper bits of their number. {@link #numberFor} may replace the array. */
    long[][] chunks() {
        return chunks;
    }

    /** The number of bits by which a hash is shifted right to get an entry of the index. */
    int shift() {
        return Long.SIZE - bits;
    }

    /** The number of tickers. Their slots have the numbers 1 to this. */
    int size() {
        return size;
    }

    /** The array that has a slot. */
    long[] chunk(int number) {
        return chunks[number >>> CHUNK_BITS];
    }

    /** Where a slot starts in its array. */
    static int offset(int number) {
        return (number & CHUNK_MASK) << SLOT_SHIFT;
    }

    /** The hash of a ticker of up to 8 bytes. */
    static long hash(long key) {
        return fold(key ^ SEED_0, SEED_1) ^ fold(SEED_2, SEED_3);
    }

    private static long hash(long key0, long key1, long key2, long key3) {
        return fold(key0 ^ SEED_0, key1 ^ SEED_1) ^ fold(key2 ^ SEED_2, key3 ^ SEED_3);
    }

    private static long fold(long a, long b) {
        return a * b ^ Math.multiplyHigh(a, b);
    }

    /** The number of a ticker's slot; 0 if it has none. */
    int find(long key0, long key1, long key2, long key3) {
        return index[entry(key0, key1, key2, key3)];
    }

    /** The number of a ticker's slot; 0 if it has none. */
    int find(CharSequence ticker) {
        return find(key(ticker, 0), key(ticker, 1), key(ticker, 2), key(ticker, 3));
    }

    /** The number of a ticker's slot. If there is none, a slot without trades is created. */
    int numberFor(CharSequence ticker) {
        return numberFor(key(ticker, 0), key(ticker, 1), key(ticker, 2), key(ticker, 3));
    }

    private int numberFor(long key0, long key1, long key2, long key3) {
        int entry = entry(key0, key1, key2, key3);
        if (index[entry] != 0) {
            return index[entry];
        }
        if (2 * (size + 1) > index.length) {
            growIndex();
            entry = entry(key0, key1, key2, key3);
        }
        int number = ++size;
        index[entry] = number;
        addChunkFor(number);
        long[] slots = chunk(number);
        int at = offset(number);
        slots[at + KEY] = key0;
        slots[at + KEY + 1] = key1;
        slots[at + KEY + 2] = key2;
        slots[at + KEY + 3] = key3;
        slots[at + MIN] = Long.MAX_VALUE;
        slots[at + FIRST_TIME] = Long.MAX_VALUE;
        slots[at + LAST_TIME] = Long.MIN_VALUE;
        return number;
    }

    /** Adds a trade to a slot. */
    void add(int number, long time, long price, long quantity, long block) {
        long[] slots = chunk(number);
        int at = offset(number);
        if (!addSums(number, price, quantity, price * quantity, Math.multiplyHigh(price, quantity))) {
            spill(number);
            addSums(number, price, quantity, price * quantity, Math.multiplyHigh(price, quantity));
        }
        slots[at + COUNT]++;
        slots[at + MIN] = Math.min(slots[at + MIN], price);
        slots[at + MAX] = Math.max(slots[at + MAX], price);
        if (time >= slots[at + LAST_TIME]) {
            setLast(slots, at, time, price, block);
        }
        if (time < slots[at + FIRST_TIME]) {
            setFirst(slots, at, time, price, block);
        }
    }

    /** Adds to the sums of a slot; false, without a change, if a sum would become too large for it. */
    private boolean addSums(int number, long price, long quantity, long notionalLow, long notionalHigh) {
        long[] slots = chunk(number);
        int at = offset(number);
        long low = slots[at + NOTIONAL_LOW] + notionalLow;
        long carry = Long.compareUnsigned(low, notionalLow) < 0 ? 1 : 0;
        long high = slots[at + NOTIONAL_HIGH] + notionalHigh + carry;
        long priceSum = slots[at + PRICE_SUM] + price;
        long quantitySum = slots[at + QUANTITY_SUM] + quantity;
        if ((priceSum | quantitySum | high) < 0) {
            return false;
        }
        slots[at + NOTIONAL_LOW] = low;
        slots[at + NOTIONAL_HIGH] = high;
        slots[at + PRICE_SUM] = priceSum;
        slots[at + QUANTITY_SUM] = quantitySum;
        return true;
    }

    /** Moves the sums out of a slot, to make room for further additions. */
    void spill(int number) {
        setSums(number, sums(number));
    }

    /** Replaces the sums of a slot. They are then kept outside of it. */
    private void setSums(int number, BigInteger[] sums) {
        spills.put(number, sums);
        long[] slots = chunk(number);
        int at = offset(number);
        slots[at + PRICE_SUM] = 0;
        slots[at + QUANTITY_SUM] = 0;
        slots[at + NOTIONAL_LOW] = 0;
        slots[at + NOTIONAL_HIGH] = 0;
    }

    /** Adds the totals of other blocks of the same file. */
    void addBlocks(TickerTable other) {
        for (int number = 1; number <= other.size; number++) {
            addSlot(other, number, false);
        }
    }

    /**
     * Adds the totals of another file, or of a later part of the same one. Its rows are the later ones: this decides at
     * equal times, and where one of the two has no times.
     */
    void addLater(TickerTable other) {
        for (int number = 1; number <= other.size; number++) {
            addSlot(other, number, true);
        }
    }

    private void addSlot(TickerTable other, int otherNumber, boolean later) {
        long[] from = other.chunk(otherNumber);
        int source = offset(otherNumber);
        int number =
                numberFor(from[source + KEY], from[source + KEY + 1], from[source + KEY + 2], from[source + KEY + 3]);
        long[] slots = chunk(number);
        int at = offset(number);
        boolean isNew = slots[at + COUNT] == 0;
        boolean otherFirst = isNew || isFirst(from, source, slots, at, later);
        boolean otherLast = isNew || isLast(from, source, slots, at, later);
        addSlotSums(other, otherNumber, number);
        slots[at + COUNT] = Math.addExact(slots[at + COUNT], from[source + COUNT]);
        slots[at + MIN] = Math.min(slots[at + MIN], from[source + MIN]);
        slots[at + MAX] = Math.max(slots[at + MAX], from[source + MAX]);
        if (otherFirst) {
            setFirst(slots, at, from[source + FIRST_TIME], from[source + FIRST_PRICE], from[source + BLOCKS] >>> 32);
        }
        if (otherLast) {
            setLast(slots, at, from[source + LAST_TIME], from[source + LAST_PRICE], from[source + BLOCKS]);
        }
    }

    private void addSlotSums(TickerTable other, int otherNumber, int number) {
        long[] from = other.chunk(otherNumber);
        int source = offset(otherNumber);
        boolean added = !other.spills.containsKey(otherNumber)
                && addSums(
                        number,
                        from[source + PRICE_SUM],
                        from[source + QUANTITY_SUM],
                        from[source + NOTIONAL_LOW],
                        from[source + NOTIONAL_HIGH]);
        if (!added) {
            setSums(number, plus(sums(number), other.sums(otherNumber)));
        }
    }

    /** Tells whether the first trade of slot {@code a} comes before that of slot {@code b}. */
    private static boolean isFirst(long[] slotsA, int a, long[] slotsB, int b, boolean aIsLater) {
        long timeA = slotsA[a + FIRST_TIME];
        long timeB = slotsB[b + FIRST_TIME];
        if (aIsLater) {
            return timeA != TradeRow.NO_TIMESTAMP && timeA < timeB;
        }
        return timeA < timeB || (timeA == timeB && Long.compareUnsigned(slotsA[a + BLOCKS], slotsB[b + BLOCKS]) < 0);
    }

    /** Tells whether the last trade of slot {@code a} comes after that of slot {@code b}. */
    private static boolean isLast(long[] slotsA, int a, long[] slotsB, int b, boolean aIsLater) {
        long timeA = slotsA[a + LAST_TIME];
        long timeB = slotsB[b + LAST_TIME];
        if (aIsLater) {
            return timeA == TradeRow.NO_TIMESTAMP || timeA >= timeB;
        }
        return timeA > timeB
                || (timeA == timeB && (slotsA[a + BLOCKS] & LAST_BLOCK_MASK) > (slotsB[b + BLOCKS] & LAST_BLOCK_MASK));
    }

    private static void setFirst(long[] slots, int at, long time, long price, long block) {
        slots[at + FIRST_TIME] = time;
        slots[at + FIRST_PRICE] = price;
        slots[at + BLOCKS] = block << 32 | (slots[at + BLOCKS] & LAST_BLOCK_MASK);
    }

    private static void setLast(long[] slots, int at, long time, long price, long block) {
        slots[at + LAST_TIME] = time;
        slots[at + LAST_PRICE] = price;
        slots[at + BLOCKS] = (slots[at + BLOCKS] & ~LAST_BLOCK_MASK) | (block & LAST_BLOCK_MASK);
    }

    /** An independent copy. */
    TickerTable copy() {
        TickerTable copy = new TickerTable();
        copy.bits = bits;
        copy.index = index.clone();
        copy.chunks = chunks.clone();
        for (int i = 0; i < chunks.length; i++) {
            copy.chunks[i] = chunks[i].clone();
        }
        copy.size = size;
        copy.spills.putAll(spills);
        return copy;
    }

    /** The number of trades of all tickers. */
    long trades() {
        long trades = 0;
        for (int number = 1; number <= size; number++) {
            trades += value(number, COUNT);
        }
        return trades;
    }

    /** One long of a slot. */
    long value(int number, int field) {
        return chunk(number)[offset(number) + field];
    }

    /** The totals of a ticker, divided. */
    TickerSummary summary(int number) {
        BigInteger[] sums = sums(number);
        BigInteger volume = sums[1];
        BigInteger notional = sums[2];
        long count = value(number, COUNT);
        return new TickerSummary(
                ticker(number),
                new BigDecimal(volume, FixedDecimal.SCALE),
                FixedDecimal.divide(sums[0], BigInteger.valueOf(count), FixedDecimal.SCALE),
                FixedDecimal.divide(notional, volume, FixedDecimal.SCALE),
                count,
                FixedDecimal.toBigDecimal(value(number, MIN)),
                FixedDecimal.toBigDecimal(value(number, MAX)),
                FixedDecimal.toBigDecimal(value(number, FIRST_PRICE)),
                FixedDecimal.toBigDecimal(value(number, LAST_PRICE)),
                new BigDecimal(notional, 2 * FixedDecimal.SCALE));
    }

    /** Tells whether two slots, which may be of different tables, have the same ticker and totals. */
    boolean hasEqualSlot(int number, TickerTable other, int otherNumber) {
        return Arrays.equals(edges(number), other.edges(otherNumber))
                && Arrays.equals(sums(number), other.sums(otherNumber));
    }

    /** All longs of a slot but the sums and the blocks. */
    private long[] edges(int number) {
        long[] slots = chunk(number);
        int at = offset(number);
        long[] edges = Arrays.copyOfRange(slots, at + KEY, at + BLOCKS);
        Arrays.fill(edges, PRICE_SUM, NOTIONAL_HIGH + 1, 0);
        return edges;
    }

    /** Writes a slot without its blocks. */
    void write(int number, BytesWriter out) {
        out.writeText(ticker(number)).writeUnsigned(value(number, COUNT));
        for (BigInteger sum : sums(number)) {
            out.writeInteger(sum);
        }
        for (int field = LAST_TIME; field <= MAX; field++) {
            out.writeSigned(value(number, field));
        }
    }

    /**
     * Reads a slot that {@link #write} wrote, of a ticker that has none yet. Returns its number of trades.
     *
     * @param maxTrades the largest number of trades
     */
    long read(BytesReader in, long maxTrades) {
        String ticker = in.readText();
        if (!Ticker.isValid(ticker) || find(ticker) != 0) {
            throw damaged("a ticker is not valid or occurs twice");
        }
        int number = numberFor(ticker);
        long[] slots = chunk(number);
        int at = offset(number);
        slots[at + COUNT] = in.readUnsigned("trades", 1, maxTrades);
        spills.put(number, new BigInteger[] {positive(in), positive(in), positive(in)});
        for (int field = LAST_TIME; field <= MAX; field++) {
            slots[at + field] = in.readSigned();
        }
        long min = requireRange("price", slots[at + MIN], 1, FixedDecimal.MAX_UNITS);
        long max = requireRange("price", slots[at + MAX], min, FixedDecimal.MAX_UNITS);
        requireRange("price", slots[at + FIRST_PRICE], min, max);
        requireRange("price", slots[at + LAST_PRICE], min, max);
        long first = requireRange("time", slots[at + FIRST_TIME], TradeRow.NO_TIMESTAMP, EpochNanos.MAX);
        boolean untimedLast = slots[at + LAST_TIME] == TradeRow.NO_TIMESTAMP;
        requireRange("time", slots[at + LAST_TIME], untimedLast ? TradeRow.NO_TIMESTAMP : first, EpochNanos.MAX);
        return slots[at + COUNT];
    }

    private static BigInteger positive(BytesReader in) {
        BigInteger sum = in.readInteger();
        if (sum.signum() <= 0) {
            throw damaged("a sum is not positive");
        }
        return sum;
    }

    /** The numbers of all slots in the order of their tickers (code point). */
    int[] sorted() {
        int[] sorted = new int[size];
        for (int i = 0; i < size; i++) {
            sorted[i] = i + 1;
        }
        int[] source = sorted;
        int[] target = new int[size];
        for (int width = 1; width < size; width *= 2) {
            for (int from = 0; from < size; from += 2 * width) {
                mergeRuns(source, target, from, Math.min(from + width, size), Math.min(from + 2 * width, size));
            }
            int[] swapped = source;
            source = target;
            target = swapped;
        }
        return source;
    }

    private void mergeRuns(int[] source, int[] target, int from, int middle, int to) {
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            boolean takeLeft = left < middle && (right == to || compare(source[left], source[right]) <= 0);
            target[at] = source[takeLeft ? left++ : right++];
        }
    }

    private int compare(int a, int b) {
        for (int i = 0; i < KEY_LONGS; i++) {
            long wordA = Long.reverseBytes(value(a, KEY + i));
            long wordB = Long.reverseBytes(value(b, KEY + i));
            if (wordA != wordB) {
                return Long.compareUnsigned(wordA, wordB);
            }
        }
        return 0;
    }

    /** The ticker of a slot. */
    String ticker(int number) {
        byte[] bytes = new byte[Ticker.MAX_LENGTH];
        int length = 0;
        for (; length < bytes.length; length++) {
            bytes[length] = (byte) (value(number, KEY + length / Long.BYTES) >>> (length % Long.BYTES * Byte.SIZE));
            if (bytes[length] == 0) {
                break;
            }
        }
        return new String(bytes, 0, length, ISO_8859_1);
    }

    /** The sums of a ticker: of prices, quantities and notionals. */
    private BigInteger[] sums(int number) {
        long low = value(number, NOTIONAL_LOW);
        BigInteger unsignedLow = BigInteger.valueOf(low >>> 1).shiftLeft(1).add(BigInteger.valueOf(low & 1));
        BigInteger[] sums = {
            BigInteger.valueOf(value(number, PRICE_SUM)),
            BigInteger.valueOf(value(number, QUANTITY_SUM)),
            BigInteger.valueOf(value(number, NOTIONAL_HIGH)).shiftLeft(64).add(unsignedLow)
        };
        BigInteger[] spilled = spills.get(number);
        return spilled == null ? sums : plus(sums, spilled);
    }

    private static BigInteger[] plus(BigInteger[] a, BigInteger[] b) {
        return new BigInteger[] {a[0].add(b[0]), a[1].add(b[1]), a[2].add(b[2])};
    }

    /** One of the four longs of a ticker's key. The ticker is ASCII. */
    private static long key(CharSequence ticker, int word) {
        long key = 0;
        for (int i = Math.min(ticker.length(), 8 * word + 8) - 1; i >= 8 * word; i--) {
            key = key << 8 | ticker.charAt(i);
        }
        return key;
    }

    /** The entry of a key in the index, or the empty entry where it would be. */
    private int entry(long key0, long key1, long key2, long key3) {
        int entry = (int) (hash(key0, key1, key2, key3) >>> shift());
        while (index[entry] != 0 && !hasKey(index[entry], key0, key1, key2, key3)) {
            entry = (entry + 1) & (index.length - 1);
        }
        return entry;
    }

    private boolean hasKey(int number, long key0, long key1, long key2, long key3) {
        long[] slots = chunk(number);
        int at = offset(number);
        return slots[at + KEY] == key0
                && slots[at + KEY + 1] == key1
                && slots[at + KEY + 2] == key2
                && slots[at + KEY + 3] == key3;
    }

    private void addChunkFor(int number) {
        int chunk = number >>> CHUNK_BITS;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk + 1);
            chunks[chunk] = new long[SLOT_LONGS << CHUNK_BITS];
        }
    }

    private void growIndex() {
        bits++;
        index = new int[1 << bits];
        for (int number = 1; number <= size; number++) {
            long[] slots = chunk(number);
            int at = offset(number);
            index[entry(slots[at + KEY], slots[at + KEY + 1], slots[at + KEY + 2], slots[at + KEY + 3])] = number;
        }
    }
}

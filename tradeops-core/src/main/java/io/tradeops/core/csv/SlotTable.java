package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tradeops.core.trade.Ticker;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The running totals of every ticker in one {@code long[]}. It is a hash table with open addressing; a slot is 16
 * longs, which are two cache lines. The loop of {@link BlockScanner} reads and writes the slots directly, so their
 * layout is visible to it. Not thread-safe.
 */
final class SlotTable {

    /*
     * The key of a ticker is its bytes, little-endian, eight in a long. Up to 7 bytes, the first long is the whole key
     * and its top byte is 0. For a longer ticker, all longs of the key are in `longKeys`, at the slot's LONG_KEY.
     *
     * Sums in a slot stay below 2^63 (prices, quantities) and 2^127 (notional). Before a rare addition that would
     * exceed this, the slot's sums are moved to BigIntegers.
     */
    static final int SLOT_SHIFT = 4;
    static final int KEY = 0;
    static final int COUNT = 1;
    static final int PRICE_SUM = 2;
    static final int QUANTITY_SUM = 3;
    static final int NOTIONAL_LOW = 4;
    static final int NOTIONAL_HIGH = 5;
    static final int LAST_TIME = 6;
    static final int LAST_PRICE = 7;
    static final int LAST_BLOCK = 8;
    static final int MIN = 9;
    static final int MAX = 10;
    static final int FIRST_TIME = 11;
    static final int FIRST_PRICE = 12;
    static final int FIRST_BLOCK = 13;
    static final int LONG_KEY = 14;

    static final long HASH = 0x9e37_79b9_7f4a_7c15L;

    private static final int KEY_LONGS = Ticker.MAX_LENGTH / Long.BYTES;
    private static final int INITIAL_BITS = 6;

    private int bits = INITIAL_BITS;
    private long[] slots = new long[1 << (INITIAL_BITS + SLOT_SHIFT)];
    private long[] longKeys = new long[4 * KEY_LONGS];
    private int size;
    private int longSize;
    private final Map<String, Sums> spills = new HashMap<>();

    /** The sums of a slot, or those that were moved out of it. */
    private record Sums(BigInteger price, BigInteger quantity, BigInteger notional) {

        Sums plus(Sums other) {
            return new Sums(price.add(other.price), quantity.add(other.quantity), notional.add(other.notional));
        }
    }

    /** The slots. {@link #slotFor} may replace the array. */
    long[] slots() {
        return slots;
    }

    /** The number of bits by which a hash is shifted right to get the number of a slot. */
    int shift() {
        return Long.SIZE - bits;
    }

    int size() {
        return size;
    }

    /** The key of a ticker. */
    static long[] key(CharSequence ticker) {
        byte[] bytes = Arrays.copyOf(ticker.toString().getBytes(ISO_8859_1), Ticker.MAX_LENGTH);
        long[] key = new long[KEY_LONGS];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(key);
        return key;
    }

    /** The index of a ticker's slot; -1 if it has none. */
    int find(long[] key) {
        int at = search(key);
        return slots[at] == 0 ? -1 : at;
    }

    /** The index of a ticker's slot. If there is none, a slot without trades is created. */
    int slotFor(long[] key) {
        int at = search(key);
        if (slots[at] != 0) {
            return at;
        }
        if (4 * (size + 1) > 1 << bits) {
            grow();
            at = search(key);
        }
        size++;
        slots[at + KEY] = key[0];
        slots[at + LONG_KEY] = isLong(key[0]) ? addLongKey(key) : 0;
        slots[at + MIN] = Long.MAX_VALUE;
        slots[at + FIRST_TIME] = Long.MAX_VALUE;
        slots[at + LAST_TIME] = Long.MIN_VALUE;
        return at;
    }

    /** Adds a trade to a slot. */
    void add(int at, long time, long price, long quantity, long block) {
        long low = price * quantity;
        long sumLow = slots[at + NOTIONAL_LOW] + low;
        long high = slots[at + NOTIONAL_HIGH]
                + Math.multiplyHigh(price, quantity)
                + (Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0);
        long priceSum = slots[at + PRICE_SUM] + price;
        long quantitySum = slots[at + QUANTITY_SUM] + quantity;
        if ((priceSum | quantitySum | high) < 0) {
            spill(at);
            add(at, time, price, quantity, block);
            return;
        }
        slots[at + COUNT]++;
        slots[at + PRICE_SUM] = priceSum;
        slots[at + QUANTITY_SUM] = quantitySum;
        slots[at + NOTIONAL_LOW] = sumLow;
        slots[at + NOTIONAL_HIGH] = high;
        slots[at + MIN] = Math.min(slots[at + MIN], price);
        slots[at + MAX] = Math.max(slots[at + MAX], price);
        if (time >= slots[at + LAST_TIME]) {
            slots[at + LAST_TIME] = time;
            slots[at + LAST_PRICE] = price;
            slots[at + LAST_BLOCK] = block;
        }
        if (time < slots[at + FIRST_TIME]) {
            slots[at + FIRST_TIME] = time;
            slots[at + FIRST_PRICE] = price;
            slots[at + FIRST_BLOCK] = block;
        }
    }

    /** Moves the sums out of a slot, to make room for further additions. */
    void spill(int at) {
        spills.merge(ticker(at), sums(at), Sums::plus);
        slots[at + PRICE_SUM] = 0;
        slots[at + QUANTITY_SUM] = 0;
        slots[at + NOTIONAL_LOW] = 0;
        slots[at + NOTIONAL_HIGH] = 0;
    }

    /** The totals of all tickers, in no particular order. */
    List<TickerTotals> totals() {
        List<TickerTotals> totals = new ArrayList<>(size);
        for (int at = 0; at < slots.length; at += 1 << SLOT_SHIFT) {
            if (slots[at] != 0) {
                totals.add(totals(at));
            }
        }
        return totals;
    }

    private TickerTotals totals(int at) {
        String ticker = ticker(at);
        Sums inSlot = sums(at);
        Sums spilled = spills.get(ticker);
        Sums sums = spilled == null ? inSlot : inSlot.plus(spilled);
        return new TickerTotals(
                ticker,
                slots[at + COUNT],
                sums.price,
                sums.quantity,
                sums.notional,
                slots[at + MIN],
                slots[at + MAX],
                new TickerTotals.Edge(slots[at + FIRST_TIME], slots[at + FIRST_PRICE], slots[at + FIRST_BLOCK]),
                new TickerTotals.Edge(slots[at + LAST_TIME], slots[at + LAST_PRICE], slots[at + LAST_BLOCK]));
    }

    private Sums sums(int at) {
        long low = slots[at + NOTIONAL_LOW];
        BigInteger unsignedLow = BigInteger.valueOf(low >>> 1).shiftLeft(1).add(BigInteger.valueOf(low & 1));
        return new Sums(
                BigInteger.valueOf(slots[at + PRICE_SUM]),
                BigInteger.valueOf(slots[at + QUANTITY_SUM]),
                BigInteger.valueOf(slots[at + NOTIONAL_HIGH]).shiftLeft(64).add(unsignedLow));
    }

    private String ticker(int at) {
        ByteBuffer bytes = ByteBuffer.allocate(Ticker.MAX_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(slots[at]);
        if (isLong(slots[at])) {
            int from = (int) slots[at + LONG_KEY];
            for (int i = 1; i < KEY_LONGS; i++) {
                bytes.putLong(longKeys[from + i]);
            }
        }
        int length = 0;
        while (length < Ticker.MAX_LENGTH && bytes.get(length) != 0) {
            length++;
        }
        return new String(bytes.array(), 0, length, ISO_8859_1);
    }

    private static boolean isLong(long firstKey) {
        return firstKey >>> 56 != 0;
    }

    /** The index of a key's slot, or of the empty slot where it would be. */
    private int search(long[] key) {
        int mask = (1 << bits) - 1;
        int number = (int) ((key[0] * HASH) >>> shift());
        while (true) {
            int at = number << SLOT_SHIFT;
            if (slots[at] == 0 || (slots[at] == key[0] && hasLongKey(at, key))) {
                return at;
            }
            number = (number + 1) & mask;
        }
    }

    private boolean hasLongKey(int at, long[] key) {
        int from = (int) slots[at + LONG_KEY];
        return !isLong(key[0]) || Arrays.equals(longKeys, from, from + KEY_LONGS, key, 0, KEY_LONGS);
    }

    private int addLongKey(long[] key) {
        int from = longSize * KEY_LONGS;
        if (from == longKeys.length) {
            longKeys = Arrays.copyOf(longKeys, 2 * longKeys.length);
        }
        System.arraycopy(key, 0, longKeys, from, KEY_LONGS);
        longSize++;
        return from;
    }

    private void grow() {
        long[] old = slots;
        bits++;
        slots = new long[old.length * 2];
        int mask = (1 << bits) - 1;
        for (int from = 0; from < old.length; from += 1 << SLOT_SHIFT) {
            if (old[from] != 0) {
                int number = (int) ((old[from] * HASH) >>> shift());
                while (slots[number << SLOT_SHIFT] != 0) {
                    number = (number + 1) & mask;
                }
                System.arraycopy(old, from, slots, number << SLOT_SHIFT, 1 << SLOT_SHIFT);
            }
        }
    }
}

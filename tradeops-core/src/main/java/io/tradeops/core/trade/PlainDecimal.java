package io.tradeops.core.trade;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads plain decimals fast. Plain decimals, which are nearly all, have 1 to 19 characters: digits with at most one
 * point, at most 10 digits before it and 8 after it. For any other text the result is {@link #NOT_PLAIN}, and
 * {@link FixedDecimal#scan} reads it. Static functions; thread-safe; allocates nothing.
 */
final class PlainDecimal {

    /*
     * Four to sixteen bytes are loaded as one or two words of eight bytes. The first character is in the lowest byte;
     * the text is right-aligned and padded with '0' on the left. Shifting the bytes before the point removes the point
     * from the words. All bytes are checked at once, and three multiplications turn eight digits into their value
     * ("SIMD within a register"; the digit arithmetic is that of D. Lemire, "Quickly parsing eight digits", 2018).
     * There is no loop, and no branch depends on where the point is. A String does not give its bytes as words, so a
     * String is read in a loop.
     */

    static final long NOT_PLAIN = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MAX_LENGTH = 19;
    private static final int WORD_LENGTH = 8;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long POINTS = '.' * ONES;
    private static final long ZEROS = '0' * ONES;

    /** Adding this to a byte of more than 9 sets its highest bit. */
    private static final long ABOVE_NINE = 0x76 * ONES;

    private PlainDecimal() {}

    static long tryParse(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > WORD_LENGTH && length <= 2 * WORD_LENGTH) {
            long first = (long) LONGS.get(bytes, from);
            long last = (long) LONGS.get(bytes, to - WORD_LENGTH);
            return parseTwoWords(first, last, length);
        }
        if (length >= WORD_LENGTH / 2 && length <= WORD_LENGTH) {
            long first = Integer.toUnsignedLong((int) INTS.get(bytes, from));
            long last = Integer.toUnsignedLong((int) INTS.get(bytes, to - WORD_LENGTH / 2));
            return parseTwoHalves(first, last, length);
        }
        return length > MAX_LENGTH ? NOT_PLAIN : parseByteByByte(bytes, from, to);
    }

    /**
     * Reads one character after the other: packing the results of {@code charAt} into words costs more than it saves.
     */
    static long tryParse(String text) {
        int length = text.length();
        if (length > MAX_LENGTH) {
            return NOT_PLAIN;
        }
        long digits = 0;
        int point = -1;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
            } else if (text.charAt(i) == '.' && point < 0) {
                point = i;
            } else {
                return NOT_PLAIN;
            }
        }
        return scaled(digits, length, point);
    }

    /** Reads 4 to 8 characters, given as the first four and the last four. */
    private static long parseTwoHalves(long first, long last, int length) {
        int fill = 64 - length * 8;
        long word = last << 32 | first << fill | ZEROS >>> 8 >>> (length * 8 - 8);
        long point = firstPoint(word);
        int decimals = 0;
        if (point != 0) {
            int at = Long.numberOfTrailingZeros(point) - 7;
            word = without(word, at, '0');
            decimals = (56 - at) >>> 3;
        }
        long digits = word ^ ZEROS;
        return areDigits(digits) ? value(digits) * FixedDecimal.powerOfTen(FixedDecimal.SCALE - decimals) : NOT_PLAIN;
    }

    /** Reads 9 to 16 characters, given as the first eight and the last eight. */
    private static long parseTwoWords(long first, long last, int length) {
        long high = first << (128 - length * 8) | ZEROS >>> 8 >>> (length * 8 - 72);
        long low = last;
        int digits = length;
        int decimals = 0;
        long point = firstPoint(low);
        if (point != 0) {
            int at = Long.numberOfTrailingZeros(point) - 7;
            low = without(low, at, high >>> 56);
            high = high << 8 | '0';
            decimals = (56 - at) >>> 3;
            digits--;
        } else if (high >>> 56 == '.') {
            high = high << 8 | '0';
            decimals = FixedDecimal.SCALE;
            digits--;
        }
        long highDigits = high ^ ZEROS;
        long lowDigits = low ^ ZEROS;
        boolean plain =
                areDigits(highDigits) && areDigits(lowDigits) && digits - decimals <= FixedDecimal.MAX_INTEGER_DIGITS;
        return plain
                ? (value(highDigits) * FixedDecimal.ONE + value(lowDigits))
                        * FixedDecimal.powerOfTen(FixedDecimal.SCALE - decimals)
                : NOT_PLAIN;
    }

    /** 0x80 in the byte of the first point; 0 if there is no point. */
    private static long firstPoint(long word) {
        long difference = word ^ POINTS;
        long found = (difference - ONES) & ~difference & HIGH_BITS;
        return found & -found;
    }

    /**
     * Removes the byte at bit {@code at} from a word: the bytes before it move up, and {@code fill} becomes the first.
     */
    private static long without(long word, int at, long fill) {
        long before = (1L << at) - 1;
        return (word & (-1L << at << 8)) | (word & before) << 8 | fill;
    }

    /** Tells whether every byte is 0 to 9. */
    private static boolean areDigits(long digits) {
        return ((digits | (digits + ABOVE_NINE)) & HIGH_BITS) == 0;
    }

    /** The value of eight digits, the first of them in the lowest byte. */
    private static long value(long digits) {
        long pairs = digits * 10 + (digits >>> 8);
        long mask = 0x0000_00FF_0000_00FFL;
        return ((pairs & mask) * 0x000F_4240_0000_0064L + (pairs >>> 16 & mask) * 0x0000_2710_0000_0001L) >>> 32;
    }

    private static long parseByteByByte(byte[] bytes, int from, int to) {
        long digits = 0;
        int point = -1;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
            } else if (bytes[i] == '.' && point < 0) {
                point = i - from;
            } else {
                return NOT_PLAIN;
            }
        }
        return scaled(digits, to - from, point);
    }

    private static long scaled(long digits, int length, int point) {
        int count = point < 0 ? length : length - 1;
        int decimals = point < 0 ? 0 : length - 1 - point;
        boolean fits =
                count > 0 && decimals <= FixedDecimal.SCALE && count - decimals <= FixedDecimal.MAX_INTEGER_DIGITS;
        return fits ? digits * FixedDecimal.powerOfTen(FixedDecimal.SCALE - decimals) : NOT_PLAIN;
    }
}

package io.tradeops.app.tick;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Converts ticks to and from rows of PostgreSQL's binary COPY format. The columns are ticker, time, seq, price,
 * quantity and feed. Static functions; thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, binary format</a>
 */
final class BinaryTicks {

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int TYPICAL_ROW_BYTES = 80;
    private static final int COLUMNS = 6;
    private static final int END_OF_ROWS = -1;

    /** PostgreSQL counts microseconds from 2000. */
    private static final long MICROS_FROM_1970_TO_2000 = 946_684_800_000_000L;

    private static final long NANOS_PER_MICRO = 1_000;

    /** A numeric has digits of base 10,000. Three before the point and two after it hold every price and quantity. */
    private static final int BASE = 10_000;

    private static final int DIGITS = 5;
    private static final short WEIGHT_OF_FIRST = 2;
    private static final int NUMERIC_BYTES = 8 + 2 * DIGITS;

    private BinaryTicks() {}

    /** The ticks of a feed as a complete COPY stream.
     *
     * @param feed the feed's id */
    static byte[] encode(List<Tick> ticks, int feed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_ROW_BYTES * (ticks.size() + 1));
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.write(SIGNATURE);
            out.writeInt(0); // flags
            out.writeInt(0); // length of the header's extension
            for (Tick tick : ticks) {
                write(out, tick, feed);
            }
            out.writeShort(END_OF_ROWS);
        } catch (IOException e) {
            throw new IllegalStateException("writing to an array can't fail", e);
        }
        return bytes.toByteArray();
    }

    /** Passes each tick of a complete COPY stream, whose rows have all columns except the last, to a consumer. */
    static void decode(InputStream rows, Consumer<Tick> consumer) throws IOException {
        DataInputStream in = new DataInputStream(rows);
        in.skipNBytes(SIGNATURE.length + Integer.BYTES);
        in.skipNBytes(in.readInt());
        while (in.readShort() != END_OF_ROWS) {
            String ticker = new String(in.readNBytes(in.readInt()), StandardCharsets.US_ASCII);
            in.readInt(); // length of the value, as below
            long epochNanos = (in.readLong() + MICROS_FROM_1970_TO_2000) * NANOS_PER_MICRO;
            in.readInt();
            long seq = in.readLong();
            long price = readNumeric(in);
            consumer.accept(new Tick(ticker, epochNanos, price, readNumeric(in), seq));
        }
    }

    private static long readNumeric(DataInputStream in) throws IOException {
        in.readInt();
        int digits = in.readShort();
        int power = in.readShort() + DIGITS - 1 - WEIGHT_OF_FIRST;
        in.readInt(); // sign and scale
        long units = 0;
        for (int i = 0; i < digits; i++, power--) {
            units = units * BASE + in.readShort();
        }
        for (; power >= 0; power--) { // the server omits trailing zeros
            units *= BASE;
        }
        return units;
    }

    private static void write(DataOutputStream out, Tick tick, int feed) throws IOException {
        out.writeShort(COLUMNS);
        out.writeInt(tick.ticker().length());
        out.writeBytes(tick.ticker()); // tickers are ASCII
        out.writeInt(Long.BYTES);
        out.writeLong(tick.epochNanos() / NANOS_PER_MICRO - MICROS_FROM_1970_TO_2000);
        out.writeInt(Long.BYTES);
        out.writeLong(tick.seq());
        writeNumeric(out, tick.priceUnits());
        writeNumeric(out, tick.quantityUnits());
        out.writeInt(Integer.BYTES);
        out.writeInt(feed);
    }

    private static void writeNumeric(DataOutputStream out, long units) throws IOException {
        out.writeInt(NUMERIC_BYTES);
        out.writeShort(DIGITS);
        out.writeShort(WEIGHT_OF_FIRST);
        out.writeShort(0); // positive
        out.writeShort(FixedDecimal.SCALE);
        long divisor = (long) BASE * BASE * BASE * BASE;
        for (int i = 0; i < DIGITS; i++) {
            out.writeShort((int) (units / divisor % BASE));
            divisor /= BASE;
        }
    }
}

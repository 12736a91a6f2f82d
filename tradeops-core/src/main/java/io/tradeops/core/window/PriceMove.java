package io.tradeops.core.window;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * A move of a price by more than a rule's threshold. Immutable.
 *
 * @param rule the rule that the move broke
 * @param step 1 for the first move of an excursion, and one more for each further move of it
 * @param reference the tick from which the price moved. It has the lowest price in the window; for a rule that is down,
 *     the highest. Of equal prices it is the latest
 * @param trigger the tick that broke the rule
 */
public record PriceMove(PriceMoveRule rule, int step, Point reference, Point trigger) {

    private static final int PERCENT_SCALE = 4;

    /**
     * Checks the step.
     *
     * @throws IllegalArgumentException if the step is less than 1
     */
    public PriceMove {
        requireNonNull(rule, "rule");
        requireNonNull(reference, "reference");
        requireNonNull(trigger, "trigger");
        Arguments.require(step >= 1, "step must be positive", step);
    }

    /**
     * A price at a time: a tick without its ticker. Immutable.
     *
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}
     * @param priceUnits the price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param seq the feed's sequence number
     */
    public record Point(long epochNanos, long priceUnits, long seq) {

        /**
         * Checks time and price.
         *
         * @throws IllegalArgumentException if time or price is out of its range; the message names it
         */
        public Point {
            requireTime(epochNanos);
            requirePrice(priceUnits);
        }

        /** Returns the time. */
        public Instant time() {
            return EpochNanos.toInstant(epochNanos);
        }

        /** Returns the price, with scale 8. */
        public BigDecimal price() {
            return FixedDecimal.toBigDecimal(priceUnits);
        }

        static void requireTime(long epochNanos) {
            Arguments.requireNotNegative("epochNanos", epochNanos);
            Arguments.require(epochNanos <= EpochNanos.MAX, "epochNanos must be at most " + EpochNanos.MAX, epochNanos);
        }

        static void requirePrice(long priceUnits) {
            Arguments.requireRange("priceUnits", priceUnits, 1, FixedDecimal.MAX_UNITS);
        }

        /** The units of a price. */
        static long units(BigDecimal price) {
            long units = FixedDecimal.tryOf(price);
            Arguments.require(
                    units > 0, "price must be greater than 0, with at most 10 integer digits and 8 decimals", price);
            return units;
        }
    }

    /** Returns the move in percent of the reference price, negative for a fall; scale 4, {@code HALF_EVEN}. */
    public BigDecimal changePercent() {
        BigDecimal from = reference.price();
        return trigger.price().subtract(from).scaleByPowerOfTen(2).divide(from, PERCENT_SCALE, RoundingMode.HALF_EVEN);
    }

    /**
     * Returns the id of the move. It depends only on the rule's notation, the ticker, and the times and prices of the
     * two ticks. So the same ticks give the same id in every process and at every replay. The id is the first 128 bits
     * of a SHA-256 digest, as a UUID of version 8 (RFC 9562).
     */
    public UUID id(String ticker) {
        String identity = String.join(
                "\n",
                rule.notation(),
                ticker,
                Long.toString(reference.epochNanos),
                Long.toString(reference.priceUnits),
                Long.toString(trigger.epochNanos),
                Long.toString(trigger.priceUnits));
        ByteBuffer digest = ByteBuffer.wrap(sha256(identity.getBytes(StandardCharsets.UTF_8)));
        long high = (digest.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
        long low = (digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}

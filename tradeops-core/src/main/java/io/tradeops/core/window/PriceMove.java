package io.tradeops.core.window;

import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A price that moved by more than a rule's threshold. Immutable.
 *
 * @param rule the rule that it broke
 * @param reference the tick that it moved from: the window's lowest (for {@code down}, highest) price, of equal ones the
 *     latest
 * @param trigger the tick that broke the rule
 */
public record PriceMove(PriceMoveRule rule, Point reference, Point trigger) {

    private static final int PERCENT_SCALE = 4;

    /**
     * A price at a time.
     *
     * @param epochNanos nanoseconds since 1970-01-01T00:00:00Z
     * @param priceUnits price in 10⁻⁸ units
     * @param seq the feed's sequence number
     */
    public record Point(long epochNanos, long priceUnits, long seq) {}

    /** The move in percent of the reference price, negative for a fall; scale 4, {@code HALF_EVEN}. */
    public BigDecimal changePercent() {
        BigDecimal from = FixedDecimal.toBigDecimal(reference.priceUnits);
        BigDecimal to = FixedDecimal.toBigDecimal(trigger.priceUnits);
        return to.subtract(from).scaleByPowerOfTen(2).divide(from, PERCENT_SCALE, RoundingMode.HALF_EVEN);
    }

    /**
     * An id that depends on nothing but rule, ticker, and the two ticks' times and prices, so that the same ticks give
     * the same ids wherever and how often they are seen: the first 128 bits of a SHA-256 as a UUID of version 8 (RFC
     * 9562).
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

package io.tradeops.core.window;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.window.KeyedPriceMoveDetector.Counts;
import io.tradeops.core.window.PriceMove.Point;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The state of a {@link KeyedPriceMoveDetector}. A detector that is restored from it after a restart finds the moves
 * that it would have found without the restart. Immutable.
 *
 * @param clock the time of the feed
 * @param counts the detector's counts when the snapshot was taken. The numbers of tickers and retained ticks are for
 *     information
 * @param tickers for each ticker, in the order of the tickers, a snapshot of each rule; unmodifiable
 */
public record KeyedPriceMoveSnapshot(Clock clock, Counts counts, Map<String, List<PriceMoveSnapshot>> tickers) {

    /**
     * The time of a feed. Immutable.
     *
     * @param nanos the newest time of the feed's ticks, in nanoseconds since 1970-01-01T00:00:00Z, 0 to
     *     {@link EpochNanos#MAX}; empty before the first tick
     * @param candidateNanos the newest time of the last ticks, if these are too far from {@code nanos}; otherwise empty
     * @param confirmations the number of those ticks, 0 to 7
     */
    public record Clock(OptionalLong nanos, OptionalLong candidateNanos, int confirmations) {

        /**
         * Checks the components.
         *
         * @throws IllegalArgumentException if a component is out of its range, or there is a candidate without
         *     confirmations or the reverse
         */
        public Clock {
            Point.requireTime(nanos.orElse(0));
            Point.requireTime(candidateNanos.orElse(0));
            Arguments.requireRange("confirmations", confirmations, 0, FeedClock.CONFIRMATIONS - 1);
            Arguments.require(
                    candidateNanos.isPresent() == confirmations > 0 && (nanos.isPresent() || confirmations == 0),
                    "a candidate must have confirmations",
                    confirmations);
        }
    }

    /**
     * Checks the tickers and copies the map.
     *
     * @throws IllegalArgumentException if a key is not a ticker, or the tickers have more late ticks or ticks too far
     *     ahead than {@code counts}
     */
    public KeyedPriceMoveSnapshot {
        requireNonNull(clock, "clock");
        requireNonNull(counts, "counts");
        tickers = copy(tickers);
        Arguments.require(
                lateTicks(tickers.values()) <= counts.lateTicks()
                        && aheadTicks(tickers.values()) <= counts.aheadTicks(),
                "counts must not be less than those of the tickers",
                counts);
    }

    private static Map<String, List<PriceMoveSnapshot>> copy(Map<String, List<PriceMoveSnapshot>> tickers) {
        TreeMap<String, List<PriceMoveSnapshot>> copy = new TreeMap<>();
        for (Map.Entry<String, List<PriceMoveSnapshot>> entry : tickers.entrySet()) {
            KeyedPriceMove.requireTicker(entry.getKey());
            copy.put(entry.getKey(), List.copyOf(entry.getValue()));
        }
        return Collections.unmodifiableMap(copy);
    }

    /** Returns a snapshot of other tickers. */
    public KeyedPriceMoveSnapshot withTickers(Map<String, List<PriceMoveSnapshot>> newTickers) {
        return new KeyedPriceMoveSnapshot(clock, counts, newTickers);
    }

    /** Returns a snapshot of some tickers that otherwise never had a tick. */
    public static KeyedPriceMoveSnapshot of(Map<String, List<PriceMoveSnapshot>> tickers) {
        Clock clock = new Clock(OptionalLong.empty(), OptionalLong.empty(), 0);
        Counts counts = new Counts(0, 0, lateTicks(tickers.values()), aheadTicks(tickers.values()), 0, 0);
        return new KeyedPriceMoveSnapshot(clock, counts, tickers);
    }

    private static long lateTicks(Collection<List<PriceMoveSnapshot>> tickers) {
        long count = 0;
        for (List<PriceMoveSnapshot> byRule : tickers) {
            for (PriceMoveSnapshot ofRule : byRule) {
                count = add(count, ofRule.lateTicks());
            }
        }
        return count;
    }

    /** The ticks that were too far ahead, with those that are held back. */
    private static long aheadTicks(Collection<List<PriceMoveSnapshot>> tickers) {
        long count = 0;
        for (List<PriceMoveSnapshot> byRule : tickers) {
            for (PriceMoveSnapshot ofRule : byRule) {
                count = add(add(count, ofRule.aheadTicks()), ofRule.heldTick().isPresent() ? 1 : 0);
            }
        }
        return count;
    }

    private static long add(long count, long other) {
        return count > Long.MAX_VALUE - other ? Long.MAX_VALUE : count + other;
    }

    /**
     * Writes the snapshot as bytes, which {@link #fromBytes} reads in any process. The bytes begin with a name and a
     * version, and end with a checksum. Equal snapshots give equal bytes.
     */
    public byte[] toBytes() {
        return SnapshotCodec.write(this);
    }

    /**
     * Reads the bytes that {@link #toBytes} of this version or an earlier one wrote.
     *
     * @throws IllegalArgumentException if the bytes are damaged, truncated, of a later version, or not of a snapshot of
     *     many tickers; the message says which
     */
    public static KeyedPriceMoveSnapshot fromBytes(byte[] bytes) {
        return SnapshotCodec.readKeyed(bytes);
    }
}

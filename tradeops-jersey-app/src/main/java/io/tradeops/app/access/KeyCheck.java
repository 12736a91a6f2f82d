package io.tradeops.app.access;

import java.time.Duration;

/**
 * What a key gives to a caller at an address. Immutable.
 *
 * @param access the caller's access
 * @param delay zero, or how long keys from that address are refused without comparing them, because too many were wrong
 */
public record KeyCheck(Access access, Duration delay) {

    /** The result for a key that was compared. */
    public static KeyCheck compared(Access access) {
        return new KeyCheck(access, Duration.ZERO);
    }

    /** Whether the key was not compared. */
    public boolean isRefused() {
        return !delay.isZero();
    }
}

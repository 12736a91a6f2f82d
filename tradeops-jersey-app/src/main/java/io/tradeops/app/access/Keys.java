package io.tradeops.app.access;

/** Looks up what a key allows. Many threads call it, at every request, so it must be thread-safe and must not block. */
@FunctionalInterface
public interface Keys {

    /** The access that a key gives; {@code key} is empty for a caller without one. */
    Access access(String key);

    /** Gives every caller full access. */
    static Keys notNeeded() {
        return key -> Access.OPEN;
    }
}

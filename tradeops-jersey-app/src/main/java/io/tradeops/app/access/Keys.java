package io.tradeops.app.access;

/** Looks up what a key allows. Many threads call it, at every request, so it must be thread-safe and must not block. */
@FunctionalInterface
public interface Keys {

    /** The access that a key gives; {@code key} is empty for a caller without one. */
    Access access(String key);

    /**
     * Whether the answers are current. If not, a revocation may be unknown. Then no key gives access, and a caller with a
     * key is asked to try again.
     */
    default boolean areCurrent() {
        return true;
    }

    /**
     * Checks the key of a caller. Slows down callers that try many keys.
     *
     * @param address the caller's address, as limits see it
     */
    default KeyCheck check(String key, String address) {
        return KeyCheck.compared(access(key));
    }

    /** Gives every caller full access. */
    static Keys notNeeded() {
        return key -> Access.OPEN;
    }
}

package io.tradeops.app.access;

/** Knows what a key allows. Asked at every request by many threads, so it must be thread-safe and must not wait. */
@FunctionalInterface
public interface Keys {

    /** What whoever shows {@code key} may do; it is empty for who shows none. */
    Access access(String key);

    /** Nobody needs a key. */
    static Keys notNeeded() {
        return key -> Access.OPEN;
    }
}

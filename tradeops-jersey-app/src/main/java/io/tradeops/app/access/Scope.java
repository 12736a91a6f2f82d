package io.tradeops.app.access;

import java.util.Locale;

/** What a key allows. Only {@link #ADMIN} includes others. */
public enum Scope {
    /** GET, HEAD and OPTIONS, and the price feed. */
    READ,
    /** Every other method. */
    WRITE,
    /** Everything. */
    ADMIN;

    /** The scope that {@link #wireName} names.
     *
     * @throws IllegalArgumentException if no scope has that name */
    public static Scope of(String name) {
        for (Scope scope : values()) {
            if (scope.wireName().equals(name)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("a scope is read, write or admin: '" + name + "'");
    }

    /** The name in lower case, as users write it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.tradeops.app.access;

import java.util.Locale;

/** What a key allows. None includes another, save {@link #ADMIN}, which includes all. */
public enum Scope {
    /** GET and HEAD, and the price feed. */
    READ,
    /** Everything that changes something. */
    WRITE,
    /** Everything. */
    ADMIN;

    /** The scope of a name in lower case.
     *
     * @throws IllegalArgumentException if there is none of that name */
    public static Scope of(String name) {
        for (Scope scope : values()) {
            if (scope.wireName().equals(name)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("a scope is read, write or admin: '" + name + "'");
    }

    /** Its name as users write it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

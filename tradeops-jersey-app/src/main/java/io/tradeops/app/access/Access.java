package io.tradeops.app.access;

import java.util.Set;

/**
 * A caller and its scopes. Immutable.
 *
 * @param client the caller's id in rate limits and logs; empty without a key
 * @param scopes what the caller may do
 */
public record Access(String client, Set<Scope> scopes) {

    /** The access of a caller whose key is missing or wrong: nothing. */
    public static final Access NONE = new Access("", Set.of());

    /** The access of every caller while no keys are needed: everything. */
    public static final Access OPEN = new Access("", Set.of(Scope.ADMIN));

    /** The access of the server's own clients, whose key only this process has: everything, in a reserved place. */
    public static final Access OWN = new Access("own", Set.of(Scope.ADMIN));

    /** Copies the scopes. */
    public Access {
        scopes = Set.copyOf(scopes);
    }

    /** Whether the caller has a scope. */
    public boolean allows(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
    }

    /** Whether the caller has a valid key. */
    public boolean isKnown() {
        return !client.isEmpty();
    }
}

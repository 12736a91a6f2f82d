package io.tradeops.app.access;

import java.util.Set;

/**
 * Who calls and what they may do. Immutable.
 *
 * @param client stands for the caller in rate limits and logs; empty for one without a key
 * @param scopes what they may do
 */
public record Access(String client, Set<Scope> scopes) {

    /** Of a caller whose key is missing or wrong: nothing. */
    public static final Access NONE = new Access("", Set.of());

    /** Of any caller where no keys are needed: everything. */
    public static final Access OPEN = new Access("", Set.of(Scope.ADMIN));

    /** Copies the scopes. */
    public Access {
        scopes = Set.copyOf(scopes);
    }

    /** Whether it includes a scope. */
    public boolean allows(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
    }

    /** Whether the caller is known by a key. */
    public boolean isKnown() {
        return !client.isEmpty();
    }
}

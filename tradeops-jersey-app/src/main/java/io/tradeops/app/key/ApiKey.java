package io.tradeops.app.key;

import io.tradeops.app.access.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key's data, without the key itself. Immutable.
 *
 * @param id 12 hex digits, part of the key
 * @param name the name that its creator chose
 * @param scopes what the key allows
 * @param createdAt when the key was created
 * @param expiresAt when the key becomes invalid; empty if it doesn't expire
 * @param revokedAt when the key was revoked; empty if it wasn't
 */
public record ApiKey(
        String id,
        String name,
        Set<Scope> scopes,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt) {

    /** Copies the scopes. */
    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    /** Whether the key is valid at a time: neither revoked nor expired. */
    public boolean isValidAt(Instant now) {
        return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }
}

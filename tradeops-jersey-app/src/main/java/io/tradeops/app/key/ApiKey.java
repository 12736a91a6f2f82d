package io.tradeops.app.key;

import io.tradeops.app.access.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a key, save the key. Immutable.
 *
 * @param id names it; part of the key
 * @param name what its maker called it
 * @param scopes what it allows
 * @param createdAt when it was made
 * @param expiresAt from when it is no longer taken; none if it doesn't expire
 * @param revokedAt when it was revoked; none if it wasn't
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

    /** Whether it is taken at a time. */
    public boolean isValidAt(Instant now) {
        return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }
}

package io.tradeops.app.key;

import io.tradeops.app.access.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_keys}; never leaves its package. Not thread-safe. */
@Entity
@Table(name = "api_keys")
@SuppressWarnings("NullAway.Init") // Hibernate sets the fields
class ApiKeyEntity {

    @Id
    String id;

    String name;

    byte[] hash;

    String scopes;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "expires_at")
    @Nullable
    Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    ApiKeyEntity() {}

    ApiKeyEntity(ApiKey key, byte[] hash) {
        this.id = key.id();
        this.name = key.name();
        this.hash = hash;
        this.scopes = key.scopes().stream().sorted().map(Scope::wireName).collect(Collectors.joining(","));
        this.createdAt = key.createdAt();
        this.expiresAt = key.expiresAt().orElse(null);
        this.revokedAt = key.revokedAt().orElse(null);
    }

    ApiKey toApiKey() {
        Set<Scope> set = Arrays.stream(scopes.split(",", -1)).map(Scope::of).collect(Collectors.toSet());
        return new ApiKey(id, name, set, createdAt, Optional.ofNullable(expiresAt), Optional.ofNullable(revokedAt));
    }
}

package io.tradeops.app.key;

import io.tradeops.app.access.Scope;
import io.tradeops.app.db.Database;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** API keys in PostgreSQL. Thread-safe. */
public final class ApiKeyRepository {

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,64}");

    private final Database database;

    /** A repository of the keys in a database. */
    public ApiKeyRepository(Database database) {
        this.database = database;
    }

    /** The entity classes that the session factory must map. */
    public static List<Class<?>> entities() {
        return List.of(ApiKeyEntity.class);
    }

    /** Whether a text is a valid name of a key: 1 to 64 characters, not blank, no control characters. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches() && !text.isBlank();
    }

    /**
     * Creates a key and stores its hash.
     *
     * @param name its name, see {@link #isName}
     * @param scopes what it allows, at least one
     * @param now its time of creation
     * @param expiresAt when it becomes invalid, after {@code now}
     * @return the key, which is not stored: no later call returns it
     * @throws IllegalArgumentException if an argument is invalid; the message says which
     */
    public String create(String name, Set<Scope> scopes, Instant now, Optional<Instant> expiresAt) {
        if (!isName(name)) {
            throw new IllegalArgumentException("a key's name must have 1 to 64 characters and no control characters");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a key must have at least one scope");
        }
        if (expiresAt.isPresent() && !expiresAt.get().isAfter(now)) {
            throw new IllegalArgumentException("a key must expire in the future: " + expiresAt.get());
        }
        String key = KeyText.random();
        ApiKey stored = new ApiKey(
                KeyText.id(key), name, scopes, now.truncatedTo(ChronoUnit.MICROS), expiresAt, Optional.empty());
        database.inTransaction(session -> session.insert(new ApiKeyEntity(stored, KeyText.hash(key))));
        return key;
    }

    /** All keys, also invalid ones, ordered by creation time. */
    public List<ApiKey> list() {
        return entitiesOfAll().stream().map(ApiKeyEntity::toApiKey).toList();
    }

    /**
     * Revokes a key.
     *
     * @return whether there is a key of that id that was not revoked before
     */
    public boolean revoke(String id, Instant now) {
        return database.inTransaction(session -> session.createMutationQuery(
                                "update ApiKeyEntity set revokedAt = :now where id = :id and revokedAt is null")
                        .setParameter("now", now)
                        .setParameter("id", id)
                        .executeUpdate())
                == 1;
    }

    /**
     * Deletes a key and its record.
     *
     * @return whether there was a key of that id
     */
    public boolean delete(String id) {
        return database.inTransaction(session -> session.createMutationQuery("delete ApiKeyEntity where id = :id")
                        .setParameter("id", id)
                        .executeUpdate())
                == 1;
    }

    List<ApiKeyEntity> entitiesOfAll() {
        return database.inTransaction(
                session -> session.createSelectionQuery("from ApiKeyEntity order by createdAt, id", ApiKeyEntity.class)
                        .list());
    }
}

package io.tradeops.app.key;

import io.tradeops.app.access.Access;
import io.tradeops.app.access.Keys;
import io.tradeops.app.access.Scope;
import io.tradeops.app.db.DatabaseUnavailableException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks keys against a copy of the database's keys that is refreshed every two seconds. So the check of a request's
 * key never waits for the database. While the database is unavailable, the last copy stays in use. Thread-safe.
 */
public final class ApiKeys implements Keys, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ApiKeys.class);

    private static final long REFRESH_MILLIS = 2_000;

    private final ApiKeyRepository repository;
    private final boolean openWithoutKeys;
    private final InstantSource clock;
    private final String ownKey = KeyText.random();
    private final byte[] ownHash = KeyText.hash(ownKey);
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "api-keys"));
    private volatile Map<String, StoredKey> stored = Map.of();

    private ApiKeys(ApiKeyRepository repository, boolean openWithoutKeys, InstantSource clock) {
        this.repository = repository;
        this.openWithoutKeys = openWithoutKeys;
        this.clock = clock;
    }

    /** A stored key and its hash. */
    private static final class StoredKey {

        private final ApiKey key;
        private final byte[] hash;

        StoredKey(ApiKeyEntity entity) {
            this.key = entity.toApiKey();
            this.hash = entity.hash;
        }

        boolean isValid(byte[] givenHash, Instant now) {
            return MessageDigest.isEqual(givenHash, hash) && key.isValidAt(now);
        }
    }

    /**
     * Reads the keys, and starts to refresh them.
     *
     * @param openWithoutKeys whether every caller has full access while there are no keys
     * @throws DatabaseUnavailableException if the database is unavailable
     */
    public static ApiKeys start(ApiKeyRepository repository, boolean openWithoutKeys, InstantSource clock) {
        ApiKeys keys = new ApiKeys(repository, openWithoutKeys, clock);
        keys.read();
        var unused =
                keys.timer.scheduleWithFixedDelay(keys::refresh, REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
        return keys;
    }

    /** Whether there are no keys; revoked and expired keys count. */
    public boolean isEmpty() {
        return stored.isEmpty();
    }

    /** A key with full access for this process's own clients. It is created at the start and not stored. */
    public String ownKey() {
        return ownKey;
    }

    @Override
    public Access access(String key) {
        Map<String, StoredKey> keys = stored;
        if (keys.isEmpty() && openWithoutKeys) {
            return Access.OPEN;
        }
        String id = KeyText.id(key);
        if (id.isEmpty()) {
            return Access.NONE;
        }
        byte[] hash = KeyText.hash(key);
        if (MessageDigest.isEqual(hash, ownHash)) {
            return new Access("own", Set.of(Scope.ADMIN));
        }
        StoredKey candidate = keys.get(id);
        return candidate != null && candidate.isValid(hash, clock.instant())
                ? new Access(id, candidate.key.scopes())
                : Access.NONE;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void read() {
        stored = repository.entitiesOfAll().stream()
                .collect(Collectors.toUnmodifiableMap(entity -> entity.id, StoredKey::new));
    }

    private void refresh() {
        try {
            read();
        } catch (DatabaseUnavailableException e) {
            log.debug("using the last known keys: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("can't read the keys", e);
        }
    }
}

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
 * The keys that may call, held in memory and read again every two seconds: a request never waits for the database
 * to have its key checked, and what was known when the database went away goes on being known. Thread-safe.
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
    private volatile Map<String, Known> known = Map.of();

    private ApiKeys(ApiKeyRepository repository, boolean openWithoutKeys, InstantSource clock) {
        this.repository = repository;
        this.openWithoutKeys = openWithoutKeys;
        this.clock = clock;
    }

    /** A key that can be checked. */
    private static final class Known {

        private final ApiKey key;
        private final byte[] hash;

        Known(ApiKeyEntity entity) {
            this.key = entity.toApiKey();
            this.hash = entity.hash;
        }

        boolean isValid(byte[] shown, Instant now) {
            return MessageDigest.isEqual(shown, hash) && key.isValidAt(now);
        }
    }

    /**
     * Reads the keys, and goes on doing so.
     *
     * @param openWithoutKeys whether everybody may do everything as long as no key is made
     */
    public static ApiKeys start(ApiKeyRepository repository, boolean openWithoutKeys, InstantSource clock) {
        ApiKeys keys = new ApiKeys(repository, openWithoutKeys, clock);
        keys.read();
        var unused =
                keys.timer.scheduleWithFixedDelay(keys::refresh, REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
        return keys;
    }

    /** Whether no key is made; one that is revoked or expired is made all the same. */
    public boolean isEmpty() {
        return known.isEmpty();
    }

    /** A key for this process's own clients, made at its start, that allows everything and is stored nowhere. */
    public String ownKey() {
        return ownKey;
    }

    @Override
    public Access access(String key) {
        Map<String, Known> keys = known;
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
        Known candidate = keys.get(id);
        return candidate != null && candidate.isValid(hash, clock.instant())
                ? new Access(id, candidate.key.scopes())
                : Access.NONE;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void read() {
        known = repository.entitiesOfAll().stream()
                .collect(Collectors.toUnmodifiableMap(entity -> entity.id, Known::new));
    }

    private void refresh() {
        try {
            read();
        } catch (DatabaseUnavailableException e) {
            log.debug("the keys are those of before: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("the keys could not be read", e);
        }
    }
}

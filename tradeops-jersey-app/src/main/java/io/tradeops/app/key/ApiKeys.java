package io.tradeops.app.key;

import io.tradeops.app.access.Access;
import io.tradeops.app.access.GuessBrake;
import io.tradeops.app.access.KeyCheck;
import io.tradeops.app.access.Keys;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.jobs.thread.WatchedLoop;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks keys against a copy of the database's keys that is refreshed every two seconds. So the check of a request's
 * key never waits for the database. While the database is unavailable, the last copy stays in use for a minute. Then no
 * stored key gives access until the copy is refreshed: the key may have been revoked. Thread-safe.
 */
public final class ApiKeys implements Keys, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ApiKeys.class);

    private static final Duration REFRESH = Duration.ofSeconds(2);
    private static final Duration LONGEST_USE = Duration.ofSeconds(60);

    private final boolean openWithoutKeys;
    private final InstantSource clock;
    private final String ownKey = KeyText.random();
    private final byte[] ownHash = KeyText.hash(ownKey);
    private final GuessBrake brake = new GuessBrake();
    private final Supplier<List<ApiKeyEntity>> source;
    private final long longestUseNanos;
    private final WatchedLoop refresher;
    private volatile Map<String, StoredKey> stored = Map.of();
    private volatile long readNanos;

    private ApiKeys(
            Supplier<List<ApiKeyEntity>> source,
            boolean openWithoutKeys,
            InstantSource clock,
            Duration refresh,
            Duration longestUse) {
        this.source = source;
        this.openWithoutKeys = openWithoutKeys;
        this.clock = clock;
        this.longestUseNanos = longestUse.toNanos();
        this.refresher = WatchedLoop.of("api-keys", LONGEST_USE, this::refresh).withPause(refresh);
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
        return start(repository::entitiesOfAll, openWithoutKeys, clock, REFRESH, LONGEST_USE);
    }

    /** Starts with another source of the keys, and other times. */
    static ApiKeys start(
            Supplier<List<ApiKeyEntity>> source,
            boolean openWithoutKeys,
            InstantSource clock,
            Duration refresh,
            Duration longestUse) {
        ApiKeys keys = new ApiKeys(source, openWithoutKeys, clock, refresh, longestUse);
        keys.read();
        keys.refresher.start();
        return keys;
    }

    /** The thread that refreshes the keys. */
    public List<WatchedLoop> loops() {
        return List.of(refresher);
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
        Access withoutKey = keys.isEmpty() && openWithoutKeys ? Access.OPEN : Access.NONE;
        String id = KeyText.id(key);
        if (id.isEmpty()) {
            return withoutKey;
        }
        byte[] hash = KeyText.hash(key);
        if (isOwn(hash)) {
            return Access.OWN;
        }
        if (withoutKey.equals(Access.OPEN)) {
            return withoutKey;
        }
        if (!areCurrent()) {
            return Access.NONE;
        }
        StoredKey candidate = keys.get(id);
        return candidate != null && candidate.isValid(hash, clock.instant())
                ? new Access(id, candidate.key.scopes())
                : Access.NONE;
    }

    /** Access without a key, and of this process's own clients, is not slowed down. */
    @Override
    public KeyCheck check(String key, String address) {
        if (key.isEmpty() || (stored.isEmpty() && openWithoutKeys) || isOwn(KeyText.hash(key))) {
            return KeyCheck.compared(access(key));
        }
        String id = KeyText.id(key);
        boolean current = areCurrent(); // else a right key gives no access either, and must not count as a wrong one
        Access access = access(key);
        if (access.isKnown()) { // also from an address that has to wait: a key is too long to be guessed
            brake.onRight(address, id);
            return KeyCheck.compared(access);
        }
        Duration wait = brake.waitOf(address, id);
        if (!wait.isZero()) {
            return new KeyCheck(Access.NONE, wait);
        }
        if (current) {
            brake.onWrong(address, id);
        }
        return KeyCheck.compared(access);
    }

    @Override
    public boolean areCurrent() {
        return System.nanoTime() - readNanos <= longestUseNanos;
    }

    @Override
    public void close() {
        refresher.cancel();
    }

    private boolean isOwn(byte[] hash) {
        return MessageDigest.isEqual(hash, ownHash);
    }

    private void read() {
        long begun = System.nanoTime(); // a key that is revoked after this may still be in the copy
        stored = source.get().stream().collect(Collectors.toUnmodifiableMap(entity -> entity.id, StoredKey::new));
        readNanos = begun;
    }

    private void refresh() {
        try {
            read();
        } catch (DatabaseUnavailableException e) {
            log.debug("using the last known keys: {}", e.getMessage());
        }
    }
}

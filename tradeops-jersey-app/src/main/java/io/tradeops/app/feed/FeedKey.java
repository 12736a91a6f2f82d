package io.tradeops.app.feed;

import io.tradeops.app.access.Access;
import io.tradeops.app.access.KeyCheck;
import io.tradeops.app.access.Keys;
import io.tradeops.app.access.Scope;
import java.time.Duration;

/** The API key of one client of the feed, and whether it allows to read. Not thread-safe. */
final class FeedKey {

    private final Keys keys;
    private final String address;
    private String key;
    private boolean allowed;
    private boolean hasSeenHeartbeat;

    /** What a heartbeat finds. */
    enum Check {
        /** The key allows to read. */
        VALID,
        /** There is no valid key yet; the client has until the next heartbeat. */
        AWAITED,
        /** There is no valid key at the second heartbeat or later. */
        MISSING,
        /** The key was valid at the last check, and is no longer. */
        REVOKED,
        /** There is a key, but the stored keys can't be read at the moment. */
        NOT_CHECKED
    }

    /**
     * The key of the upgrade request, which was checked; empty if it had none.
     *
     * @param address the client's address, as limits see it
     */
    FeedKey(Keys keys, String key, String address) {
        this.keys = keys;
        this.key = key;
        this.address = address;
        check();
    }

    /** Whether the key allowed to read at the last check. */
    boolean isAllowed() {
        return allowed;
    }

    /**
     * Replaces the key. If the address has sent too many wrong ones, the old key stays.
     *
     * @return how long no new key is compared; zero if this one was
     */
    Duration replace(String newKey) {
        KeyCheck check = keys.check(newKey, address);
        if (!check.isRefused()) {
            key = newKey;
            allowed = check.access().allows(Scope.READ);
        }
        return check.delay();
    }

    /** Checks the key again. */
    Check checkAtHeartbeat() {
        Check ifNotAllowed = allowed ? Check.REVOKED : hasSeenHeartbeat ? Check.MISSING : Check.AWAITED;
        hasSeenHeartbeat = true;
        if (check()) {
            return Check.VALID;
        }
        return isUnchecked() ? Check.NOT_CHECKED : ifNotAllowed;
    }

    /** Whether there is a key that may be valid, because the stored keys can't be read at the moment. */
    boolean isUnchecked() {
        return !allowed && !key.isEmpty() && !keys.areCurrent();
    }

    /** Whether the client is one of this process's own. */
    boolean isOwn() {
        return keys.access(key).equals(Access.OWN);
    }

    private boolean check() {
        allowed = keys.access(key).allows(Scope.READ);
        return allowed;
    }
}

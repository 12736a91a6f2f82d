package io.tradeops.app.feed;

import io.tradeops.app.access.Keys;
import io.tradeops.app.access.Scope;

/** The API key that a client of the feed has shown, and whether it may read. Not thread-safe. */
final class FeedKey {

    private final Keys keys;
    private String key;
    private boolean allowed;

    /** The key that came with the upgrade; empty if none did. */
    FeedKey(Keys keys, String key) {
        this.keys = keys;
        this.key = key;
        check();
    }

    /** Whether the client may read, as far as was known at the last check. */
    boolean isAllowed() {
        return allowed;
    }

    /** Looks again whether the client may read. */
    boolean check() {
        allowed = keys.access(key).allows(Scope.READ);
        return allowed;
    }

    /** Takes another key, and looks whether the client may read. */
    boolean show(String shown) {
        key = shown;
        return check();
    }
}

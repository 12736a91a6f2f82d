package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.access.Access;
import io.tradeops.app.access.KeyCheck;
import io.tradeops.app.access.Keys;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeedKeyTest {

    private final Set<String> valid = new HashSet<>(Set.of("good"));
    private final Keys keys = key -> valid.contains(key) ? Access.OPEN : Access.NONE;

    @Test
    void missingKeyIsAwaitedUntilTheSecondHeartbeat() {
        FeedKey key = new FeedKey(keys, "", "");

        assertThat(key.checkAtHeartbeat()).isEqualTo(FeedKey.Check.AWAITED);
        assertThat(key.checkAtHeartbeat()).isEqualTo(FeedKey.Check.MISSING);
    }

    @Test
    void keyThatIsReplacedInTimeIsValid() {
        FeedKey key = new FeedKey(keys, "bad", "");
        assertThat(key.checkAtHeartbeat()).isEqualTo(FeedKey.Check.AWAITED);

        assertThat(key.replace("good")).isZero();
        assertThat(key.isAllowed()).isTrue();
        assertThat(key.checkAtHeartbeat()).isEqualTo(FeedKey.Check.VALID);
    }

    @Test
    void validKeyThatIsRevokedIsFoundAtTheNextHeartbeat() {
        FeedKey key = new FeedKey(keys, "good", "");
        valid.clear();

        assertThat(key.isAllowed()).isTrue();
        assertThat(key.checkAtHeartbeat()).isEqualTo(FeedKey.Check.REVOKED);
        assertThat(key.isAllowed()).isFalse();
    }

    @Test
    void keyThatCannotBeCheckedIsNeitherRevokedNorMissing() {
        Keys unreadable = new Keys() {
            @Override
            public Access access(String key) {
                return keys.access(key);
            }

            @Override
            public boolean areCurrent() {
                return !valid.isEmpty();
            }
        };
        FeedKey key = new FeedKey(unreadable, "good", "");
        FeedKey none = new FeedKey(unreadable, "", "");
        assertThat(none.checkAtHeartbeat()).isEqualTo(FeedKey.Check.AWAITED);
        valid.clear();

        assertThat(key.checkAtHeartbeat()).isEqualTo(FeedKey.Check.NOT_CHECKED);
        assertThat(key.isAllowed()).isFalse();
        assertThat(none.checkAtHeartbeat()).isEqualTo(FeedKey.Check.MISSING);
    }

    @Test
    void keyThatIsNotComparedReplacesNothing() {
        Duration wait = Duration.ofSeconds(5);
        Keys braked = new Keys() {
            @Override
            public Access access(String key) {
                return keys.access(key);
            }

            @Override
            public KeyCheck check(String key, String address) {
                return new KeyCheck(Access.NONE, wait);
            }
        };
        FeedKey key = new FeedKey(braked, "good", "192.0.2.1");

        assertThat(key.replace("bad")).isEqualTo(wait);
        assertThat(key.isAllowed()).isTrue();
        assertThat(key.checkAtHeartbeat()).isEqualTo(FeedKey.Check.VALID);
    }
}

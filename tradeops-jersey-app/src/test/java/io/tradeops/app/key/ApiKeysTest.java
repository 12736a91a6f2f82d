package io.tradeops.app.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.access.Access;
import io.tradeops.app.access.Scope;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.http.HttpSettings;
import io.tradeops.app.http.RequestListener;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.RawHttp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The copy of the keys while it is, and is not, refreshed. */
class ApiKeysTest {

    private static final Duration REFRESH = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final String key = KeyText.random();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile Supplier<List<ApiKeyEntity>> source = () -> List.of(entity(Optional.empty()));

    @Test
    void refreshSurvivesAnOutOfMemoryErrorAndSeesTheRevocation() throws Exception {
        try (ApiKeys keys = start(LONG)) {
            assertThat(keys.access(key).allows(Scope.READ)).isTrue();

            fail(new OutOfMemoryError("artificial"));
            source = () -> List.of(entity(Optional.of(Instant.now())));

            Eventually.await("the revocation is seen", () -> keys.access(key).equals(Access.NONE));
            assertThat(keys.areCurrent()).isTrue();
        }
    }

    @Test
    void noStoredKeyGivesAccessOnceTheCopyIsTooOld() throws Exception {
        try (ApiKeys keys = start(SHORT)) {
            fail(new DatabaseUnavailableException("artificial", new IOException()));
            Eventually.await("the copy is too old", () -> !keys.areCurrent());

            assertThat(keys.access(key)).isEqualTo(Access.NONE);
            assertThat(keys.access(keys.ownKey()).allows(Scope.ADMIN))
                    .as("the process's own key is in no database")
                    .isTrue();

            source = () -> List.of(entity(Optional.empty()));
            Eventually.await("the key is known again", () -> keys.access(key).allows(Scope.READ));
        }
    }

    @Test
    void callerWhoseKeyCannotBeCheckedIsAskedToTryAgain() throws Exception {
        try (ApiKeys keys = start(SHORT);
                HttpServer server = HttpServer.start(
                        HttpSettings.of("127.0.0.1", 0), keys, List.of(), List.of(), RequestListener.NONE)) {
            fail(new DatabaseUnavailableException("artificial", new IOException()));
            Eventually.await("the copy is too old", () -> !keys.areCurrent());
            RawHttp client = new RawHttp(server.uri());

            RawHttp.Answer answer = client.send("", "GET /trades/ HTTP/1.1", "Authorization: Bearer " + key);
            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("2");
            assertThat(answer.body()).contains("keys can't be checked at the moment");
            assertThat(client.send("", "GET /trades/ HTTP/1.1").status())
                    .as("without a key")
                    .isEqualTo(401);
        }
    }

    private ApiKeys start(Duration longestUse) {
        return ApiKeys.start(this::read, false, InstantSource.system(), REFRESH, longestUse);
    }

    private List<ApiKeyEntity> read() {
        reads.incrementAndGet();
        return source.get();
    }

    /** Lets all reads fail from now on, and waits for one of them. */
    private void fail(Throwable thrown) throws Exception {
        source = () -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        };
        int before = reads.get();
        Eventually.await("reads fail", () -> reads.get() > before + 1);
    }

    private ApiKeyEntity entity(Optional<Instant> revokedAt) {
        Instant created = Instant.now();
        return new ApiKeyEntity(
                new ApiKey(KeyText.id(key), "key", Set.of(Scope.READ), created, Optional.empty(), revokedAt),
                KeyText.hash(key));
    }
}

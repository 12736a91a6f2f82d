package io.tradeops.app.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.OpenDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

class LockedSessionIT {

    @RegisterExtension
    static final OpenDatabase database = OpenDatabase.of(List.of(), "trades");

    private final CountDownLatch copying = new CountDownLatch(1);
    private final CountDownLatch resumed = new CountDownLatch(1);

    @Test
    void theKeyOfALockIsTheSameInEveryVersion() {
        assertThat(LockedSession.key("monitor of simulated")).isEqualTo(-7127653136282573844L);
    }

    @Test
    void oneSessionHoldsALockUntilItCloses() {
        LockedSession held = database.get().tryLock("one").orElseThrow();
        assertThat(database.get().tryLock("one")).isEmpty();
        try (LockedSession other = database.get().tryLock("other").orElseThrow()) {
            assertThat(other.isHeld()).isTrue();
        }
        held.close();

        try (LockedSession next = database.get().tryLock("one").orElseThrow()) {
            assertThat(next.isHeld()).isTrue();
        }
    }

    @Test
    void holderThatIsSilentDuringACopyLosesTheLockAndItsTransaction() throws Exception {
        LockedSession held = database.get().tryLock("silent").orElseThrow();
        CompletableFuture<Boolean> work = CompletableFuture.supplyAsync(() -> held.inTransaction(this::copySlowly));
        copying.await();
        long begun = System.nanoTime();
        List<LockedSession> taken = new ArrayList<>();
        Eventually.await("another session has the lock", () -> {
            database.get().tryLock("silent").ifPresent(taken::add);
            return !taken.isEmpty();
        });

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(10));
        resumed.countDown();
        assertThatThrownBy(work::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(DatabaseUnavailableException.class);
        assertThat(held.isHeld()).isFalse();
        taken.get(0).close();
        held.close();
    }

    @Test
    void errorInTheMiddleOfTheWorkCommitsNothingAndKeepsTheLock() {
        try (LockedSession held = database.get().tryLock("error").orElseThrow()) {
            assertThatThrownBy(() -> held.inTransaction(connection -> {
                        execute(connection, "create table written_before_the_error (n int)");
                        throw new OutOfMemoryError("artificial");
                    }))
                    .isInstanceOf(OutOfMemoryError.class);
            boolean exists = held.inTransaction(connection -> Sql.single(
                    connection,
                    "select to_regclass('written_before_the_error') is not null as there",
                    row -> row.flag("there")));

            assertThat(exists).isFalse();
            assertThat(held.isHeld()).isTrue();
        }
    }

    @Test
    void fullDiskIsAnOutageThatKeepsTheLock() {
        try (LockedSession held = database.get().tryLock("full").orElseThrow()) {
            assertThatThrownBy(() -> held.inTransaction(connection -> {
                        execute(connection, "do $$ begin raise 'no space' using errcode = '53100'; end $$");
                        return true;
                    }))
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageContaining("no space");

            assertThat(held.isHeld()).isTrue();
            assertThat(database.get().problem()).contains("can't store; its disk is full or broken");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean copySlowly(Connection connection) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy trades from stdin");
        copying.countDown();
        try {
            resumed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        copy.endCopy();
        return true;
    }
}

package io.tradeops.app.trade;

import io.tradeops.app.db.Database;
import io.tradeops.app.db.Row;
import io.tradeops.app.db.Sql;
import io.tradeops.app.rest.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a request with an {@code Idempotency-Key} once, and gives its copies the same answer for 24 hours. One
 * transaction commits the work and the answer, so a crash leaves both or neither. Thread-safe.
 */
final class IdempotentAnswers {

    private static final String LOCK = "select pg_try_advisory_xact_lock(?) as locked";

    private static final String FIND = """
            select fingerprint, status, location, body from idempotency_keys
            where caller = ? and key = ? and created_at > now() - interval '24 hours'
            """;

    private static final String SAVE = """
            insert into idempotency_keys (caller, key, fingerprint, status, location, body) values (?, ?, ?, ?, ?, ?)
            on conflict (caller, key) do update
            set fingerprint = excluded.fingerprint, status = excluded.status, location = excluded.location,
                body = excluded.body, created_at = excluded.created_at
            """;

    /** Each new key deletes up to two expired ones. It skips locked rows, so it never waits for another transaction. */
    private static final String DELETE_EXPIRED = """
            delete from idempotency_keys where (caller, key) in (
                select caller, key from idempotency_keys where created_at <= now() - interval '24 hours'
                order by created_at limit 2 for update skip locked)
            """;

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Database database;

    IdempotentAnswers(Database database) {
        this.database = database;
    }

    /**
     * The answer to a request: the stored answer of an earlier copy, or the result of {@code work}, which runs in one
     * transaction. If the work throws, nothing is stored, and the key stays free.
     *
     * @throws ProblemException 409 if an earlier copy does not finish within two seconds; 422 if the key belongs to a
     *     request with another fingerprint
     */
    EntryAnswer once(IdempotencyKey key, Database.JdbcWork<EntryAnswer> work) {
        long start = System.nanoTime();
        for (long pause = FIRST_PAUSE_NANOS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS)) {
            Optional<EntryAnswer> answer = database.withConnection(connection -> answer(connection, key, work));
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() - start + pause > LONGEST_WAIT_NANOS) {
                throw ProblemException.inFlight(
                        "the first request with this " + IdempotencyKey.HEADER + " is not answered yet; try again");
            }
            LockSupport.parkNanos(pause); // polls: waiting for the lock would hold a connection
        }
    }

    /** Empty while another copy holds the lock. */
    private static Optional<EntryAnswer> answer(
            Connection connection, IdempotencyKey key, Database.JdbcWork<EntryAnswer> work) throws SQLException {
        Optional<EntryAnswer> first = find(connection, key);
        if (first.isPresent() || !lock(connection, key)) {
            return first;
        }
        Optional<EntryAnswer> meanwhile = find(connection, key); // the last holder of the lock may have committed one
        if (meanwhile.isPresent()) {
            return meanwhile;
        }
        EntryAnswer answer = work.execute(connection);
        save(connection, key, answer);
        return Optional.of(answer);
    }

    private static boolean lock(Connection connection, IdempotencyKey key) throws SQLException {
        return Sql.single(connection, LOCK, row -> row.flag("locked"), key.lockNumber());
    }

    private static Optional<EntryAnswer> find(Connection connection, IdempotencyKey key) throws SQLException {
        return Sql.first(connection, FIND, row -> answer(row, key), key.caller(), key.key());
    }

    private static EntryAnswer answer(Row row, IdempotencyKey key) throws SQLException {
        if (!key.fingerprint().equals(row.text("fingerprint"))) {
            throw ProblemException.mismatch(
                    IdempotencyKey.HEADER + " '" + key.key() + "' was used for another request");
        }
        return new EntryAnswer((int) row.number("status"), row.text("location"), row.text("body"));
    }

    private static void save(Connection connection, IdempotencyKey key, EntryAnswer answer) throws SQLException {
        Sql.update(
                connection,
                SAVE,
                key.caller(),
                key.key(),
                key.fingerprint(),
                answer.status(),
                answer.location(),
                answer.body());
        Sql.update(connection, DELETE_EXPIRED);
    }
}

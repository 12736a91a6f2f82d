package io.tradeops.app.trade;

import io.tradeops.app.db.Database;
import io.tradeops.app.rest.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers a request with an {@code Idempotency-Key} once and its copies with the same answer for 24 hours. What is done
 * and the answer are committed together, so a crash leaves either both or neither. Thread-safe.
 */
final class IdempotentAnswers {

    private static final String LOCK = "select pg_try_advisory_xact_lock(?)";

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

    /** Each key that is saved takes two old ones with it; skipping locked ones, it never waits for another's. */
    private static final String FORGET = """
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
     * The answer to a request: that of the first copy, or, if this is the first, what {@code work} makes of it in one
     * transaction. If that throws, nothing is done and nothing kept.
     *
     * @throws ProblemException 409 if the first copy is not done within two seconds, 422 if it had another body
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
            LockSupport.parkNanos(pause); // the lock is asked for again, not waited for: that would hold a connection
        }
    }

    /** Empty if another copy is at work. */
    private static Optional<EntryAnswer> answer(
            Connection connection, IdempotencyKey key, Database.JdbcWork<EntryAnswer> work) throws SQLException {
        Optional<EntryAnswer> first = find(connection, key);
        if (first.isPresent() || !lock(connection, key)) {
            return first;
        }
        Optional<EntryAnswer> meanwhile = find(connection, key); // sees what the lock's last holder has committed
        if (meanwhile.isPresent()) {
            return meanwhile;
        }
        EntryAnswer answer = work.execute(connection);
        save(connection, key, answer);
        return Optional.of(answer);
    }

    private static boolean lock(Connection connection, IdempotencyKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setLong(1, key.lockNumber());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static Optional<EntryAnswer> find(Connection connection, IdempotencyKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, key.caller());
            statement.setString(2, key.key());
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                if (!key.fingerprint().equals(rows.getString(1))) {
                    throw ProblemException.mismatch(
                            IdempotencyKey.HEADER + " '" + key.key() + "' was used for another request");
                }
                return Optional.of(new EntryAnswer(rows.getInt(2), rows.getString(3), rows.getString(4)));
            }
        }
    }

    private static void save(Connection connection, IdempotencyKey key, EntryAnswer answer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
            statement.setString(1, key.caller());
            statement.setString(2, key.key());
            statement.setString(3, key.fingerprint());
            statement.setInt(4, answer.status());
            statement.setString(5, answer.location());
            statement.setString(6, answer.body());
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.executeUpdate();
        }
    }
}

package io.tradeops.app.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down the guessing of keys and passwords. After {@value #ALLOWED} wrong ones from an address, no further one from
 * there is compared for 5 s; after each {@value #ALLOWED} more, for twice as long, up to 15 minutes. An hour without a
 * wrong one forgets them all. Retains the 10,000 addresses that were last wrong. Thread-safe.
 *
 * <p>Clients may share an address. So a caller whose name was accepted from an address is not held up by what others at
 * that address send, until it is wrong itself. The names of the last 10,000 accepted callers are retained.
 */
public final class GuessBrake {

    private static final int ALLOWED = 10;
    private static final int MAX_ENTRIES = 10_000;
    private static final long FIRST_WAIT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long LONGEST_WAIT_NANOS = Duration.ofMinutes(15).toNanos();
    private static final long MEMORY_NANOS = Duration.ofHours(1).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Attempts> failed = new RecentEntries<>();
    private final Map<Accepted, Boolean> accepted = new RecentEntries<>();

    /** A brake that starts without any attempts. */
    public GuessBrake() {
        this(System::nanoTime);
    }

    /** A brake with a clock. */
    GuessBrake(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Accepted(String address, String name) {}

    private static final class Attempts {

        private int left = ALLOWED;
        private long wait = FIRST_WAIT_NANOS;
        private long lastNanos;
        private long untilNanos;
        private boolean waiting;
    }

    private static final class RecentEntries<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1L;

        RecentEntries() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MAX_ENTRIES;
        }
    }

    /**
     * How long to refuse attempts without comparing them.
     *
     * @param address the caller's address
     * @param name what the attempt says who the caller is, such as a key's id; it may be wrong
     * @return zero if the attempt may be compared, else whole seconds, 1 to 900
     */
    public synchronized Duration waitOf(String address, String name) {
        Attempts attempts = failed.get(address);
        if (attempts == null || !attempts.waiting || accepted.containsKey(new Accepted(address, name))) {
            return Duration.ZERO;
        }
        long rest = attempts.untilNanos - nanoTime.getAsLong();
        if (rest <= 0) {
            attempts.waiting = false;
            return Duration.ZERO;
        }
        return Duration.ofSeconds(Duration.ofNanos(rest - 1).toSeconds() + 1);
    }

    /** Counts a wrong attempt. */
    public synchronized void onWrong(String address, String name) {
        accepted.remove(new Accepted(address, name));
        long now = nanoTime.getAsLong();
        Attempts attempts = failed.get(address);
        if (attempts == null || now - attempts.lastNanos > MEMORY_NANOS) {
            attempts = new Attempts();
            failed.put(address, attempts);
        }
        attempts.lastNanos = now;
        if (--attempts.left == 0) {
            attempts.left = ALLOWED;
            attempts.waiting = true;
            attempts.untilNanos = now + attempts.wait;
            attempts.wait = Math.min(2 * attempts.wait, LONGEST_WAIT_NANOS);
        }
    }

    /** Notes a right attempt. */
    public synchronized void onRight(String address, String name) {
        accepted.put(new Accepted(address, name), true);
    }

    int addresses() {
        return failed.size();
    }
}

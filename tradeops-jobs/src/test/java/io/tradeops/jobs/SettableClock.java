package io.tradeops.jobs;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands where it was set. Not thread-safe. */
final class SettableClock implements InstantSource {

    private Instant now;

    SettableClock(Instant now) {
        this.now = now;
    }

    void set(Instant instant) {
        now = instant;
    }

    @Override
    public Instant instant() {
        return now;
    }
}

package io.tradeops.jobs;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is set. Not thread-safe. */
public final class SettableClock implements InstantSource {

    private Instant now;

    public SettableClock(Instant now) {
        this.now = now;
    }

    public void set(Instant instant) {
        now = instant;
    }

    @Override
    public Instant instant() {
        return now;
    }
}

package io.tradeops.jobs;

import java.time.Duration;

/**
 * Settings of the job server. Immutable.
 *
 * @param workers number of jobs that run at the same time, at least 1
 * @param pollInterval time between two polls for jobs, at least 5 s
 * @param keyPrefix prefix of the bucket's keys; empty, or ends in {@code /}
 * @param tickRetention how long ticks are stored, at least a day
 */
public record JobServerSettings(int workers, Duration pollInterval, String keyPrefix, Duration tickRetention) {

    /** @throws IllegalArgumentException naming the component that is out of range */
    public JobServerSettings {
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be at least 1: " + workers);
        }
        if (pollInterval.compareTo(Duration.ofSeconds(5)) < 0) {
            throw new IllegalArgumentException("pollInterval must be at least 5 s: " + pollInterval);
        }
        if (tickRetention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("tickRetention must be at least a day: " + tickRetention);
        }
    }

    /** Four workers, a poll every 5 s, no key prefix, ticks stored for 7 days. */
    public static JobServerSettings defaults() {
        return new JobServerSettings(4, Duration.ofSeconds(5), "", Duration.ofDays(7));
    }

    /** These settings with another key prefix. */
    public JobServerSettings withKeyPrefix(String prefix) {
        return new JobServerSettings(workers, pollInterval, prefix, tickRetention);
    }
}

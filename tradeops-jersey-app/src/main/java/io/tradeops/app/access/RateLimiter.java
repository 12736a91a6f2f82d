package io.tradeops.app.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Limits each client's requests a second, with a token bucket that holds one second's worth. Retains the buckets of the
 * 10,000 clients that called last; any other client starts with a full bucket. Thread-safe.
 */
public final class RateLimiter {

    private static final int MAX_CLIENTS = 10_000;

    private final int limit;
    private final String policy;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_CLIENTS;
        }
    };

    /** A limiter of {@code limit} requests a second; 0 for no limit. */
    public RateLimiter(int limit) {
        this.limit = limit;
        this.policy = "\"default\";q=" + limit + ";w=1";
    }

    /**
     * Counts a request, and sets {@code RateLimit-Policy}, {@code RateLimit} and, over the limit, {@code Retry-After}.
     *
     * @return whether the request is within the limit
     */
    public boolean admit(String client, HttpFields.Mutable answer) {
        if (limit == 0) {
            return true;
        }
        ConsumptionProbe probe = bucket(client).tryConsumeAndReturnRemaining(1);
        answer.put("RateLimit-Policy", policy);
        answer.put("RateLimit", "\"default\";r=" + probe.getRemainingTokens() + ";t=1");
        if (!probe.isConsumed()) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
            answer.put(HttpHeader.RETRY_AFTER, String.valueOf(seconds));
        }
        return probe.isConsumed();
    }

    /** The limit in words. */
    public String describe() {
        return "at most " + limit + " requests a second";
    }

    int clients() {
        synchronized (buckets) {
            return buckets.size();
        }
    }

    private Bucket bucket(String client) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(client, key -> newBucket());
        }
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, Duration.ofSeconds(1)))
                .build();
    }
}

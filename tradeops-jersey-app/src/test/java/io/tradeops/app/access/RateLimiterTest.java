package io.tradeops.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    @Test
    void eachClientHasItsOwnLimit() {
        RateLimiter limiter = new RateLimiter(1);

        assertThat(limiter.admit("a", HttpFields.build())).isTrue();
        assertThat(limiter.admit("a", HttpFields.build())).isFalse();
        assertThat(limiter.admit("b", HttpFields.build())).isTrue();
    }

    @Test
    void retainsABoundedNumberOfClients() {
        RateLimiter limiter = new RateLimiter(5);
        for (int i = 0; i < 100_000; i++) {
            limiter.admit("address " + i, HttpFields.build());
        }

        assertThat(limiter.clients()).isEqualTo(10_000);
    }

    @Test
    void withoutALimitItRetainsNothingAndSetsNoHeader() {
        RateLimiter limiter = new RateLimiter(0);
        HttpFields.Mutable answer = HttpFields.build();

        assertThat(limiter.admit("a", answer)).isTrue();
        assertThat(limiter.clients()).isZero();
        assertThat(answer.size()).isZero();
    }
}

package io.tradeops.app.trade;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.rest.InputError;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ErrorListTest {

    @Test
    void makesOnlyTheErrorsThatItLists() {
        ErrorList errors = new ErrorList();
        AtomicInteger made = new AtomicInteger();

        for (int i = 0; i < 60_000; i++) {
            errors.add(() -> InputError.at("/" + made.getAndIncrement(), "code", "detail"));
        }

        assertThat(errors.total()).isEqualTo(60_000);
        assertThat(errors.first()).hasSize(100);
        assertThat(errors.first().get(99).pointer()).isEqualTo("/99");
        assertThat(made).hasValue(100);
    }
}

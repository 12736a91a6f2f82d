package io.tradeops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloserTest {

    private final List<String> closed = new ArrayList<>();
    private final Closer closer = new Closer();

    @Test
    void partsCloseInReverseOrder() {
        closer.add(part("one"));
        closer.add(part("two"));

        closer.close();

        assertThat(closed).containsExactly("two", "one");
    }

    @Test
    void theFirstPartsCloseBeforeAllOthersWheneverTheyWereAdded() {
        closer.first().add(part("stream"));
        closer.add(part("http"));
        closer.first().add(part("monitor"));

        closer.close();

        assertThat(closed).containsExactly("monitor", "stream", "http");
    }

    @Test
    void anInnerCloserClosesWithTheOuterOneAndOnlyOnce() {
        Closer inner = closer.inner();
        inner.add(part("inner"));
        closer.add(part("outer"));

        inner.close();
        closer.close();

        assertThat(closed).containsExactly("inner", "outer");
    }

    @Test
    void aPartThatFailsDoesNotKeepTheOthersOpen() {
        closer.add(part("one"));
        closer.add(() -> {
            throw new IllegalStateException("on purpose");
        });

        closer.close();

        assertThat(closed).containsExactly("one");
    }

    @Test
    void aPartThatComesTooLateIsClosedAtOnce() {
        Closer inner = closer.inner();
        closer.close();

        assertThatThrownBy(() -> inner.add(part("late"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closer.first().add(part("later"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closer.start(() -> part("latest"))).isInstanceOf(IllegalStateException.class);
        assertThat(closed).containsExactly("late", "later");
    }

    private AutoCloseable part(String name) {
        return () -> closed.add(name);
    }
}

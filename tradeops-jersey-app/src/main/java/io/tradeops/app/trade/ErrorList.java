package io.tradeops.app.trade;

import io.tradeops.app.rest.InputError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The errors of a body: the first {@value #MAX_LISTED}, and their total. Not thread-safe. */
final class ErrorList {

    static final int MAX_LISTED = 100;

    private final List<InputError> first = new ArrayList<>();
    private int total;

    /** Adds an error, which is made only if it is listed: a body may have a million errors. */
    void add(Supplier<InputError> error) {
        total++;
        if (first.size() < MAX_LISTED) {
            first.add(error.get());
        }
    }

    boolean isEmpty() {
        return total == 0;
    }

    int total() {
        return total;
    }

    List<InputError> first() {
        return first;
    }
}

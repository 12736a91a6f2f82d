package io.tradeops.app.trade;

import io.tradeops.app.rest.InputError;
import java.util.ArrayList;
import java.util.List;

/**
 * The errors of a body: the first {@value #MAX_LISTED}, and the total. That many are every error of the largest batch
 * with every field invalid. Only unknown fields can cause more. Not thread-safe.
 */
final class ErrorList {

    static final int MAX_LISTED = 60_000;

    private final List<InputError> first = new ArrayList<>();
    private int total;

    void add(InputError error) {
        total++;
        if (first.size() < MAX_LISTED) {
            first.add(error);
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

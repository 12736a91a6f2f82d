package io.tradeops.app.trade;

import io.tradeops.app.rest.InputError;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a body: every error of a batch whose trades are wrong in each of their fields; of more, which only unknown
 * fields can make, the first {@value #KEPT}, and how many there are. Not thread-safe.
 */
final class ErrorList {

    static final int KEPT = 60_000;

    private final List<InputError> first = new ArrayList<>();
    private int total;

    void add(InputError error) {
        total++;
        if (first.size() < KEPT) {
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

package io.tradeops.core.csv;

import java.io.IOException;

/** Packed data is damaged, ends early, exceeds a limit, or is of a form that is not read. */
final class DamagedFileException extends IOException {

    private static final long serialVersionUID = 1;

    private final String problem;

    DamagedFileException(String problem) {
        super(problem);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}

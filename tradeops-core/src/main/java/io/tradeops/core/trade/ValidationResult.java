package io.tradeops.core.trade;

import java.util.List;

/** What {@link TradeValidator#check} found: a trade or everything that keeps it from being one. */
public sealed interface ValidationResult {

    /** The input is a trade. */
    record Valid(Trade trade) implements ValidationResult {}

    /** The input is not a trade, for at least one reason. */
    record Invalid(List<Violation> violations) implements ValidationResult {

        /** Copies the list. */
        public Invalid {
            violations = List.copyOf(violations);
        }
    }
}

package io.tradeops.core.trade;

import java.util.List;

/** The result of {@link TradeValidator#check}: a valid trade, or the violations of an invalid one. Immutable. */
public sealed interface ValidationResult {

    /**
     * The input is a valid trade.
     *
     * @param trade the trade
     */
    record Valid(Trade trade) implements ValidationResult {}

    /**
     * The input is not a valid trade.
     *
     * @param violations every violation, at least one, in the order of the fields; unmodifiable
     */
    record Invalid(List<Violation> violations) implements ValidationResult {

        /** Copies the list. */
        public Invalid {
            violations = List.copyOf(violations);
        }
    }
}

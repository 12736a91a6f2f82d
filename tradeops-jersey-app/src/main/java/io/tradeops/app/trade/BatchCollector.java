package io.tradeops.app.trade;

import io.tradeops.app.rest.InputError;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.core.trade.Trade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the trades and the errors of a batch, which is stored as a whole or not at all. Not thread-safe. */
final class BatchCollector {

    static final int MAX_TRADES = 10_000;

    /** Two trades with the same sender id are the same trade. */
    private record SenderId(String ticker, String tradeId) {}

    private final List<Trade> trades = new ArrayList<>();
    private final ErrorList errors = new ErrorList();
    private int count;

    /** The JSON pointer of the next trade, such as {@code /0} for the first. */
    String nextPointer() {
        return "/" + count;
    }

    /** The errors so far, to which readers add. */
    ErrorList errors() {
        return errors;
    }

    /** Adds the next trade; empty counts an invalid trade.
     *
     * @throws ProblemException 413 if the batch has more than {@value #MAX_TRADES} trades */
    void add(Optional<Trade> trade) {
        count++;
        if (count > MAX_TRADES) {
            throw ProblemException.tooLarge("a batch must have at most " + MAX_TRADES + " trades");
        }
        trade.ifPresent(trades::add);
    }

    /** The trades of the batch.
     *
     * @throws ProblemException 422 with the first errors, or if the batch is empty; 409 if two trades are the same */
    List<Trade> finish() {
        if (count == 0) {
            errors.add(() -> InputError.at("", "empty_batch", "a batch must have at least one trade"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors.first(), errors.total());
        }
        requireDistinct();
        return trades;
    }

    private void requireDistinct() {
        Map<SenderId, Integer> seen = new HashMap<>();
        for (int i = 0; i < trades.size(); i++) {
            Trade trade = trades.get(i);
            Integer earlier = trade.tradeId().isEmpty()
                    ? null
                    : seen.putIfAbsent(new SenderId(trade.ticker(), trade.tradeId()), i);
            if (earlier != null) {
                int index = i;
                errors.add(() -> InputError.at(
                        "/" + index + "/trade_id",
                        "duplicate",
                        "trade_id '" + trade.tradeId() + "' of " + trade.ticker() + " is that of /" + earlier));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.contradictory(
                    (errors.total() == 1
                                    ? "a trade of the batch repeats"
                                    : errors.total() + " trades of the batch repeat")
                            + " an earlier one's trade_id",
                    errors.first(),
                    errors.total());
        }
    }
}

package io.tradeops.app.trade;

import io.tradeops.app.rest.InputError;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.core.trade.Trade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers the trades of a batch, of which all are taken or none. Not thread-safe. */
final class BatchCollector {

    static final int MAX_TRADES = 10_000;

    /** What makes two trades the same. */
    private record SenderId(String ticker, String tradeId) {}

    private final List<Trade> trades = new ArrayList<>();
    private final ErrorList errors = new ErrorList();
    private int count;

    /** The pointer of the next trade; indices count from 0. */
    String nextPointer() {
        return "/" + count;
    }

    /** Takes everything that is wrong with the trades. */
    ErrorList errors() {
        return errors;
    }

    /** Takes the next trade, or counts one that is none.
     *
     * @throws ProblemException 413 if there are too many */
    void add(Optional<Trade> trade) {
        count++;
        if (count > MAX_TRADES) {
            throw ProblemException.tooLarge("a batch must have at most " + MAX_TRADES + " trades");
        }
        trade.ifPresent(trades::add);
    }

    /** All of them.
     *
     * @throws ProblemException 422 with what is wrong with any of them or if there are none, 409 if two are the same */
    List<Trade> finish() {
        if (count == 0) {
            errors.add(InputError.at("", "empty_batch", "a batch must have at least one trade"));
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
                errors.add(InputError.at(
                        "/" + i + "/trade_id",
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
                    errors.first());
        }
    }
}

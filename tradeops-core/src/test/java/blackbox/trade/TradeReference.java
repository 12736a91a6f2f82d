package blackbox.trade;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A slow, obvious reference for validation: the violations as {@code field:code}, in the order of the fields. */
final class TradeReference {

    private static final Pattern TICKER = Pattern.compile(Ticker.PATTERN);
    private static final Pattern TRADE_ID = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,128}", Pattern.DOTALL);

    private TradeReference() {}

    static List<String> violations(RawTrade trade, Instant now) {
        List<String> found = new ArrayList<>();
        if (trade.ticker() == null) {
            found.add("ticker:required");
        } else if (!TICKER.matcher(trade.ticker()).matches()) {
            found.add("ticker:invalid_ticker");
        }
        addAmount(found, "price", trade.price());
        addAmount(found, "quantity", trade.quantity());
        if (trade.side() != null && !Set.of("buy", "sell").contains(trade.side())) {
            found.add("side:invalid_side");
        }
        if (trade.timestamp() != null) {
            addTimestamp(found, trade.timestamp(), now);
        }
        if (trade.tradeId() != null && !TRADE_ID.matcher(trade.tradeId()).matches()) {
            found.add("trade_id:invalid_trade_id");
        }
        return found;
    }

    private static void addAmount(List<String> found, String field, @Nullable String text) {
        if (text == null) {
            found.add(field + ":required");
            return;
        }
        long units = DecimalReference.units(text);
        if (FixedDecimal.isError(units)) {
            found.add(field + ":" + FixedDecimalTest.outcome(units));
        } else if (units <= 0) {
            found.add(field + ":not_positive");
        }
    }

    private static void addTimestamp(List<String> found, String text, Instant now) {
        long nanos = TimestampReference.nanos(text);
        if (nanos == EpochNanos.NOT_A_TIMESTAMP) {
            found.add("timestamp:invalid_timestamp");
        } else if (nanos == EpochNanos.OUT_OF_RANGE
                || Instant.ofEpochSecond(0, nanos).isAfter(now.plus(Duration.ofMinutes(5)))) {
            found.add("timestamp:out_of_range");
        } else if (nanos % 1000 != 0) {
            found.add("timestamp:timestamp_too_precise");
        }
    }
}

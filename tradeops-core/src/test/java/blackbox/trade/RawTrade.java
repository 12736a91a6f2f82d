package blackbox.trade;

import org.jspecify.annotations.Nullable;

/** A trade as a sender gave it; {@code null} is a field that was not given. */
record RawTrade(
        @Nullable String ticker,
        @Nullable String price,
        @Nullable String quantity,
        @Nullable String side,
        @Nullable String timestamp,
        @Nullable String tradeId) {}

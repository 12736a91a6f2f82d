/** Trade validation, price-move detection, averaging and CSV analysis with exact decimals and no dependencies. */
@org.jspecify.annotations.NullMarked
module io.tradeops.core {
    requires static org.jspecify;

    exports io.tradeops.core.trade;
    exports io.tradeops.core.window;
    exports io.tradeops.core.average;
    exports io.tradeops.core.csv;
}

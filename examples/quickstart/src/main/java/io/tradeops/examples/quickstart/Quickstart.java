package io.tradeops.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.csv.AnalysisCsv;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.Trade;
import io.tradeops.core.trade.TradeValidator;
import io.tradeops.core.trade.ValidationResult;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Validates trades, detects price moves, averages prices, and analyses a file. */
public final class Quickstart {

    private static final String CSV = """
            ticker,price,quantity,side,timestamp
            AAPL,187.12,100,buy,2026-11-20T14:30:00Z
            AAPL,191.05,50,sell,2026-11-20T14:30:41Z
            AAPL,-1,50,sell,2026-11-20T14:31:00Z
            """;

    private Quickstart() {}

    /** Prints the results for three trades. */
    public static void main(String[] arguments) throws IOException {
        run(System.out);
    }

    static void run(PrintStream out) throws IOException {
        TradeValidator validator = TradeValidator.create();
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        PriceAverager averager = new PriceAverager(Duration.ofMinutes(5));
        Instant now = Instant.parse("2026-11-20T14:40:00Z");
        List<String> rows = CSV.lines().skip(1).toList();
        for (int seq = 1; seq <= rows.size(); seq++) {
            String[] field = rows.get(seq - 1).split(",", -1);
            ValidationResult result = validator.check(field[0], field[1], field[2], field[3], field[4], null, now);
            if (result instanceof ValidationResult.Invalid invalid) {
                invalid.violations().forEach(violation -> out.println("refused: " + violation.detail()));
            } else if (result instanceof ValidationResult.Valid valid) {
                Trade trade = valid.trade();
                long time = EpochNanos.of(trade.timestamp());
                averager.add(time, trade.priceUnits(), trade.quantityUnits(), seq);
                detector.onTick(time, trade.priceUnits(), seq)
                        .ifPresent(move -> out.println(trade.ticker() + " moved " + move.changePercent() + " %"));
            }
        }
        averager.close(now).forEach(average -> out.println("average " + average.averagePrice()));
        AnalysisCsv.write(TradeCsvAnalyzer.create().analyze(CSV.getBytes(UTF_8)).tickers(), out);
    }
}

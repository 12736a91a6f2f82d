package blackbox.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.average.KeyedPriceAverager;
import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.average.TimeWindows;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.TradeBytes;
import io.tradeops.core.trade.TradeValidator;
import io.tradeops.core.window.KeyedPriceMoveDetector;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Measures the operations that promise to allocate nothing. */
class AllocationTest {

    private static final int OPERATIONS = 1_000;
    private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
    private static final TradeValidator VALIDATOR = TradeValidator.create();

    private long sink;
    private long seq;

    @Test
    void measuresAllocations() {
        assertThat(AllocatedBytes.perRound(() -> sink += new byte[1_000].length))
                .isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void parsingADecimalAllocatesNothing() {
        byte[] bytes = "1187.12345678".getBytes(StandardCharsets.US_ASCII);

        assertThat(bytesPerRound(() -> sink += FixedDecimal.tryParse("187.1234")))
                .isZero();
        assertThat(bytesPerRound(() -> sink += FixedDecimal.tryParse("-187.1234e-2")))
                .isZero();
        assertThat(bytesPerRound(() -> sink += FixedDecimal.tryParse(bytes, 1, 12)))
                .isZero();
    }

    @Test
    void validatingTextAllocatesNothing() {
        assertThat(bytesPerRound(() -> sink += VALIDATOR
                        .validate("AAPL", "187.1234", "100", "buy", "2026-11-20T14:30:00.123456Z", "ext-42", NOW)
                        .size()))
                .isZero();
    }

    @Test
    void validatingBytesAllocatesNothing() {
        byte[] line = "AAPL,187.12,100,buy,2026-11-20T14:30:00Z,42".getBytes(StandardCharsets.UTF_8);
        TradeBytes trade = new TradeBytes();

        assertThat(bytesPerRound(() -> {
                    trade.clear().ticker(line, 0, 4).price(line, 5, 11).quantity(line, 12, 15);
                    trade.side(line, 16, 19).timestamp(line, 20, 40).tradeId(line, 41, 43);
                    sink += VALIDATOR.validate(trade, NOW).size();
                }))
                .isZero();
    }

    @Test
    void validatingValuesAllocatesNothing() {
        BigDecimal price = new BigDecimal("187.1234");
        BigDecimal quantity = new BigDecimal("100");

        assertThat(bytesPerRound(() -> sink += VALIDATOR
                        .validateValues("AAPL", price, quantity, NOW, "ext-42", NOW)
                        .size()))
                .isZero();
    }

    @Test
    void evaluatingATickOfOneTickerAllocatesNothing() {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());

        assertThat(bytesPerRound(() -> {
                    seq++;
                    sink += detector.onTick(seq * 100_000_000, price(seq), seq).isPresent() ? 1 : 0;
                }))
                .isZero();
    }

    @Test
    void evaluatingTicksOutOfOrderAllocatesNothing() {
        PriceMoveRule rule = PriceMoveRule.parse("up>5%/60s");
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(rule)
                .allowedLateness(Duration.ofSeconds(10))
                .build();

        assertThat(bytesPerRound(() -> {
                    seq++;
                    long late = seq % 5 == 0 ? seq * 7919 % 10_000_000_000L : 0;
                    sink += detector.onTick("AAPL", seq * 100_000_000 + 10_000_000_000L - late, price(seq), seq)
                            .size();
                }))
                .isZero();
    }

    @Test
    void evaluatingATickOfManyTickersAndRulesAllocatesNothing() {
        PriceMoveRule up = PriceMoveRule.riseOfTwoPercentInOneMinute();
        PriceMoveRule down = new PriceMoveRule(Direction.DOWN, BigDecimal.valueOf(5), Duration.ofSeconds(10));
        KeyedPriceMoveDetector detector =
                KeyedPriceMoveDetector.builder(up, down).build();
        String[] tickers = {"AAPL", "MSFT", "BTC/USD"};

        assertThat(bytesPerRound(() -> {
                    seq++;
                    String ticker = tickers[(int) (seq % 3)];
                    sink += detector.onTick(ticker, seq * 100_000_000, price(seq), seq)
                            .size();
                }))
                .isZero();
    }

    @Test
    void averagingATickOfAnOpenWindowAllocatesNothing() {
        PriceAverager averager = new PriceAverager(TimeWindows.of(Duration.ofDays(1)), 10, Duration.ofDays(10));

        assertThat(bytesPerRound(() -> {
                    seq++;
                    averager.add(seq % 3 * 86_400_000_000_000L, FixedDecimal.MAX_UNITS, FixedDecimal.MAX_UNITS, seq);
                }))
                .isZero();
    }

    @Test
    void averagingATickOfAFeedThatMovesOnAllocatesNothing() {
        PriceAverager averager = new PriceAverager(Duration.ofDays(366));

        assertThat(bytesPerRound(() -> {
                    seq++;
                    averager.add(seq * 10_000_000_000L, price(seq), seq % 2, seq);
                }))
                .isZero();
    }

    @Test
    void averagingATickOfManyTickersAllocatesNothing() {
        KeyedPriceAverager averager =
                KeyedPriceAverager.builder(TimeWindows.of(Duration.ofDays(200))).build();
        String[] tickers = {"AAPL", "MSFT", "BTC/USD"};

        assertThat(bytesPerRound(() -> {
                    seq++;
                    long outOfOrder = seq % 5 * 300_000_000;
                    averager.add(tickers[(int) (seq % 3)], seq * 10_000_000_000L + outOfOrder, price(seq), 1, seq);
                    sink += averager.close().size();
                }))
                .isZero();
    }

    @Test
    void averagingTicksOfTwoOpenWindowsOfManyTickersAllocatesNothing() {
        KeyedPriceAverager averager = KeyedPriceAverager.builder(TimeWindows.of(Duration.ofMinutes(5)))
                .allowedLateness(Duration.ofMinutes(10))
                .build();
        String[] tickers = {"AAPL", "MSFT", "BTC/USD"};

        assertThat(bytesPerRound(() -> {
                    seq++;
                    averager.add(tickers[(int) (seq % 3)], seq % 2 * 300_000_000_000L, price(seq), 1, seq);
                    sink += averager.close().size();
                }))
                .isZero();
    }

    /** Prices that rise and fall by less than the thresholds of the rules. */
    private static long price(long seq) {
        return 1_000_000 + seq * 7919 % 15_000;
    }

    private static long bytesPerRound(Runnable operation) {
        return AllocatedBytes.perRound(() -> {
            for (int i = 0; i < OPERATIONS; i++) {
                operation.run();
            }
        });
    }
}

package io.tradeops.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.Program.Outcome;
import io.tradeops.app.support.TestConfig;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The output, the messages and the exit codes of the commands. */
class CommandLineIT {

    private static final String HEADER = "ticker,total_volume,average_price,vwap,trade_count,min_price,max_price,"
            + "first_price,last_price,total_notional\n";

    private static final String TRADE = """
            {"ticker":"AAPL","price":187.5,"quantity":100,"timestamp":"2026-11-20T14:30:00Z"}""";
    private static final String ANALYSIS = "AAPL,100,187.5,187.5,1,187.5,187.5,187.5,187.5,18750\n";

    @TempDir
    Path directory;

    @Test
    void analysisOfRealTradesEqualsTheSumsOfBigDecimals() throws Exception {
        Outcome kraken = run("analyze", data("kraken_xbtusdt_trades.csv").toString());
        Outcome binance = run(
                "analyze",
                "--ticker",
                "BTCUSDT",
                data("binance_BTCUSDT_trades_2021-01-08.csv").toString());

        assertThat(kraken.output()).isEqualTo(HEADER + reference("XBTUSDT", "kraken_xbtusdt_trades.csv", 3, 4));
        assertThat(binance.output())
                .isEqualTo(HEADER + reference("BTCUSDT", "binance_BTCUSDT_trades_2021-01-08.csv", 1, 2));
        assertThat(kraken.exitCode()).isZero();
        assertThat(kraken.errors()).contains("1000 trades of 1 tickers, 0 rows rejected");
        assertThat(binance.errors()).contains("2001 trades of 1 tickers, 0 rows rejected");
    }

    @ParameterizedTest
    @CsvSource({"json,\"ticker\" : \"XBTUSDT\"", "table,ticker   ", "csv,'ticker,total_volume'"})
    void analysisIsPrintedInEachFormat(String format, String expected) throws Exception {
        Path output = directory.resolve("out");

        Outcome outcome = run(
                "analyze",
                "--format",
                format,
                "--output",
                output.toString(),
                data("kraken_xbtusdt_trades.csv").toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).isEmpty();
        assertThat(Files.readString(output)).contains(expected);
    }

    @Test
    void tooManyRejectedRowsFailTheAnalysisAndAreWritten() throws Exception {
        Path file = write("ticker,price,quantity\nA,1,1\nA,-1,1\n");
        Path rejects = directory.resolve("rejects.csv");

        Outcome strict = run("analyze", "--rejects", rejects.toString(), file.toString());
        Outcome lenient = run("analyze", "--max-reject-ratio", "0.5", file.toString());

        assertThat(strict.exitCode()).isEqualTo(1);
        assertThat(strict.output()).isEmpty();
        assertThat(strict.errors()).contains("1 of 2 rows are rejected");
        assertThat(Files.readString(rejects)).isEqualTo("line,reason,row\n3,price_not_positive,\"A,-1,1\"\n");
        assertThat(lenient.exitCode()).isZero();
    }

    @Test
    void fileWithoutAPriceColumnIsRefusedAndItsColumnsAreNamed() throws Exception {
        Outcome outcome = run("analyze", write("ticker,amount,when\nA,1,1\n").toString());

        assertFailed(outcome, "price", "when");
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyze", "replay"})
    void missingFileIsNamed(String command) throws Exception {
        assertFailed(run(command, "missing.csv"), "missing.csv");
    }

    @ParameterizedTest
    @CsvSource({"analyze,1", "replay,1", "export,2", "monitor,2", "'',2"})
    void textOfOthersInAMessageReachesNoTerminalUnescaped(String command, int exitCode) throws Exception {
        String forged = "a\u001b[2J\nforged\u007f";

        Outcome outcome = command.isEmpty() ? run(forged) : run(command, forged);

        assertThat(outcome.exitCode()).isEqualTo(exitCode);
        assertThat(outcome.errors()).contains("a\\u001b[2J\\u000aforged\\u007f");
        assertThat(outcome.errors().replaceAll("\\R", "").chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void replayPrintsAlertsAsJsonLines() throws Exception {
        Path file = write("""
                ticker,price,quantity,timestamp
                A,100,1,2026-11-20T14:30:00Z
                B,100,1,2026-11-20T14:30:00Z
                B,102,1,2026-11-20T14:30:59Z
                A,102.01,1,2026-11-20T14:31:00Z
                A,103,1,2026-11-20T14:31:00.5Z
                """);

        Outcome outcome = run("replay", file.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output().lines()).hasSize(1);
        assertThat(outcome.output())
                .contains("\"ticker\":\"A\",\"rule\":\"up>2%/60s\",\"step\":1,\"change_percent\":2.01,"
                        + "\"reference\":{\"price\":100,\"timestamp\":\"2026-11-20T14:30:00Z\",\"seq\":1},"
                        + "\"trigger\":{\"price\":102.01,\"timestamp\":\"2026-11-20T14:31:00Z\",\"seq\":4}");
        assertThat(outcome.errors()).contains("5 trades, 1 alerts, 0 rows rejected");
    }

    @Test
    void rejectsDoNotOverwriteTheInput() throws Exception {
        Path file = write("ticker,price,quantity\nA,1,1\n");

        Outcome outcome = run("analyze", "--rejects", file.toString(), file.toString());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(Files.size(file)).isPositive();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /dev/full")
    void failureToWriteTheOutputIsExitCodeOne() throws Exception {
        Path file = write("ticker,price,quantity\nA,1,1\n");
        Process process = Program.start(directory, Map.of(), "analyze", "--output", "/dev/full", file.toString());

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }

    @Test
    void replayFollowsTheAlertSettings() throws Exception {
        Path file = write("ticker,price,quantity,timestamp\nA,100,1,1795703400\nA,99,1,1795703401\n");

        Outcome outcome = Program.run(
                directory,
                Map.of("TRADEOPS_ALERT_PERCENT", "0.5", "TRADEOPS_ALERT_DIRECTION", "both"),
                "replay",
                file.toString());

        assertThat(outcome.output()).contains("\"rule\":\"down>0.5%/60s\",\"step\":1,\"change_percent\":-1,");
    }

    @Test
    void optionsOfReplayReplaceTheAlertSettings() throws Exception {
        Path file = write("""
                ticker,price,quantity,timestamp
                A,100,1,2026-11-20T14:30:00Z
                A,101.5,1,2026-11-20T14:30:01Z
                A,100.9,1,2026-11-20T14:30:02Z
                A,101.6,1,2026-11-20T14:30:03Z
                A,102.7,1,2026-11-20T14:30:04Z
                """);

        Outcome byDefault = run("replay", "--percent", "1", file.toString());
        Outcome eager = run("replay", "--percent", "1", "--hysteresis", "0.1", "--window", "PT30S", file.toString());
        Outcome wrong = run("replay", "--percent", "1", "--hysteresis", "2", file.toString());

        assertThat(steps(byDefault))
                .containsExactly("\"rule\":\"up>1%/60s\",\"step\":1", "\"rule\":\"up>1%/60s\",\"step\":2");
        assertThat(steps(eager))
                .containsExactly(
                        "\"rule\":\"up>1%/30s\",\"step\":1",
                        "\"rule\":\"up>1%/30s\",\"step\":1", "\"rule\":\"up>1%/30s\",\"step\":2");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.errors()).contains("--hysteresis").contains("2");
    }

    private static List<String> steps(Outcome outcome) {
        return outcome.output()
                .lines()
                .map(line -> line.substring(line.indexOf("\"rule\""), line.indexOf(",\"change_percent")))
                .toList();
    }

    @Test
    void replayFailsIfTooManyRowsAreRejected() throws Exception {
        Path file =
                write("ticker,price,quantity,timestamp\nA,100,1,2026-11-20T14:30:00Z\nA,ten,1,2026-11-20T14:30:01Z\n");

        assertFailed(
                run("replay", file.toString()), "1 of 2 rows are rejected", "price_not_a_number 1 (first in line 3)");
        assertThat(run("replay", "--max-reject-ratio", "0.5", file.toString()).exitCode())
                .isZero();
    }

    @Test
    void optionsSayWhatAFileDoesNot() throws Exception {
        Path file = write("day;at;px;last;n\n20261120;09:30:00;10;11;2\n");

        Outcome outcome = run(
                "analyze",
                "--delimiter",
                ";",
                "--map",
                "price=px",
                "--map",
                "quantity=n",
                "--map",
                "timestamp=day+at",
                "--zone",
                "America/New_York",
                "--ticker",
                "X",
                file.toString());

        assertThat(outcome.output()).contains("X,2,10,10,1,10,10,10,10,20");
        assertThat(run("analyze", "--map", "cost=px", file.toString()).exitCode())
                .isEqualTo(2);
        assertThat(run("analyze", "--zone", "Mars", file.toString()).exitCode()).isEqualTo(2);
        assertThat(run("analyze", "--delimiter", ":", file.toString()).exitCode())
                .isEqualTo(2);
    }

    @Test
    void configPrintsEachValueAndItsOriginAndMasksSecrets() throws Exception {
        Files.writeString(directory.resolve(".env"), "TRADEOPS_PORT=9090\nTRADEOPS_HOST=127.0.0.2\n");

        Outcome outcome = Program.run(
                directory, Map.of("TRADEOPS_PORT", "9191", "TRADEOPS_DATABASE_PASSWORD", "s3cret"), "config");

        assertThat(outcome.output())
                .contains("TRADEOPS_PORT=9191  # environment")
                .contains("TRADEOPS_HOST=127.0.0.2  # .env")
                .contains("TRADEOPS_DASHBOARD_PORT=8000  # default")
                .contains("TRADEOPS_DATABASE_PASSWORD=********  # environment")
                .doesNotContain("s3cret");
    }

    @Test
    void wrongUsageIsExitCodeTwo() throws Exception {
        assertThat(run().exitCode()).isEqualTo(2);
        assertThat(run("fly").exitCode()).isEqualTo(2);
        assertThat(run("analyze").exitCode()).isEqualTo(2);
        assertThat(run("export", "tomorrow").exitCode()).isEqualTo(2);
        assertThat(run("analyze", "--help").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"TRADEOPS_PORT,TRADEOPS_DASHBOARD_PORT", "TRADEOPS_DASHBOARD_PORT,TRADEOPS_PORT"})
    void portInUseIsNamedBeforeAnythingIsStarted(String variable, String other) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertFailed(Program.run(directory, Map.of(variable, port, other, "0"), "serve"), port, variable);
        }
        assertThat(directory.resolve(".tradeops")).doesNotExist();
    }

    @Test
    void networkAddressWithoutKeysIsRefusedBeforeADatabaseIsStarted() throws Exception {
        assertFailed(Program.run(directory, Map.of("TRADEOPS_HOST", "0.0.0.0"), "serve"), "0.0.0.0", "keys create");
        assertThat(directory.resolve(".tradeops")).doesNotExist();
    }

    @Test
    void embeddedBucketIsReadByItsNameWithAndWithoutARunningServer() throws Exception {
        String source = "s3://tradeops/2026/11/20/trades.csv";
        Path data = directory.resolve(".tradeops");
        try (TradeOpsServer server = TradeOpsServer.start(TestConfig.in(data))) {
            Client client = new Client(server.uri());
            assertThat(client.post("trades/", TRADE).status()).isEqualTo(201);
            assertThat(run("export", "2026-11-20").errors()).contains("exported " + source);
            assertThat(run("analyze", source).output()).isEqualTo(HEADER + ANALYSIS);
            assertThat(run("analyze", "2026-11-20").output()).isEqualTo(HEADER + ANALYSIS);
        }
        assertThat(run("analyze", source).output()).isEqualTo(HEADER + ANALYSIS);
        assertFailed(run("analyze", "s3://tradeops/nosuch.csv"), "there is no object s3://tradeops/nosuch.csv");
    }

    @Test
    void missingAwsSettingIsNamed() throws Exception {
        Map<String, String> nowhere = Map.of("AWS_EC2_METADATA_DISABLED", "true", "HOME", directory.toString());
        Map<String, String> region = new HashMap<>(nowhere);
        region.put("AWS_REGION", "eu-west-1");

        assertFailed(Program.run(directory, nowhere, "analyze", "s3://b/k.csv"), "no AWS region", "AWS_REGION");
        assertFailed(Program.run(directory, region, "analyze", "s3://b/k.csv"), "no AWS cred", "AWS_ACCESS_KEY_ID");
    }

    @Test
    void unreachableDatabaseIsNamed() throws Exception {
        Outcome outcome = Program.run(
                directory,
                Map.of(
                        "TRADEOPS_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/nowhere",
                        "TRADEOPS_PORT", "0",
                        "TRADEOPS_DASHBOARD_PORT", "0"),
                "serve");

        assertFailed(outcome, "jdbc:postgresql://127.0.0.1:1/nowhere", "refused");
    }

    @Test
    void unreachableBucketIsNamed() throws Exception {
        Outcome outcome = Program.run(
                directory,
                Map.of(
                        "TRADEOPS_BUCKET", "no-such-bucket",
                        "TRADEOPS_PORT", "0",
                        "TRADEOPS_DASHBOARD_PORT", "0",
                        "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1",
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "x",
                        "AWS_SECRET_ACCESS_KEY", "x"),
                "serve");

        assertFailed(outcome, "no-such-bucket");
    }

    @ParameterizedTest
    @CsvSource({
        "TRADEOPS_PORT,eighty",
        "TRADEOPS_ALERT_PERCENT,two",
        "TRADEOPS_ALERT_WINDOW,60",
        "TRADEOPS_ALERT_DIRECTION,sideways",
        "TRADEOPS_ALERT_COOLDOWN,P9D",
        "TRADEOPS_MAX_REJECT_RATIO,2",
        "TRADEOPS_FEED_URL,http://example.com",
        "TRADEOPS_LOG_FORMAT,xml",
        "TRADEOPS_LOG_LEVEL,loud",
        "TRADEOPS_HOST,0.0.0.0"
    })
    void invalidSettingIsNamedWithItsValue(String variable, String value) throws Exception {
        assertFailed(Program.run(directory, Map.of(variable, value), "serve"), variable, value);
    }

    private Outcome run(String... arguments) throws Exception {
        return Program.run(directory, Map.of(), arguments);
    }

    private Path write(String csv) throws Exception {
        return Files.writeString(directory.resolve("trades.csv"), csv);
    }

    private static void assertFailed(Outcome outcome, String... parts) {
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(1);
        assertThat(outcome.errors()).contains(parts).doesNotContain("\tat ", "Exception in thread");
        assertThat(outcome.output()).isEmpty();
    }

    private static Path data(String name) throws Exception {
        URL url = Objects.requireNonNull(CommandLineIT.class.getResource("/data/" + name), name);
        return Path.of(url.toURI());
    }

    /**
     * Calculates a line of the analysis with {@code BigDecimal}. The file must have no quotes and must be in the order
     * of time.
     */
    private static String reference(String ticker, String file, int priceColumn, int quantityColumn) throws Exception {
        List<String[]> rows = Files.readAllLines(data(file)).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
        List<BigDecimal> prices =
                rows.stream().map(row -> new BigDecimal(row[priceColumn])).toList();
        BigDecimal sum = prices.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal notional = BigDecimal.ZERO;
        for (String[] row : rows) {
            BigDecimal quantity = new BigDecimal(row[quantityColumn]);
            volume = volume.add(quantity);
            notional = notional.add(quantity.multiply(new BigDecimal(row[priceColumn])));
        }
        BigDecimal count = BigDecimal.valueOf(rows.size());
        return String.join(
                        ",",
                        ticker,
                        plain(volume),
                        plain(sum.divide(count, 8, RoundingMode.HALF_EVEN)),
                        plain(notional.divide(volume, 8, RoundingMode.HALF_EVEN)),
                        plain(count),
                        plain(prices.stream().min(BigDecimal::compareTo).orElseThrow()),
                        plain(prices.stream().max(BigDecimal::compareTo).orElseThrow()),
                        plain(prices.get(0)),
                        plain(prices.get(prices.size() - 1)),
                        plain(notional))
                + "\n";
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}

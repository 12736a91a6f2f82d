package io.tradeops.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.support.Program;
import io.tradeops.app.support.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong usage gives one line in plain words and exit code 2, and starts nothing. */
class WrongUsageIT {

    @TempDir
    static Path directory;

    @BeforeAll
    static void write() throws Exception {
        Files.writeString(directory.resolve("t.csv"), "ticker,price,quantity\nA,1,1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`', // the messages contain quotes
            value = {
                "analyze --threads abc t.csv          | '--threads': 'abc' is not a whole number from 1",
                "analyze --threads 0 t.csv            | '--threads': '0' is not a whole number from 1",
                "analyze --threads 99999999999 t.csv  | '--threads': '99999999999' is not a whole number",
                "analyze --max-reject-ratio abc t.csv | '--max-reject-ratio': 'abc' is not a number from 0 to 1",
                "analyze --max-reject-ratio 1.1 t.csv | '--max-reject-ratio': '1.1' is not a number from 0 to 1",
                "analyze --max-reject-ratio 1e1000000000 t.csv | '--max-reject-ratio': '1e1000000000'",
                "analyze --max-reject-ratio 1e-1000000000 t.csv | '--max-reject-ratio': '1e-1000000000'",
                "analyze --format xml t.csv           | '--format': expected one of",
                "analyze --ticker !! t.csv            | '--ticker': '!!' is not a ticker",
                "analyze --ticker-from-name t.csv     | --ticker-from-name: file name 't.csv'",
                "analyze --columns a,b t.csv          | --columns: no column ticker",
                "analyze --output= t.csv              | '--output': '' is not a file's name",
                "analyze --rejects x --output ./x t.csv | --rejects and --output are the same file",
                "analyze 2026-13-01                   | '2026-13-01' is not a date, and there is no such file",
                "analyze s3://bucket                  | 's3://bucket' is not a file, s3://BUCKET/KEY or a date",
                "analyze a b                          | unexpected argument 'b'",
                "replay --ticker !! t.csv             | '--ticker': '!!' is not a ticker",
                "replay --columns a,b t.csv           | --columns: no column ticker",
                "feed --speed 0                       | '--speed': '0' is not a number above 0",
                "feed --speed -1                      | '--speed': '-1' is not a number above 0",
                "feed --speed NaN                     | '--speed': 'NaN' is not a number above 0",
                "feed --speed 1000001                 | '--speed': '1000001' is not a number above 0",
                "feed --speed 2                       | --speed is for --scenario and --replay",
                "feed --ticker A                      | --columns are for --replay",
                "feed --first-seq 0                   | '--first-seq': '0' is not a whole number from 1",
                "feed --first-seq abc                 | '--first-seq': 'abc' is not a whole number from 1",
                "feed --scenario nosuch               | '--scenario': there is no scenario or file 'nosuch'",
                "feed --scenario ramp --replay t.csv  | mutually exclusive",
                "monitor notaurl                      | URL: 'notaurl' is not a feed's address (ws://",
                "monitor http://feed.example          | URL: 'http://feed.example' is not a feed's address",
                "monitor ws:///prices                 | URL: 'ws:///prices' is not a feed's address",
                "monitor ws://h:99999/                | URL: 'ws://h:99999/' is not a feed's address",
                "monitor                              | give a URL or set TRADEOPS_FEED_URL",
                "export today                         | DATE: 'today' is not a date (YYYY-MM-DD)",
                "export 2026-02-30                    | DATE: '2026-02-30' is not a date (YYYY-MM-DD)",
                "keys create --name= --scope read     | '--name': '' is not a name",
                "keys create --name a --scope fly     | 'fly' is not a scope (read, write or admin)",
                "keys create --name a --scope read --expires nosuch     | 'nosuch' is neither a date",
                "keys create --name a --scope read --expires 2020-01-01 | '2020-01-01' is not in the future",
                "keys create --name a --scope read --expires P9000000D  | 'P9000000D' is after the year 9999",
                "keys fly                             | there is no command 'fly'",
                "fly                                  | there is no command 'fly'",
                "serve --port 1                       | Unknown options: '--port'"
            })
    void errorIsOneLineInPlainWords(String line, String message) throws Exception {
        Outcome outcome = Program.run(directory, Map.of(), line.split(" "));

        assertThat(outcome.errors().lines().findFirst().orElse(""))
                .startsWith("tradeops: ")
                .contains(message)
                .doesNotContainPattern("java|\\b(int|long|double|BigDecimal|LocalDate|Exception|index)\\b");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).isEmpty();
        assertThat(directory.resolve(".tradeops")).doesNotExist();
    }

    @Test
    void nextLineNamesTheHelp() throws Exception {
        assertThat(Program.run(directory, Map.of(), "keys", "create").errors())
                .endsWith("'tradeops keys create --help' shows the usage\n");
    }

    @Test
    void invalidSettingIsAFailureAndNotWrongUsage() throws Exception {
        Outcome outcome = Program.run(directory, Map.of("TRADEOPS_FEED_URL", "notaurl"), "monitor");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errors()).contains("TRADEOPS_FEED_URL", "'notaurl'");
    }
}

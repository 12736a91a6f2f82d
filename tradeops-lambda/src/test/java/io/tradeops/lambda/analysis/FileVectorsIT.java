package io.tradeops.lambda.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import blackbox.csv.FileOptions;
import blackbox.csv.FileVector;
import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.lambda.LocalS3;
import io.tradeops.lambda.analysis.AnalysisOutcome.Failed;
import io.tradeops.lambda.analysis.AnalysisOutcome.Reason;
import io.tradeops.lambda.bucket.TradeBucket;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The core's cases of whole files that need no options, as the days of a bucket. */
@Timeout(120)
class FileVectorsIT {

    private static LocalS3 s3;
    private static TradeBucket bucket;
    private static LocalDate nextDate = LocalDate.of(2026, 1, 1);

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        s3 = LocalS3.in(directory);
        bucket = s3.newBucket("trades");
    }

    @AfterAll
    static void stop() {
        bucket.close();
        s3.close();
    }

    static Stream<FileVector> vectors() {
        return Stream.concat(FileVector.plain(), FileVector.packed())
                .filter(vector -> vector.options().equals(FileOptions.NONE));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void dayHasTheAnalysisAndTheRejectsOfTheVector(FileVector vector) throws Exception {
        nextDate = nextDate.plusDays(1);
        DailyTradeFile day = DailyTradeFile.of(nextDate);
        bucket.put(day.tradesKey(), vector.file(), "text/csv", Map.of());

        AnalysisOutcome outcome = new DailyAnalysis(bucket, BigDecimal.ONE).analyze(day);

        if (vector.error().isEmpty()) {
            StoredAnalysis analysis = outcome.orElseThrow();
            assertThat(text(day.analysisKey()).lines().skip(1)).containsExactlyElementsOf(vector.analysis());
            assertThat(analysis.rejected()).isEqualTo(vector.rejects().size());
            assertThat(rejects(day)).isEqualTo(reasons(vector));
        } else {
            Failed failed = (Failed) outcome;
            assertThat(failed.reason()).isEqualTo(Reason.UNREADABLE_FILE);
            assertThat(failed.message()).startsWith("s3://trades/" + day.tradesKey() + ": line " + vector.error());
            assertThat(bucket.head(day.analysisKey())).isEmpty();
        }
    }

    /** The line and the reason of each rejected row. */
    private static List<String> reasons(FileVector vector) {
        return vector.rejects().stream().map(FileVectorsIT::lineAndReason).toList();
    }

    private static List<String> rejects(DailyTradeFile day) throws IOException {
        if (bucket.head(day.rejectsKey()).isEmpty()) {
            return List.of();
        }
        return text(day.rejectsKey())
                .lines()
                .filter(line -> line.matches("[0-9]+,[a-z0-9_+]+,.*"))
                .map(FileVectorsIT::lineAndReason)
                .toList();
    }

    private static String lineAndReason(String reject) {
        return reject.substring(0, reject.indexOf(',', reject.indexOf(',') + 1));
    }

    private static String text(String key) throws IOException {
        return new String(bucket.open(key).orElseThrow().readAllBytes(), UTF_8);
    }
}

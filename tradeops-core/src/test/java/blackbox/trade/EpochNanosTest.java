package blackbox.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.trade.EpochNanos;
import java.time.Instant;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochNanosTest {

    private static final int RANDOM_CASES = 200_000;
    private static final long LAST_SECOND = 9_223_372_035L;

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00:00.000000001Z, 1",
        "1970-01-01T00:00:01.5Z, 1500000000",
        "2026-11-20T14:30:00.123456Z, 1795185000123456000",
        "2026-11-20T15:30:00.123456+01:00, 1795185000123456000",
        "2026-11-20T14:30:00-00:00, 1795185000000000000",
        "2262-04-11T23:47:15.999999999Z, 9223372035999999999",
        "2262-04-11T23:47:16Z, -2",
        "1969-12-31T23:59:59.999999999Z, -2",
        "2026-11-20T14:30:00.1234567891Z, -1",
        "2026-02-30T14:30:00Z, -1"
    })
    void parsesTimestamps(String text, long expected) {
        assertThat(EpochNanos.tryParse(text)).isEqualTo(expected);
        assertThat(TimestampReference.nanos(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2016-12-31T23:59:60Z, true",
        "2017-01-01T00:59:60.5+01:00, true",
        "2016-12-31T23:59:61Z, false",
        "2016-12-31T23:59:59Z, false",
        "2016-13-31T23:59:60Z, false",
        "2016-12-31T23:59:60, false",
        "2016-12-31T23:59:60X, false",
        "60, false",
        "'', false"
    })
    void recognisesLeapSeconds(String text, boolean leap) {
        assertThat(EpochNanos.isLeapSecond(text)).isEqualTo(leap);
        assertThat(leap && EpochNanos.tryParse(text) != EpochNanos.NOT_A_TIMESTAMP)
                .isFalse();
    }

    @Test
    void agreesWithTheReferenceOnRandomTexts() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < RANDOM_CASES; i++) {
            String text = randomText(random);
            long expected = TimestampReference.nanos(text);
            if (EpochNanos.tryParse(text) != expected) {
                assertThat(EpochNanos.tryParse(text)).as(text).isEqualTo(expected);
            }
        }
    }

    @Test
    void parsesEveryDay() {
        for (long second = 0; second <= LAST_SECOND; second += 86_400) {
            Instant day = Instant.ofEpochSecond(second);
            assertThat(EpochNanos.tryParse(day.toString())).isEqualTo(EpochNanos.of(day));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "2026-11-20T14:30:00.100Z, 2026-11-20T14:30:00.1Z",
        "2026-11-20T14:30:00.000000001Z, 2026-11-20T14:30:00.000000001Z"
    })
    void formatsWithAsFewDecimalsAsPossible(Instant instant, String expected) {
        assertThat(EpochNanos.format(instant)).isEqualTo(expected);
        assertThat(EpochNanos.tryParse(expected)).isEqualTo(EpochNanos.of(instant));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999_999_999, 1_000_000_000, 1_795_185_000_123_456_789L, 9_223_372_035_999_999_999L})
    void convertsBothWays(long nanos) {
        assertThat(EpochNanos.of(EpochNanos.toInstant(nanos))).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0",
        "999, 0",
        "1000, 1000",
        "1795185000123456789, 1795185000123456000",
        "9223372035999999999, 9223372035999999000",
        "-1, -1000",
        "-1000, -1000",
        "-1001, -2000"
    })
    void roundsDownToMicroseconds(long nanos, long expected) {
        assertThat(EpochNanos.truncateToMicros(nanos)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999999999Z", "2262-04-11T23:47:16Z", "+10000-01-01T00:00:00Z"})
    void rejectsInstantsOutOfRange(Instant instant) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EpochNanos.of(instant))
                .withMessageContaining(instant.toString());
    }

    private static String randomText(SplittableRandom random) {
        Instant instant = Instant.ofEpochSecond(
                random.nextLong(-10L * 365 * 86_400, LAST_SECOND + 100 * 86_400), random.nextInt(1_000_000_000));
        StringBuilder text = new StringBuilder(instant.toString());
        if (random.nextInt(3) == 0) {
            text.setLength(text.length() - 1);
            text.append(random.nextInt(2) == 0 ? '+' : '-')
                    .append(random.nextInt(3))
                    .append(random.nextInt(10))
                    .append(':')
                    .append(random.nextInt(7))
                    .append(random.nextInt(10));
        }
        if (random.nextInt(2) == 0) {
            int at = random.nextInt(text.length());
            text.setCharAt(at, "0123456789TtZz:-+. /".charAt(random.nextInt(20)));
        }
        if (random.nextInt(16) == 0) {
            text.setLength(random.nextInt(text.length()));
        }
        return text.toString();
    }

    @Test
    void formatAgreesWithTheJdkButForTrailingZeros() {
        Random random = new Random(7);
        int[] units = {1, 1_000, 1_000_000, 100_000_000, 1_000_000_000};
        for (int i = 0; i < 100_000; i++) {
            int unit = units[random.nextInt(units.length)];
            int nanos = random.nextInt(1_000_000_000);
            Instant instant =
                    Instant.ofEpochSecond(Math.floorMod(random.nextLong(), 9_223_372_036L), nanos - nanos % unit);

            String expected = instant.toString().replaceFirst("(\\.\\d*[1-9])0+Z$", "$1Z");

            assertThat(EpochNanos.format(instant)).isEqualTo(expected);
        }
    }
}

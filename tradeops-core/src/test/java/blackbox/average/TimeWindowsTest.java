package blackbox.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.average.TimeWindow;
import io.tradeops.core.average.TimeWindows;
import io.tradeops.core.trade.EpochNanos;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWindowsTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    @Test
    void windowIncludesItsStartAndExcludesItsEnd() {
        Instant start = Instant.parse("2026-11-20T14:30:00Z");
        TimeWindow window = TimeWindow.containing(Instant.parse("2026-11-20T14:34:59.999999999Z"), FIVE_MINUTES);

        assertThat(window).isEqualTo(new TimeWindow(start, FIVE_MINUTES));
        assertThat(TimeWindow.containing(start, FIVE_MINUTES)).isEqualTo(window);
        assertThat(window.end()).isEqualTo("2026-11-20T14:35:00Z");
        assertThat(window.contains(start)).isTrue();
        assertThat(window.contains(window.end().minusNanos(1))).isTrue();
        assertThat(window.contains(window.end())).isFalse();
        assertThat(window.contains(start.minusNanos(1))).isFalse();
        assertThat(TimeWindow.containing(window.end(), FIVE_MINUTES)).isEqualTo(window.next());
    }

    @ParameterizedTest
    @CsvSource({
        "PT24H, PT5H, 2026-11-20T04:59:59.999999999Z, 2026-11-19T05:00:00Z",
        "PT24H, PT5H, 2026-11-20T05:00:00Z, 2026-11-20T05:00:00Z",
        "PT24H, PT5H, 1970-01-01T00:00:00Z, 1969-12-31T05:00:00Z",
        "PT1H, PT30M, 2026-11-20T14:29:59Z, 2026-11-20T13:30:00Z",
        "PT1H, PT30M, 2026-11-20T14:30:00Z, 2026-11-20T14:30:00Z",
        "PT5M, PT0S, 2262-04-11T23:47:15.999999999Z, 2262-04-11T23:45:00Z"
    })
    void offsetMovesTheWindows(Duration width, Duration offset, Instant instant, Instant start) {
        assertThat(TimeWindows.of(width, offset).containing(instant)).isEqualTo(new TimeWindow(start, width));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-07T05:00:00Z, 2026-03-07T05:00:00Z, PT24H",
        "2026-03-08T04:59:59.999Z, 2026-03-07T05:00:00Z, PT24H",
        "2026-03-08T05:00:00Z, 2026-03-08T05:00:00Z, PT23H",
        "2026-03-09T03:59:59.999Z, 2026-03-08T05:00:00Z, PT23H",
        "2026-03-09T04:00:00Z, 2026-03-09T04:00:00Z, PT24H",
        "2026-11-01T03:59:59.999Z, 2026-10-31T04:00:00Z, PT24H",
        "2026-11-01T04:00:00Z, 2026-11-01T04:00:00Z, PT25H",
        "2026-11-01T05:30:00Z, 2026-11-01T04:00:00Z, PT25H",
        "2026-11-01T06:30:00Z, 2026-11-01T04:00:00Z, PT25H",
        "2026-11-02T04:59:59.999Z, 2026-11-01T04:00:00Z, PT25H",
        "2026-11-02T05:00:00Z, 2026-11-02T05:00:00Z, PT24H",
        "1970-01-01T00:00:00Z, 1969-12-31T05:00:00Z, PT24H"
    })
    void daysOfNewYorkFollowItsClocks(Instant instant, Instant start, Duration width) {
        assertThat(TimeWindows.days(NEW_YORK).containing(instant)).isEqualTo(new TimeWindow(start, width));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-07T22:59:59.999Z, 2026-03-06T23:00:00Z, PT24H",
        "2026-03-07T23:00:00Z, 2026-03-07T23:00:00Z, PT23H",
        "2026-03-08T22:00:00Z, 2026-03-08T22:00:00Z, PT24H",
        "2026-10-31T22:00:00Z, 2026-10-31T22:00:00Z, PT25H",
        "2026-11-01T22:59:59.999Z, 2026-10-31T22:00:00Z, PT25H"
    })
    void aDayMayStartInTheEvening(Instant instant, Instant start, Duration width) {
        assertThat(TimeWindows.days(NEW_YORK, LocalTime.of(18, 0)).containing(instant))
                .isEqualTo(new TimeWindow(start, width));
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York, 00:00",
        "America/New_York, 02:30",
        "America/New_York, 01:30",
        "America/Sao_Paulo, 00:00",
        "America/Havana, 00:30",
        "Pacific/Apia, 00:00",
        "Pacific/Apia, 12:00",
        "Australia/Lord_Howe, 01:45",
        "Europe/London, 23:59:59.999999",
        "UTC, 00:00"
    })
    void daysFollowEachOtherWithoutGaps(ZoneId zone, LocalTime start) {
        TimeWindows days = TimeWindows.days(zone, start);
        SplittableRandom random = new SplittableRandom(4);
        TimeWindow day = days.containing(Instant.EPOCH);
        for (int i = 0; i < 25_000; i++) {
            Instant inside = day.start().plusSeconds(random.nextLong(day.width().toSeconds()));
            if (inside.isAfter(Instant.EPOCH)) {
                assertThat(days.containing(inside)).isEqualTo(day);
            }
            assertThat(days.containing(day.end().minusNanos(1))).isEqualTo(day);
            TimeWindow next = days.containing(day.end());
            assertThat(next.start()).isEqualTo(day.end());
            assertThat(next.width()).isBetween(Duration.ofHours(22), Duration.ofHours(26));
            day = next;
        }
        assertThat(ZonedDateTime.ofInstant(day.start(), zone).toLocalTime()).isEqualTo(start);
    }

    @Test
    void notationNamesTheWindows() {
        assertThat(TimeWindows.of(FIVE_MINUTES)).hasToString("PT5M");
        assertThat(TimeWindows.of(Duration.ofDays(1), Duration.ofHours(5)).notation())
                .isEqualTo("PT24H+PT5H");
        assertThat(TimeWindows.days(NEW_YORK).notation()).isEqualTo("America/New_York 00:00");
    }

    @Test
    void equalWindowsAreEqual() {
        assertThat(TimeWindows.of(Duration.ofHours(24)))
                .isEqualTo(TimeWindows.of(Duration.ofDays(1), Duration.ZERO))
                .hasSameHashCodeAs(TimeWindows.of(Duration.ofDays(1)))
                .isNotEqualTo(TimeWindows.days(ZoneId.of("UTC")))
                .isNotEqualTo("PT24H");
        assertThat(TimeWindows.days(NEW_YORK)).isEqualTo(TimeWindows.days(NEW_YORK, LocalTime.MIDNIGHT));
    }

    @Test
    void rejectsValuesOutOfRange() {
        Duration day = Duration.ofDays(1);
        for (Duration offset : new Duration[] {Duration.ofNanos(-1000), day, Duration.ofNanos(1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TimeWindows.of(day, offset))
                    .withMessage("offset must be whole microseconds, 0 or more and less than the width: " + offset);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeWindows.days(NEW_YORK, LocalTime.of(0, 0, 0, 1)))
                .withMessage("start must be whole microseconds: 00:00:00.000000001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeWindows.of(day).containing(Instant.parse("1969-12-31T23:59:59Z")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeWindows.of(day)
                        .containing(EpochNanos.toInstant(EpochNanos.MAX).plusNanos(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeWindow(Instant.EPOCH.minus(day), day))
                .withMessage("a window must lie between 1970-01-01 and 2262-04-11: 1969-12-31T00:00:00Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new TimeWindow(EpochNanos.toInstant(EpochNanos.MAX).plusNanos(1), day));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeWindow(Instant.EPOCH.plusNanos(1), day))
                .withMessage("start must be whole microseconds: 1970-01-01T00:00:00.000000001Z");
    }
}

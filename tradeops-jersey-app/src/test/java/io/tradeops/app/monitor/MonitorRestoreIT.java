package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.window.PriceMoveRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Restores a monitor from the ticks and the detector snapshot that were stored before. */
class MonitorRestoreIT extends MonitoredFeed {

    @Test
    void riseAcrossARestartIsOneAlert() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        first.close();
        publish("JUMP", "102.01", START.plusSeconds(60));

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 2);
        assertThat(alerts()).containsExactly("JUMP 1 2");
        second.close();
        publish("JUMP", "102.02", START.plusSeconds(60));

        PriceMonitor third = monitor(NEVER);
        awaitStored(third, 3);
        assertThat(alerts()).containsExactly("JUMP 1 2");
    }

    @Test
    void excursionOfAQuietTickerGoesOnWithItsNextStepAfterARestart() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("QUIET", "100", START);
        publish("QUIET", "103", START.plusSeconds(20));
        publish("OTHER", "50", START.plusSeconds(70));
        awaitStored(first, 3);
        assertThat(alerts()).containsExactly("QUIET 1 2");
        first.close();
        publish("QUIET", "106", START.plusSeconds(71)); // more than 2 % over 103, in the same excursion

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 4);
        assertThat(alerts()).containsExactly("QUIET 1 2", "QUIET 2 4");
        assertThat(query("select step::text from alerts order by trigger_seq")).containsExactly("1", "2");
    }

    @Test
    void lateTickOfTheSameExcursionIsItsNextStepAfterARestart() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("QUIET", "100", START);
        publish("QUIET", "103", START.plusSeconds(59));
        publish("OTHER", "50", START.plusMillis(120_500));
        awaitStored(first, 3);
        assertThat(alerts()).containsExactly("QUIET 1 2");
        first.close();
        publish("QUIET", "106", START.plusSeconds(119)); // 1.5 s late, in the same excursion

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 4);
        assertThat(alerts()).containsExactly("QUIET 1 2", "QUIET 2 4");
        assertThat(query("select step::text from alerts order by trigger_seq")).containsExactly("1", "2");
    }

    @Test
    void riseOfATickerThatIsFarBehindIsAnAlertAfterARestart() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("BEHIND", "100", START.minusSeconds(3_600));
        publish("OTHER", "50", START);
        publish("BEHIND", "101", START.minusSeconds(3_590));
        publish("OTHER", "50", START.plusSeconds(10));
        awaitStored(first, 4);
        first.close();
        publish("BEHIND", "102.01", START.minusSeconds(3_580));

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 5);
        assertThat(alerts()).containsExactly("BEHIND 1 5");
    }

    @Test
    void timeFarAheadDoesNotPreventARestore() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        publish("AHEAD", "50", START.plus(Duration.ofDays(300)));
        publish("JUMP", "101", START.plusSeconds(10));
        awaitStored(first, 3);
        first.close();
        publish("JUMP", "102.01", START.plusSeconds(20));

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 4);
        assertThat(alerts()).containsExactly("JUMP 1 4");
    }

    @Test
    void detectorIsNotRestoredFromTicksOfAnotherFeed() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        first.close();
        replaceFeed(1);
        publish("JUMP", "103", START.plusSeconds(10));

        PriceMonitor second = monitorOf("other");
        awaitStored(second, 1);
        assertThat(alerts()).isEmpty();
    }

    @Test
    void detectorIsRestoredFromTicksOfItsOwnFeed() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        first.close();
        replaceFeed(1);
        publish("JUMP", "90", START.plusSeconds(10));
        PriceMonitor other = monitorOf("other");
        awaitStored(other, 1);
        other.close();
        replaceFeed(2);
        publish("JUMP", "101", START.plusSeconds(20));
        publish("JUMP", "102.01", START.plusSeconds(30));

        PriceMonitor again = monitor(NEVER);
        awaitStored(again, 3);
        assertThat(alerts()).containsExactly("JUMP 1 3");
    }

    @Test
    void detectorIsRestoredFromOldTicksWithoutAFeed() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        first.close();
        query("update price_ticks set feed = null returning ticker");
        publish("JUMP", "102.01", START.plusSeconds(30));

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 2);
        assertThat(alerts()).containsExactly("JUMP 1 2");
    }

    @Test
    void detectorIsRestoredFromTheSnapshotAndTheTicksAfterIt() throws Exception {
        PriceMonitor first = monitorWithSnapshotEvery(2);
        publish("QUIET", "100", START);
        awaitStored(first, 1);
        publish("QUIET", "103", START.plusSeconds(20));
        awaitStored(first, 2);
        publish("JUMP", "50", START.plusSeconds(21));
        awaitStored(first, 3);
        publish("JUMP", "50.5", START.plusSeconds(22));
        awaitStored(first, 4);
        publish("OTHER", "50", START.plusSeconds(23));
        awaitStored(first, 5);
        first.close();
        assertThat(query("select last_seq from detector_snapshots")).containsExactly("4");
        query("update price_ticks set feed = -1 where seq <= 4 returning ticker"); // only the snapshot has these ticks
        publish("QUIET", "104", START.plusSeconds(24));
        publish("JUMP", "51.01", START.plusSeconds(25));
        publish("OTHER", "51.01", START.plusSeconds(26));

        PriceMonitor second = monitorWithSnapshotEvery(2);
        awaitStored(second, 8);
        assertThat(alerts()).containsExactly("QUIET 1 2", "JUMP 3 7", "OTHER 5 8");
    }

    @Test
    void ticksReplaceASnapshotOfOtherRules() throws Exception {
        PriceMonitor first = monitorWithSnapshotEvery(1);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        first.close();
        publish("JUMP", "101.01", START.plusSeconds(25));

        List<PriceMoveRule> other =
                List.of(new PriceMoveRule(PriceMoveRule.Direction.UP, BigDecimal.ONE, Duration.ofMinutes(1)));
        PriceMonitor second = started(PriceMonitor.start(
                MonitorSettings.of(uri(server), FEED, FeedSubscription.ofOurFeed(), other),
                journal(FEED),
                found -> {}));
        awaitStored(second, 2);
        assertThat(alerts()).containsExactly("JUMP 1 2");
    }

    @Test
    void lateTicksAfterTheSnapshotAreEvaluatedAgainIfTheyWereEvaluated() throws Exception {
        PriceMonitor first = monitorWithSnapshotEvery(2);
        publish("JUMP", "101", START.plusSeconds(600));
        publish("JUMP", "101", START.plusSeconds(601));
        awaitStored(first, 2);
        publish("JUMP", "100", START.plusMillis(600_500)); // late, but not too late
        awaitStored(first, 3);
        first.close();
        assertThat(query("select last_seq from detector_snapshots")).containsExactly("2");

        PriceMonitor second = monitorWithSnapshotEvery(100);
        publish("JUMP", "50", START);
        publish("JUMP", "101.5", START.plusSeconds(602));
        awaitStored(second, 5);
        second.close();
        assertThat(query("select tail_from = '" + START.plusMillis(600_500) + "' from feed_offsets"))
                .containsExactly("t");
        publish("JUMP", "102.01", START.plusSeconds(603));

        PriceMonitor third = monitorWithSnapshotEvery(100);
        awaitStored(third, 6);
        assertThat(alerts()).containsExactly("JUMP 3 6");
    }

    @Test
    void ticksOfTwoSequencesAreEvaluatedInTheOrderOfTheirTimes() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        publish("JUMP", "98", START.plusSeconds(10));
        awaitStored(first, 2);
        replaceFeed(1);
        publish("JUMP", "98.5", START.plusSeconds(15));
        awaitStored(first, 1);
        publish("JUMP", "98.5", START.plusSeconds(16));
        publish("JUMP", "98.5", START.plusSeconds(17));
        awaitStored(first, 3); // a higher number than the last one of the old sequence
        first.close();
        publish("JUMP", "99.97", START.plusSeconds(20));

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 4);
        assertThat(alerts()).containsExactly("JUMP 2 4");
    }

    @Test
    void ticksReplaceAnUnreadableSnapshot() throws Exception {
        PriceMonitor first = monitorWithSnapshotEvery(1);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        first.close();
        assertThat(
                        query(
                                "update detector_snapshots set snapshot = substring(snapshot from 1 for 90) returning feed::text"))
                .hasSize(1);
        publish("JUMP", "102.01", START.plusSeconds(25));

        PriceMonitor second = monitorWithSnapshotEvery(1);
        awaitStored(second, 2);
        assertThat(alerts()).containsExactly("JUMP 1 2");
    }

    @Test
    void snapshotFromBeforeASequenceRestartIsNotUsed() throws Exception {
        PriceMonitor first = monitorWithSnapshotEvery(2);
        publish("JUMP", "90", START);
        publish("JUMP", "90.1", START.plusMillis(1));
        awaitStored(first, 2);
        replaceFeed(1);
        publish("JUMP", "100", START.plusSeconds(61));
        awaitStored(first, 1);
        publish("JUMP", "100", START.plusSeconds(62));
        publish("JUMP", "100", START.plusSeconds(63));
        awaitStored(first, 3);
        assertThat(query("select feed from feed_offsets where tail_from is not null"))
                .isEmpty();
        first.close();
        publish("JUMP", "102.01", START.plusSeconds(64));

        PriceMonitor second = monitorWithSnapshotEvery(2);
        awaitStored(second, 4);
        assertThat(alerts()).containsExactly("JUMP 3 4");
    }

    @Test
    void cooldownLastsAcrossARestart() throws Exception {
        PriceMoveRule fall = new PriceMoveRule(PriceMoveRule.Direction.DOWN, BigDecimal.ONE, Duration.ofSeconds(10))
                .withCooldown(Duration.ofHours(1));
        MonitorSettings settings = MonitorSettings.of(uri(server), FEED, FeedSubscription.ofOurFeed(), List.of(fall));
        PriceMonitor first = started(PriceMonitor.start(settings, journal(FEED), found -> {}));
        publish("FALL", "100", START);
        publish("FALL", "98", START.plusSeconds(1));
        publish("FALL", "98", START.plusSeconds(3_000));
        awaitStored(first, 3);
        first.close();
        publish("FALL", "90", START.plusSeconds(3_001));
        publish("FALL", "98", START.plusSeconds(3_601));
        publish("FALL", "97", START.plusSeconds(3_602));

        PriceMonitor second = started(PriceMonitor.start(settings, journal(FEED), found -> {}));
        awaitStored(second, 6);
        assertThat(alerts()).containsExactly("FALL 1 2", "FALL 5 6");
        assertThat(query("select trim_scale(change_percent)::text from alerts order by trigger_seq"))
                .containsExactly("-2", "-1.0204");
    }

    private PriceMonitor monitorWithSnapshotEvery(int ticks) {
        return started(
                PriceMonitor.start(settings(server, NEVER).withTicksToRestore(ticks), journal(FEED), found -> {}));
    }
}

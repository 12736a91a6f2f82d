package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.monitor.RawFeed.Connection;
import io.tradeops.app.monitor.RawFeed.Greeting;
import io.tradeops.app.support.Eventually;
import io.tradeops.core.window.PriceMoveRule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.glassfish.tyrus.client.ClientManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The monitor's connection to feeds that are slow or silent, that close connections, or send unreadable frames. */
class FeedClientIT {

    private static final Duration NEVER = Duration.ofMinutes(10);
    private static final Backoff.Limits QUICK =
            new Backoff.Limits(Duration.ofMillis(20), Duration.ofSeconds(2), Duration.ofMillis(50));
    private static final Backoff.Limits AT_ONCE = new Backoff.Limits(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    private static final Duration A_SECOND = Backoff.Limits.DEFAULT.spacing();

    /** The time from the start of an attempt to its arrival at the server varies by up to this. */
    private static final Duration ARRIVAL_JITTER = Duration.ofMillis(100);

    private static final int TICKS_OF_A_FRAME = 100;
    private static final int MANY_FRAMES = 10_000;
    private static final long MOST_BUFFERED = 32L << 20;
    private static final int RECONNECTS = 200;
    private static final int MORE_THREADS = 5;
    private static final long MORE_HEAP = 4 << 20;

    private final List<AutoCloseable> started = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = started.size() - 1; i >= 0; i--) {
            started.get(i).close();
        }
    }

    @Test
    void silentConnectionIsReplacedInSpiteOfPings() throws Exception {
        RawFeed feed = feed(Greeting.ANSWER);
        follow(feed, Duration.ofMillis(300), QUICK);

        Eventually.await("the monitor has connected three times", () -> {
            for (int i = 0; i < feed.count(); i++) {
                ping(feed.connection(i));
            }
            return feed.count() >= 3;
        });
    }

    @Test
    void connectionWithAMessageNowAndThenIsNotReplaced() throws Exception {
        RawFeed silent = feed(Greeting.ANSWER);
        follow(silent, Duration.ofMillis(1_500), QUICK);
        RawFeed feed = feed(Greeting.ANSWER);
        PriceMonitor monitor = follow(feed, Duration.ofMillis(1_500), QUICK);
        Eventually.await("the connection to a silent feed is replaced twice", () -> {
            feed.connection(0).text("{\"type\":\"shutdown\",\"retry_after_ms\":1}");
            return silent.count() >= 3;
        });

        assertThat(feed.count()).isEqualTo(1);
        assertThat(monitor.isLive()).isTrue();
    }

    @Test
    void attemptsWithoutAnAnswerAreRepeatedAndClosed() throws Exception {
        RawFeed feed = feed(Greeting.SILENCE);
        follow(feed, Duration.ofMillis(300), Backoff.Limits.DEFAULT);
        feed.connection(3);

        Eventually.await(
                "the attempts before the last are closed",
                () -> feed.connection(0).isClosed()
                        && feed.connection(1).isClosed()
                        && feed.connection(2).isClosed());
        assertAttemptsAreASecondApart(feed, 4);
    }

    @Test
    void serverThatCutsEveryClientIsTriedAtMostOnceASecond() throws Exception {
        RawFeed feed = feed(Greeting.CUT);
        follow(feed, NEVER, Backoff.Limits.DEFAULT);
        feed.connection(1);

        assertAttemptsAreASecondApart(feed, 2);
    }

    @Test
    void monitorThatWaitsForTheHandshakeStopsAtOnce() throws Exception {
        RawFeed feed = feed(Greeting.SILENCE);
        PriceMonitor monitor = follow(feed, NEVER, Backoff.Limits.DEFAULT);
        feed.connection(0);
        long startNanos = System.nanoTime();
        monitor.close();

        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(3));
        assertThat(threads().keySet()).noneMatch(name -> name.equals("monitor"));
    }

    @Test
    void badTicksOfAFrameAreSkippedAndTheOthersStored() throws Exception {
        RawFeed feed = feed(Greeting.ANSWER);
        PriceMonitor monitor = follow(feed, NEVER, QUICK);
        feed.connection(0).text("[" + tick(1, "1") + "," + tick(2, "0.000000001") + ",7," + tick(3, "3") + "]");

        Eventually.await("the last tick is processed", () -> monitor.lastSeq() == 3);
        assertThat(monitor.badTicks()).isEqualTo(2);
        assertThat(monitor.ticksStored()).isEqualTo(2);
    }

    @Test
    void sequenceMayStartAtZero() throws Exception {
        RawFeed feed = feed(Greeting.ANSWER);
        PriceMonitor monitor = follow(feed, NEVER, QUICK);
        for (int seq = 0; seq <= 2; seq++) {
            feed.connection(0).text(tick(seq, "1"));
        }

        Eventually.await("the last tick is processed", () -> monitor.lastSeq() == 2);
        assertThat(monitor.ticksStored()).isEqualTo(3);
    }

    @Test
    void unreadableTickIsNotRequestedAgain() throws Exception {
        RawFeed feed = feed(Greeting.ANSWER);
        PriceMonitor monitor = follow(feed, NEVER, QUICK);
        feed.connection(0).text(tick(1, "1"));
        feed.connection(0).text(tick(2, "0"));
        feed.connection(0).text(tick(3, "3"));

        Eventually.await("the last tick is processed", () -> monitor.lastSeq() == 3);
        assertThat(feed.count()).isEqualTo(1);
        assertThat(monitor.lostTicks()).isZero();
    }

    @Test
    void lostTicksAreRequestedAgainWhenTheNextTickShowsThem() throws Exception {
        assertLostTicksAreRequestedAgainAfter(tick(4, "4"));
    }

    @Test
    void lostTicksAreRequestedAgainWhenAHeartbeatShowsThem() throws Exception {
        assertLostTicksAreRequestedAgainAfter(heartbeat(4));
    }

    @Test
    void holeOfTheFeedItselfIsRequestedOnceAndThenAccepted() throws Exception {
        RawFeed feed = feed(Greeting.ANSWER);
        PriceMonitor monitor = follow(feed, NEVER, QUICK);
        feed.connection(0).text(tick(1, "1"));
        feed.connection(0).text(tick(4, "4"));
        feed.connection(1).text(tick(4, "4"));
        feed.connection(1).text(tick(7, "7"));

        Eventually.await("the last tick is processed", () -> monitor.lastSeq() == 7);
        assertThat(feed.count()).isEqualTo(2);
        assertThat(monitor.ticksStored()).isEqualTo(3);
        assertThat(monitor.lostTicks()).isEqualTo(4);
    }

    @Test
    void thousandUnreadableFramesAreCountedAndTheNextTickIsStored() throws Exception {
        RawFeed feed = feed(Greeting.ANSWER);
        PriceMonitor monitor = follow(feed, NEVER, QUICK);
        Connection connection = feed.connection(0);
        for (int i = 0; i < 1_000; i++) {
            connection.text(List.of("{", "", "nonsense", "{\"type\":\"tick\",\"seq\":{}}", "[[[[")
                    .get(i % 5));
        }
        connection.text("{\"type\":\"of a later version\"}");
        connection.text(tick(1, "1"));

        Eventually.await("the tick is processed", () -> monitor.lastSeq() == 1);
        assertThat(monitor.badTicks()).isEqualTo(1_000);
        assertThat(feed.count()).isEqualTo(1);
    }

    @Test
    void ticksFollowABinaryFrame() throws Exception {
        assertTicksFollow(connection -> connection.frame(RawFeed.FINAL | RawFeed.BINARY, new byte[1_000]));
    }

    @Test
    void ticksFollowInvalidUtf8() throws Exception {
        assertTicksFollow(
                connection -> connection.frame(RawFeed.FINAL | RawFeed.TEXT, new byte[] {'"', (byte) 0xc3, '"'}));
    }

    @Test
    void ticksFollowAFrameOfAHundredMegabytes() throws Exception {
        assertTicksFollow(connection -> {
            connection.head(RawFeed.FINAL | RawFeed.TEXT, 100L << 20);
            byte[] part = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                connection.bytes(part);
            }
        });
    }

    @Test
    void ticksFollowEndlessFragments() throws Exception {
        assertTicksFollow(connection -> {
            byte[] part = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
            connection.frame(RawFeed.TEXT, part);
            for (int i = 0; i < 1_000; i++) {
                connection.frame(RawFeed.CONTINUATION, part);
            }
        });
    }

    @Test
    void ticksFollowAFrameWithAReservedOpcode() throws Exception {
        assertTicksFollow(connection -> connection.frame(RawFeed.FINAL | 0x7, new byte[] {1}));
    }

    @Test
    void feedIsReadNoFasterThanItsMessagesAreTaken() throws Exception {
        RawFeed feed = feed(Greeting.ANSWER);
        ClientManager container = FeedClient.newContainer(NEVER);
        started.add(container::shutdown);
        FeedClient client =
                FeedClient.connect(container, feed.uri(), "", List.of(), new MonitorCounters(), new ConnectionTicks());
        started.add(client);
        String frame = "[" + String.join(",", Collections.nCopies(TICKS_OF_A_FRAME, tick(1, "1"))) + "]";
        AtomicInteger sent = new AtomicInteger();
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            try {
                while (sent.get() < MANY_FRAMES) {
                    feed.connection(0).text(frame);
                    sent.incrementAndGet();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        awaitNoProgress(sent);
        long accepted = (long) sent.get() * frame.length();
        System.out.println(accepted + " bytes were read from a feed whose messages nobody takes");
        assertThat(accepted).isLessThan(MOST_BUFFERED);

        long taken = 0;
        while (taken < (long) MANY_FRAMES * TICKS_OF_A_FRAME) {
            taken += client.take(5_000, 1_000).size();
        }
        sending.get();
    }

    private static void awaitNoProgress(AtomicInteger sent) throws Exception {
        int[] last = {-1};
        long[] since = {System.nanoTime()};
        Eventually.await("no frame was sent for a second", () -> {
            if (sent.get() != last[0]) {
                last[0] = sent.get();
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > TimeUnit.SECONDS.toNanos(1);
        });
    }

    @Test
    void reconnectsLeakNeitherThreadsNorMemory() throws Exception {
        RawFeed feed = feed(Greeting.ANSWER);
        PriceMonitor monitor = follow(feed, NEVER, AT_ONCE);
        closeEach(feed, 0, 20);
        awaitConnected(feed, monitor, 20);
        Map<String, Integer> threads = threads();
        long heap = usedHeap();
        closeEach(feed, 20, 20 + RECONNECTS);
        awaitConnected(feed, monitor, 20 + RECONNECTS);

        // threads and objects of other tests in this process may still be ending
        Eventually.await("the memory of closed connections is free", () -> usedHeap() - heap < MORE_HEAP);
        Eventually.await(
                "the threads of closed connections have ended",
                () -> total(threads()) <= total(threads) + MORE_THREADS);
        System.out.println(
                "threads before " + threads + ", after " + threads() + "; heap grew by " + (usedHeap() - heap));
    }

    /** Sends unreadable frames, and then a tick over the same connection or, if the monitor has closed it, the next. */
    private void assertTicksFollow(Frames bad) throws Exception {
        RawFeed feed = feed(Greeting.ANSWER);
        PriceMonitor monitor = follow(feed, NEVER, QUICK);
        Connection connection = feed.connection(0);
        connection.text(tick(1, "1"));
        Eventually.await("the first tick is processed", () -> monitor.lastSeq() == 1);
        try {
            bad.sendTo(connection);
        } catch (SocketException e) {
            // the monitor has closed the connection
        }
        Eventually.await("the second tick is processed", () -> {
            try {
                feed.connection(feed.count() - 1).text(tick(2, "2"));
            } catch (SocketException e) {
                // the monitor is about to reconnect
            }
            return monitor.lastSeq() == 2;
        });
    }

    @FunctionalInterface
    private interface Frames {

        void sendTo(Connection connection) throws IOException;
    }

    private static void assertAttemptsAreASecondApart(RawFeed feed, int attempts) throws Exception {
        for (int i = 1; i < attempts; i++) {
            long apart =
                    feed.connection(i).acceptedNanos() - feed.connection(i - 1).acceptedNanos();
            assertThat(Duration.ofNanos(apart)).isGreaterThan(A_SECOND.minus(ARRIVAL_JITTER));
        }
    }

    /** Sends the first tick, leaves out the next ones, and sends a message that shows that they are missing. */
    private void assertLostTicksAreRequestedAgainAfter(String message) throws Exception {
        RawFeed feed = feed(Greeting.ANSWER);
        PriceMonitor monitor = follow(feed, NEVER, QUICK);
        feed.connection(0).text(tick(1, "1"));
        feed.connection(0).text(message);
        assertThat(feed.connection(1).received()).contains("\"from_seq\":2");
        for (int seq = 2; seq <= 5; seq++) {
            feed.connection(1).text(tick(seq, "1"));
        }

        Eventually.await("the last tick is processed", () -> monitor.lastSeq() == 5);
        assertThat(monitor.ticksStored()).isEqualTo(5);
        assertThat(monitor.lostTicks()).isZero();
        assertThat(feed.count()).isEqualTo(2);
    }

    private static void closeEach(RawFeed feed, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            feed.connection(i).close();
        }
    }

    private static void awaitConnected(RawFeed feed, PriceMonitor monitor, int index) throws Exception {
        long next = monitor.lastSeq() + 1;
        feed.connection(index).text(tick(next, "1"));
        Eventually.await("the monitor reads that connection", () -> monitor.lastSeq() == next);
    }

    private static void ping(Connection connection) {
        try {
            connection.frame(RawFeed.FINAL | 0x9, new byte[0]);
        } catch (IOException e) {
            // the connection is closed
        }
    }

    private static String tick(long seq, String price) {
        return "{\"type\":\"tick\",\"seq\":" + seq + ",\"ticker\":\"A\",\"price\":" + price
                + ",\"quantity\":1,\"timestamp\":\"2026-11-20T14:30:00Z\"}";
    }

    private static String heartbeat(long lastSeq) {
        return "{\"type\":\"heartbeat\",\"last_seq\":" + lastSeq + ",\"timestamp\":\"2026-11-20T14:30:00Z\"}";
    }

    /** The number of threads by name; digits in names are replaced by N. */
    private static Map<String, Integer> threads() {
        Pattern digits = Pattern.compile("[0-9]+");
        Map<String, Integer> count = new TreeMap<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            count.merge(digits.matcher(thread.getName()).replaceAll("N"), 1, Integer::sum);
        }
        return count;
    }

    private static int total(Map<String, Integer> threads) {
        return threads.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private RawFeed feed(Greeting greeting) throws IOException {
        RawFeed feed = RawFeed.start(greeting);
        started.add(feed);
        return feed;
    }

    private PriceMonitor follow(RawFeed feed, Duration deadAfter, Backoff.Limits attempts) {
        MonitorSettings settings = MonitorSettings.of(
                        feed.uri(),
                        "raw",
                        FeedSubscription.ofOurFeed(),
                        List.of(PriceMoveRule.riseOfTwoPercentInOneMinute()))
                .withTimes(deadAfter, attempts);
        PriceMonitor monitor = PriceMonitor.startWithoutStore(settings, found -> {});
        started.add(monitor);
        return monitor;
    }
}

package io.tradeops.jobs.thread;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the loops of a program. Each second it starts a thread that has ended again, and logs where a thread is that
 * has not beaten for longer than its limit. Thread-safe.
 */
public final class LoopWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LoopWatch.class);

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration STOP_WAIT = Duration.ofSeconds(2);

    private final List<Supplier<? extends Collection<WatchedLoop>>> watched = new CopyOnWriteArrayList<>();
    private final WatchedLoop own =
            WatchedLoop.of("loop-watch", LIMIT, this::check).withPause(PERIOD);

    /** Only the watch's own thread uses it. */
    private final Set<String> reported = new HashSet<>();

    private LoopWatch() {}

    /** Starts a watch without loops. */
    public static LoopWatch start() {
        LoopWatch watch = new LoopWatch();
        watch.own.start();
        return watch;
    }

    /** Adds the loops of a part; {@code loops} is called at each check and must not block. */
    public void add(Supplier<? extends Collection<WatchedLoop>> loops) {
        watched.add(loops);
    }

    /** Which loops do not beat, in words that may leave the server; empty if all beat. */
    public Optional<String> problem() {
        own.revive();
        String problems =
                loops().map(WatchedLoop::problem).flatMap(Optional::stream).collect(Collectors.joining("; "));
        return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
    }

    /** How many loops do not beat. */
    public long downCount() {
        return loops().map(WatchedLoop::problem).flatMap(Optional::stream).count();
    }

    @Override
    public void close() {
        own.stop(STOP_WAIT);
    }

    private Stream<WatchedLoop> loops() {
        return Stream.concat(Stream.of(own), watched.stream().flatMap(loops -> loops.get().stream()));
    }

    private void check() {
        loops().forEach(loop -> {
            loop.revive();
            report(loop, loop.problem());
        });
    }

    private void report(WatchedLoop loop, Optional<String> problem) {
        if (problem.isPresent() && reported.add(loop.name())) {
            log.error("thread {}", problem.get(), loop.where());
        } else if (problem.isEmpty() && reported.remove(loop.name())) {
            log.info("thread {} beats again", loop.name());
        }
    }
}

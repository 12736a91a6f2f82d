package io.tradeops.core.window;

import io.tradeops.core.window.PriceMove.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads a detector's two rings together: they hold every tick that can still be a reference. Static functions. */
final class RetainedTicks {

    private RetainedTicks() {}

    /** All ticks in the order of their times; of equal times, those of {@code dropped} first. */
    static List<Point> inOrder(TickRing dropped, TickRing references) {
        List<Point> ticks = new ArrayList<>();
        for (int i = 0; i < dropped.size(); i++) {
            ticks.add(dropped.tick(i));
        }
        for (int i = 0; i < references.size(); i++) {
            ticks.add(references.tick(i));
        }
        ticks.sort(Comparator.comparingLong(Point::epochNanos));
        return ticks;
    }

    /**
     * The tick with the lowest price between two times, both inclusive; with the highest, if not {@code up}. Of equal
     * prices it is the latest.
     */
    static Optional<Point> bestReference(TickRing dropped, TickRing references, long from, long to, boolean up) {
        Point best = null;
        for (int i = 0; i < dropped.size(); i++) {
            if (dropped.time(i) >= from && dropped.time(i) <= to) {
                best = best == null ? dropped.tick(i) : better(best, dropped.tick(i), up);
            }
        }
        int first = 0;
        while (first < references.size() && references.time(first) < from) {
            first++;
        }
        if (first < references.size() && references.time(first) <= to) {
            best = best == null ? references.tick(first) : better(best, references.tick(first), up);
        }
        return Optional.ofNullable(best);
    }

    private static Point better(Point earlierSeen, Point laterSeen, boolean up) {
        if (earlierSeen.priceUnits() != laterSeen.priceUnits()) {
            return (laterSeen.priceUnits() < earlierSeen.priceUnits()) == up ? laterSeen : earlierSeen;
        }
        return laterSeen.epochNanos() >= earlierSeen.epochNanos() ? laterSeen : earlierSeen;
    }
}
